"""A peer that has nothing and tells of others, whether or not the torrent is private. Standard library only.

teller.py INFO_HASH PORT NAMED_HOST

Waits for connections on PORT, offers peer exchange, metadata, the DHT and fast messages to whoever calls, and tells of NAMED_HOST:PORT by exchange
and of a DHT node on its own PORT. Prints READY when it listens and one JSON object for each thing that it heard. Ends when stdin closes.
"""
import json
import os
import socket
import struct
import sys
import threading

INFO_HASH, PORT, NAMED = bytes.fromhex(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
EXCHANGE, METADATA = 1, 2
# the number that exchange has with us where it is allowed
THEIR_EXCHANGE = 3


def say(**what):
    print(json.dumps(what), flush=True)


def frame(kind, payload=b''):
    return struct.pack('>IB', 1 + len(payload), kind) + payload


def serve(peer):
    stream = peer.makefile('rb')
    hello = stream.read(68)
    if len(hello) < 68 or hello[28:48] != INFO_HASH:
        return
    say(hello=hello[20:28].hex())
    peer.sendall(b'\x13BitTorrent protocol' + bytes.fromhex('0000000000100005') + INFO_HASH + b'-XX0001-' + os.urandom(6).hex().encode())
    compact = socket.inet_aton(NAMED) + struct.pack('>H', PORT)
    offer = b'\0d1:md11:ut_metadatai%de6:ut_pexi%dee1:pi%dee' % (METADATA, EXCHANGE, PORT)
    peer.sendall(frame(15) + frame(20, offer) + frame(9, struct.pack('>H', PORT))
                 + frame(20, bytes([THEIR_EXCHANGE]) + b'd5:added6:' + compact + b'7:added.f1:\x107:dropped0:e'))
    while True:
        header = stream.read(4)
        if len(header) < 4:
            return
        body = stream.read(struct.unpack('>I', header)[0])
        if body[:2] == b'\x14\x00':
            say(offers=body[2:].decode('latin-1'))
        elif body[:1] == b'\x14':
            say(extended=body[1], bytes=len(body))
        elif body:
            say(message=body[0])


def guarded(peer):
    try:
        serve(peer)
    except OSError:
        pass
    finally:
        peer.close()
        say(closed=True)


def accept():
    while True:
        threading.Thread(target=guarded, args=(listener.accept()[0],), daemon=True).start()


listener = socket.create_server(('0.0.0.0', PORT), backlog=50)
print('READY', flush=True)
threading.Thread(target=accept, daemon=True).start()
sys.stdin.read()
os._exit(0)
