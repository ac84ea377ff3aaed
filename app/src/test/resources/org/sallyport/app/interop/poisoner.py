"""A peer that lies: claims every piece and flips one byte in every fifth block it sends. Standard library only.

poisoner.py TORRENT FOLDER PORT RATE

RATE is the upload limit in bytes/s. Announces itself as a seed to the torrent's tracker, prints READY when listening, and
"BAD n" whenever it has sent another bad block. Ends when stdin closes.
"""
import hashlib
import os
import socket
import struct
import sys
import threading
import time
import urllib.parse
import urllib.request

PORT, RATE = int(sys.argv[3]), int(sys.argv[4])


def decode(data, at=0):
    """One bencoded value: (value, end). Our own torrents only, so nothing is checked."""
    kind = data[at:at + 1]
    if kind == b'i':
        end = data.index(b'e', at)
        return int(data[at + 1:end]), end + 1
    if kind in b'ld':
        items, at = [], at + 1
        while data[at:at + 1] != b'e':
            item, at = decode(data, at)
            items.append(item)
        return (items if kind == b'l' else dict(zip(items[::2], items[1::2]))), at + 1
    colon = data.index(b':', at)
    end = colon + 1 + int(data[at:colon])
    return data[colon + 1:end], end


with open(sys.argv[1], 'rb') as f:
    RAW = f.read()
META = decode(RAW)[0]
INFO = META[b'info']
START = RAW.index(b'4:info') + 6
INFO_HASH = hashlib.sha1(RAW[START:decode(RAW, START)[1]]).digest()
PEER_ID = b'-XX0001-' + os.urandom(6).hex().encode()
FILES = [(os.path.join(sys.argv[2], *[p.decode() for p in [INFO[b'name']] + f[b'path']]), f[b'length']) for f in INFO[b'files']]
PIECES = len(INFO[b'pieces']) // 20
sent = bad = 0
lock = threading.Lock()


def read(offset, length):
    out = b''
    for path, size in FILES:
        if offset < size and length:
            with open(path, 'rb') as f:
                f.seek(offset)
                part = f.read(min(length, size - offset))
            out += part
            offset += len(part)
            length -= len(part)
        offset -= size
    return out


def block(piece, begin, length):
    """The block asked for, with one byte flipped in every fifth."""
    global sent, bad
    data = read(piece * INFO[b'piece length'] + begin, length)
    with lock:
        sent += 1
        if sent % 5 == 0:
            bad += 1
            data = bytes([data[0] ^ 0xFF]) + data[1:]
            print('BAD', bad, 'piece', piece, 'begin', begin, flush=True)
    return data


def serve(peer):
    stream = peer.makefile('rb')
    if len(stream.read(68)) < 68:
        return
    field = bytearray(b'\xff' * ((PIECES + 7) // 8))
    if PIECES % 8:
        field[-1] = 0xFF << (8 - PIECES % 8) & 0xFF
    peer.sendall(b'\x13BitTorrent protocol' + bytes(8) + INFO_HASH + PEER_ID + struct.pack('>IB', 1 + len(field), 5) + field)
    peer.sendall(struct.pack('>IB', 1, 1))
    while True:
        header = stream.read(4)
        if len(header) < 4:
            return
        body = stream.read(struct.unpack('>I', header)[0])
        if body[:1] == b'\x06':
            piece, begin, length = struct.unpack('>III', body[1:])
            time.sleep(length / RATE)
            peer.sendall(struct.pack('>IBII', 9 + length, 7, piece, begin) + block(piece, begin, length))


def guarded(peer):
    try:
        serve(peer)
    except OSError:
        pass
    finally:
        peer.close()
        print('CLOSED', flush=True)


def accept():
    while True:
        threading.Thread(target=guarded, args=(listener.accept()[0],), daemon=True).start()


listener = socket.create_server(('0.0.0.0', PORT), backlog=50)
urllib.request.urlopen(META[b'announce'].decode() + '?' + urllib.parse.urlencode({
    'info_hash': INFO_HASH, 'peer_id': PEER_ID, 'port': PORT, 'uploaded': 0, 'downloaded': 0, 'left': 0, 'compact': 1, 'event': 'started'}), timeout=10).read()
print('READY', flush=True)
threading.Thread(target=accept, daemon=True).start()
sys.stdin.read()
os._exit(0)
