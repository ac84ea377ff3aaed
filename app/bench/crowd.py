#!/usr/bin/env python3
"""Peers that have everything: crowd.py PORT DELAY TORRENT CONTENT [TORRENT CONTENT ...]

Listens on all addresses of this computer and serves whole torrents of one file from memory, to as many connections as come, as fast as they
take it: the other end of a benchmark, which must not be its limit. Plain BitTorrent (BEP 3), no extensions. Each block leaves DELAY ms after it
was asked for, as over a long way. Prints "ready" when it listens; ends with its standard input.
"""
import collections
import hashlib
import mmap
import select
import socket
import struct
import sys
import time

GREETING = b'\x13BitTorrent protocol'
REQUEST = struct.Struct('>IBIII')
AT_ONCE = 64


def bencode_end(data, at):
    """Where the value that begins at {at} ends."""
    kind = data[at:at + 1]
    if kind == b'i':
        return data.index(b'e', at) + 1
    if kind in (b'l', b'd'):
        at += 1
        while data[at:at + 1] != b'e':
            at = bencode_end(data, at)
        return at + 1
    colon = data.index(b':', at)
    return colon + 1 + int(data[at:colon])


class Torrent:
    def __init__(self, torrent, content):
        with open(torrent, 'rb') as f:
            whole = f.read()
        start = whole.index(b'4:info') + 6
        info = whole[start:bencode_end(whole, start)]
        self.hash = hashlib.sha1(info).digest()
        at = info.index(b'12:piece lengthi') + 16
        self.piece = int(info[at:info.index(b'e', at)])
        with open(content, 'rb') as f:
            self.bytes = memoryview(mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ))
        pieces = (len(self.bytes) + self.piece - 1) // self.piece
        bits = ('1' * pieces).ljust((pieces + 7) // 8 * 8, '0')
        self.bitfield = int(bits, 2).to_bytes(len(bits) // 8, 'big')


class Connection:
    def __init__(self, sock, number, delay):
        self.sock, self.number, self.delay, self.torrent = sock, number, delay, None
        self.incoming, self.out, self.later, self.writing = b'', collections.deque(), collections.deque(), False

    def feed(self, data, torrents):
        data = self.incoming + data if self.incoming else data
        at, end = 0, len(data)
        if self.torrent is None:
            if end < 68:
                self.incoming = data
                return True
            self.torrent = torrents.get(data[28:48])
            if self.torrent is None:
                return False
            self.out.append(memoryview(GREETING + bytes(8) + self.torrent.hash + b'-BN0001-%012d' % self.number))
            field = self.torrent.bitfield
            self.out.append(memoryview(struct.pack('>IB', len(field) + 1, 5) + field + struct.pack('>IB', 1, 1)))
            at = 68
        content, piece_length = self.torrent.bytes, self.torrent.piece
        blocks = []
        while end - at >= 4:
            size = int.from_bytes(data[at:at + 4], 'big')
            if end - at < 4 + size:
                break
            if size == 13 and data[at + 4] == 6:
                _, _, piece, begin, length = REQUEST.unpack_from(data, at)
                offset = piece * piece_length + begin
                blocks.append(memoryview(struct.pack('>IBII', length + 9, 7, piece, begin)))
                blocks.append(content[offset:offset + length])
            at += 4 + size
        self.incoming = data[at:]
        if self.delay and blocks:
            self.later.append((time.monotonic() + self.delay, blocks))
        else:
            self.out.extend(blocks)
        return True

    def ripen(self, now):
        """What is due goes to the others on their way out. Whether there was any."""
        due = False
        while self.later and self.later[0][0] <= now:
            self.out.extend(self.later.popleft()[1])
            due = True
        return due

    def flush(self):
        """Whether all went out."""
        out = self.out
        while out:
            parts = [out[i] for i in range(min(AT_ONCE, len(out)))]
            try:
                sent = self.sock.sendmsg(parts)
            except BlockingIOError:
                return False
            while sent:
                if sent >= len(out[0]):
                    sent -= len(out.popleft())
                else:
                    out[0] = out[0][sent:]
                    sent = 0
        return True


def main():
    port, delay, names = int(sys.argv[1]), int(sys.argv[2]) / 1000, sys.argv[3:]
    torrents = {t.hash: t for t in (Torrent(*pair) for pair in zip(names[::2], names[1::2]))}
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
    listener.bind(('', port))
    listener.listen(1024)
    listener.setblocking(False)
    poll = select.epoll()
    poll.register(listener, select.EPOLLIN)
    poll.register(sys.stdin, select.EPOLLIN)
    print('ready', flush=True)
    connections = {}
    while True:
        ready = poll.poll(0.001 if delay else None)
        if delay:
            now, told = time.monotonic(), {number for number, _ in ready}
            ripe = [number for number, peer in connections.items() if peer.ripen(now)]
            ready += [(number, select.EPOLLOUT) for number in ripe if number not in told]
        for number, events in ready:
            if number == sys.stdin.fileno():
                if not sys.stdin.buffer.read1(100):
                    return
            elif number == listener.fileno():
                sock, _ = listener.accept()
                sock.setblocking(False)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connections[sock.fileno()] = Connection(sock, sock.fileno(), delay)
                poll.register(sock, select.EPOLLIN)
            else:
                peer = connections[number]
                try:
                    alive = True
                    if events & ~select.EPOLLOUT:
                        data = peer.sock.recv(1 << 16)
                        alive = bool(data) and peer.feed(data, torrents)
                    whole = alive and peer.flush()
                except OSError:
                    alive = False
                if not alive:
                    poll.unregister(number)
                    peer.sock.close()
                    del connections[number]
                elif peer.writing == whole:
                    peer.writing = not whole
                    poll.modify(number, select.EPOLLIN | (0 if whole else select.EPOLLOUT))


if __name__ == '__main__':
    main()
