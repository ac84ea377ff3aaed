"""Many peers, each from an address of its own, that come, trade, misbehave and go. Standard library only.

soak_crowd.py TARGET PORT PEERS FOLDER TRACKER_HOST SEED

FOLDER holds NAME.torrent files, and what is in them below FOLDER/NAME. There are PEERS peers at any time; each lives for some seconds, talks to
TARGET:PORT about one of the torrents, and is followed by another one in its place. Honest ones give and ask for blocks, tell of each other and give
the list of files; one in six is rude, from an address that is not used again soon. Commands on stdin: "rest" ends all lives, "go" begins again,
"report" prints one JSON line. Besides, torrent N of the folder, in order of names, always has a seed on 10.99.(64 + N % 32).(200 + N / 32):6881. Prints READY when it has begun; ends when stdin closes.
"""
import asyncio
import glob
import hashlib
import json
import logging
import mmap
import os
import random
import socket
import struct
import sys
import urllib.parse

# it warns of each write to somebody who has left
logging.getLogger('asyncio').setLevel(logging.ERROR)
TARGET, PORT, PEERS, FOLDER, TRACKER = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
DICE = random.Random(int(sys.argv[6]))
LISTEN = 6881
BLOCK = 16384
TOTALS = {'lives': 0, 'talks': 0, 'rude': 0, 'receivedBlocks': 0, 'sentBlocks': 0, 'wrongBlocks': 0, 'hungUpOn': 0}
NOW = {'connected': 0}
RESTING = asyncio.Event()
LISTENING = {}


def decode(data, at=0):
    """One bencoded value: (value, end). Our own torrents, and messages of which errors end one life."""
    kind = data[at:at + 1]
    if kind == b'i':
        end = data.index(b'e', at)
        return int(data[at + 1:end]), end + 1
    if kind in (b'l', b'd'):
        items, at = [], at + 1
        while data[at:at + 1] != b'e':
            item, at = decode(data, at)
            items.append(item)
        return (items if kind == b'l' else dict(zip(items[::2], items[1::2]))), at + 1
    colon = data.index(b':', at)
    end = colon + 1 + int(data[at:colon])
    return data[colon + 1:end], end


class Torrent:
    def __init__(self, path):
        with open(path, 'rb') as f:
            raw = f.read()
        start = raw.index(b'4:info') + 6
        self.metadata = raw[start:decode(raw, start)[1]]
        self.hash = hashlib.sha1(self.metadata).digest()
        info = decode(self.metadata)[0]
        self.piece = info[b'piece length']
        self.count = len(info[b'pieces']) // 20
        self.files = []
        self.size = 0
        for f in info[b'files']:
            with open(os.path.join(path[:-len('.torrent')], *[p.decode() for p in [info[b'name']] + f[b'path']]), 'rb') as data:
                self.files.append((self.size, f[b'length'], mmap.mmap(data.fileno(), 0, prot=mmap.PROT_READ)))
            self.size += f[b'length']
        self.hashes = info[b'pieces']

    def read(self, offset, length):
        out = b''
        for start, size, data in self.files:
            if start <= offset < start + size and length:
                part = data[offset - start:offset - start + length]
                out += part
                offset += len(part)
                length -= len(part)
        return out

    def length(self, piece):
        return min(self.piece, self.size - piece * self.piece)


TORRENTS = [Torrent(path) for path in sorted(glob.glob(os.path.join(FOLDER, '*.torrent')))]


def frame(kind, payload=b''):
    return struct.pack('>IB', 1 + len(payload), kind) + payload


def extended(number, payload):
    return frame(20, bytes([number]) + payload)


def handshake(torrent):
    return b'\x13BitTorrent protocol' + bytes([0, 0, 0, 0, 0, 0x10, 0, 4]) + torrent.hash + b'-XC0001-' + DICE.randbytes(6).hex().encode()


def field(torrent, has):
    bits = bytearray((torrent.count + 7) // 8)
    for piece in has:
        bits[piece // 8] |= 0x80 >> piece % 8
    return bytes(bits)


def hello(torrent):
    return extended(0, b'd1:md11:ut_metadatai1e6:ut_pexi2ee13:metadata_sizei%de1:v10:soak crowde' % len(torrent.metadata))


class Talk:
    """An honest exchange over one connection, until its time is over or the other side leaves."""

    def __init__(self, torrent, has, asks):
        self.torrent, self.has, self.asks = torrent, has, asks
        self.unchoked = asyncio.Event()
        self.theirs = set()
        self.numbers = {}
        self.pause = DICE.uniform(0.4, 2)
        self.rate = DICE.choice([64, 128, 256]) * 1024

    async def run(self, reader, writer, called):
        if called:
            await reader.readexactly(68)
        writer.write(handshake(self.torrent))
        if not called:
            await reader.readexactly(68)
        TOTALS['talks'] += 1
        NOW['connected'] += 1
        try:
            writer.write(frame(5, field(self.torrent, self.has)) + hello(self.torrent) + (frame(2) if self.asks else b''))
            await asyncio.gather(self.hear(reader, writer), self.ask(writer), self.gossip(writer))
        finally:
            NOW['connected'] -= 1

    async def hear(self, reader, writer):
        while True:
            size = struct.unpack('>I', await reader.readexactly(4))[0]
            body = await reader.readexactly(size)
            if not body:
                continue
            kind = body[0]
            if kind == 0:
                self.unchoked.clear()
            elif kind == 1:
                self.unchoked.set()
            elif kind == 2:
                writer.write(frame(1))
            elif kind == 4:
                self.theirs.add(struct.unpack('>I', body[1:])[0])
            elif kind == 5:
                self.theirs |= {p for p in range(self.torrent.count) if body[1 + p // 8] & 0x80 >> p % 8}
            elif kind == 14:
                self.theirs = set(range(self.torrent.count))
            elif kind == 7:
                TOTALS['receivedBlocks'] += 1
                piece, begin = struct.unpack('>II', body[1:9])
                if body[9:] != self.torrent.read(piece * self.torrent.piece + begin, len(body) - 9):
                    TOTALS['wrongBlocks'] += 1
            elif kind == 6:
                await self.give(writer, *struct.unpack('>III', body[1:]))
            elif kind == 20:
                self.heed(writer, body)

    async def give(self, writer, piece, begin, length):
        if piece not in self.has:
            writer.write(frame(16, struct.pack('>III', piece, begin, length)))
            return
        await asyncio.sleep(length / self.rate)
        TOTALS['sentBlocks'] += 1
        writer.write(frame(7, struct.pack('>II', piece, begin) + self.torrent.read(piece * self.torrent.piece + begin, length)))
        await writer.drain()

    def heed(self, writer, body):
        if body[1] == 0:
            self.numbers = decode(body, 2)[0].get(b'm', {})
        elif body[1] == 1:
            request = decode(body, 2)[0]
            if request[b'msg_type'] == 0 and self.numbers.get(b'ut_metadata'):
                piece = request[b'piece']
                writer.write(extended(self.numbers[b'ut_metadata'], b'd8:msg_typei1e5:piecei%de10:total_sizei%dee' % (piece, len(self.torrent.metadata))
                                      + self.torrent.metadata[piece * BLOCK:(piece + 1) * BLOCK]))

    async def ask(self, writer):
        while self.asks:
            await self.unchoked.wait()
            wanted = list(self.theirs - self.has)
            if wanted:
                piece = DICE.choice(wanted)
                begin = DICE.randrange(0, self.torrent.length(piece), BLOCK)
                request = struct.pack('>III', piece, begin, min(BLOCK, self.torrent.length(piece) - begin))
                writer.write(frame(6, request))
                if DICE.random() < 0.05:
                    writer.write(frame(8, request))
            await asyncio.sleep(self.pause)

    async def gossip(self, writer):
        while True:
            await asyncio.sleep(DICE.uniform(5, 60))
            number = self.numbers.get(b'ut_pex')
            others = list(LISTENING.get(self.torrent.hash, ()))[:40]
            if number and others:
                peers = b''.join(socket.inet_aton(a) + struct.pack('>H', LISTEN) for a in others)
                writer.write(extended(number, b'd5:added%d:%s7:added.f%d:%se' % (len(peers), peers, len(others), bytes(len(others)))))
                await asyncio.sleep(60)
            writer.write(struct.pack('>I', 0))


def share(torrent):
    """Nothing, a part, or everything."""
    part = DICE.choice([0, 0, 0.3, 0.6, 1])
    return set(DICE.sample(range(torrent.count), int(part * torrent.count)))


async def dialing(address, torrent):
    has = share(torrent)
    reader, writer = await asyncio.open_connection(TARGET, PORT, local_addr=(address, 0))
    try:
        await Talk(torrent, has, len(has) < torrent.count).run(reader, writer, False)
    finally:
        writer.transport.abort() if DICE.random() < 0.3 else writer.close()


async def announce(address, torrent, event):
    reader, writer = await asyncio.open_connection(TRACKER, 6969, local_addr=(address, 0))
    query = urllib.parse.urlencode({'info_hash': torrent.hash, 'peer_id': b'-XC0001-' + DICE.randbytes(6).hex().encode(), 'port': LISTEN, 'uploaded': 0,
                                    'downloaded': 0, 'left': 0, 'compact': 1, 'event': event})
    writer.write(('GET /announce?%s HTTP/1.0\r\n\r\n' % query).encode())
    await reader.read()
    writer.close()


async def listening(address, torrent):
    tasks = set()

    async def called(reader, writer):
        tasks.add(asyncio.current_task())
        try:
            await Talk(torrent, set(range(torrent.count)), False).run(reader, writer, True)
        except (OSError, EOFError, ValueError, KeyError, IndexError, struct.error):
            pass
        finally:
            writer.close()
            tasks.discard(asyncio.current_task())

    server = await asyncio.start_server(called, address, LISTEN)
    try:
        LISTENING.setdefault(torrent.hash, set()).add(address)
        await quietly(announce(address, torrent, 'started'))
        await asyncio.Event().wait()
    finally:
        LISTENING[torrent.hash].discard(address)
        server.close()
        for task in list(tasks):
            task.cancel()
        if DICE.random() < 0.7 and not RESTING.is_set():
            # some say goodbye, the others are called in vain later
            asyncio.create_task(quietly(announce(address, torrent, 'stopped')))


async def quietly(what):
    try:
        await asyncio.wait_for(what, 10)
    except (OSError, EOFError, asyncio.TimeoutError):
        pass


RUDE = {
    'silent': lambda t: b'',
    'partial': lambda t: handshake(t)[:30],
    'noise': lambda t: DICE.randbytes(700),
    'tls': lambda t: b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + DICE.randbytes(506),
    'http': lambda t: b'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
    'unknown': lambda t: b'\x13BitTorrent protocol' + bytes(8) + DICE.randbytes(40),
    'idle': handshake,
    'huge': lambda t: handshake(t) + struct.pack('>IB', 0x7fffffff, 7) + bytes(2000),
    'negative': lambda t: handshake(t) + struct.pack('>I', 0xffffffff) + bytes(2000),
    'bits': lambda t: handshake(t) + frame(5, b'\xff' * (5 + t.count)),
    'have': lambda t: handshake(t) + frame(4, struct.pack('>I', t.count + 7)),
    'request': lambda t: handshake(t) + frame(2) + frame(6, struct.pack('>III', t.count, 0, BLOCK)),
    'oversize': lambda t: handshake(t) + frame(2) + frame(6, struct.pack('>III', 0, 0, 1 << 30)),
    'unsolicited': lambda t: handshake(t) + frame(14) + frame(7, struct.pack('>II', 0, 0) + bytes(BLOCK)) * 20,
    'flood': lambda t: handshake(t) + frame(2) + frame(6, struct.pack('>III', 0, 0, BLOCK)) * 5000,
    'cancels': lambda t: handshake(t) + frame(8, struct.pack('>III', 0, 0, BLOCK)) * 5000,
    'nested': lambda t: handshake(t) + extended(0, b'd1:m' + b'l' * 20000),
    'metadata': lambda t: handshake(t) + extended(0, b'd1:md11:ut_metadatai1ee13:metadata_sizei2147483647ee')
    + extended(2, b'd8:msg_typei1e5:piecei-1e10:total_sizei-5ee'),
    'exchange': lambda t: handshake(t) + extended(0, b'd1:md6:ut_pexi1eee') + extended(1, b'd5:added60000:' + DICE.randbytes(60000) + b'e'),
    'churn': lambda t: handshake(t) + (frame(2) + frame(3)) * 2000,
}


async def rude(address, torrent):
    """Sends something that nobody should; every other one then reads nothing of what comes."""
    reader, writer = await asyncio.open_connection(TARGET, PORT, local_addr=(address, 0))
    TOTALS['rude'] += 1
    try:
        writer.write(RUDE[DICE.choice(sorted(RUDE))](torrent))
        if DICE.random() < 0.5:
            await asyncio.Event().wait()
        await reader.read()
    finally:
        writer.transport.abort()


async def poisoning(address, torrent):
    """Has everything and gives it with one byte changed."""
    class Poison(Talk):
        async def give(self, writer, piece, begin, length):
            block = self.torrent.read(piece * self.torrent.piece + begin, length)
            writer.write(frame(7, struct.pack('>II', piece, begin) + bytes([block[0] ^ 0xff]) + block[1:]))

    TOTALS['rude'] += 1
    reader, writer = await asyncio.open_connection(TARGET, PORT, local_addr=(address, 0))
    try:
        await Poison(torrent, set(range(torrent.count)), False).run(reader, writer, False)
    finally:
        writer.close()


FRESH = iter(range(1 << 30))


async def place(number):
    """One place in the crowd, taken by one life after another."""
    await asyncio.sleep(DICE.uniform(0, 10))
    while not RESTING.is_set():
        torrent = DICE.choice(TORRENTS)
        if number % 6 == 0:
            fresh = next(FRESH)
            address = '10.99.%d.%d' % (96 + fresh % 32, 1 + fresh // 32 % 250)
            life = poisoning(address, torrent) if DICE.random() < 0.1 else rude(address, torrent)
        else:
            address = '10.99.%d.%d' % (64 + number % 32, 1 + number // 32)
            life = listening(address, torrent) if number % 6 == 1 else dialing(address, torrent)
        TOTALS['lives'] += 1
        seconds = DICE.uniform(15, 90)
        begun = asyncio.get_running_loop().time()
        try:
            await asyncio.wait_for(life, seconds)
        except asyncio.TimeoutError:
            pass
        except (OSError, EOFError, ValueError, KeyError, IndexError, struct.error):
            TOTALS['hungUpOn'] += 1
        # at most five tries a minute from one address
        await asyncio.sleep(max(1, 12 - (asyncio.get_running_loop().time() - begun)))


def gather():
    return [asyncio.create_task(place(n)) for n in range(PEERS)] + [
        asyncio.create_task(listening('10.99.%d.%d' % (64 + n % 32, 200 + n // 32), torrent)) for n, torrent in enumerate(TORRENTS)]


async def main():
    crowd = gather()
    commands = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    print('READY', flush=True)
    while line := (await commands.readline()).strip():
        if line == b'rest':
            RESTING.set()
            for task in crowd:
                task.cancel()
            await asyncio.gather(*crowd, return_exceptions=True)
        elif line == b'go':
            RESTING.clear()
            crowd = gather()
        elif line == b'report':
            failed = [task.exception() for task in crowd if task.done() and not task.cancelled() and task.exception()]
            print(json.dumps(TOTALS | NOW | {'places': sum(not task.done() for task in crowd), 'failed': [repr(e) for e in failed]}), flush=True)


asyncio.run(main())
