#!/usr/bin/env python3
"""What a line carries without a client: stream.py take, and at its other end stream.py give HOST SECONDS; each prints a JSON object.

The giver tells the round trip, the median of single bytes that come back; the taker the rate of one plain TCP connection, over the second half of
the time.
"""
import json
import socket
import statistics
import sys
import time

PORT = 23700
ROUNDS = 15


def connected(peer):
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return peer


def take():
    listener = socket.create_server(('', PORT))
    print('ready', flush=True)
    peer = connected(listener.accept()[0])
    for _ in range(ROUNDS):
        peer.sendall(peer.recv(1))
    room, total, seen = bytearray(1 << 20), 0, []
    while count := peer.recv_into(room):
        total += count
        seen.append((time.monotonic(), total))
    end = seen[-1][0]
    at, before = next(one for one in seen if one[0] >= (seen[0][0] + end) / 2)
    return {'mibPerSecond': round((total - before) / (1 << 20) / max(1e-3, end - at), 2)}


def give(host, seconds):
    peer = connected(socket.create_connection((host, PORT), 30))
    trips = []
    for _ in range(ROUNDS):
        begin = time.monotonic()
        peer.sendall(b'x')
        peer.recv(1)
        trips.append(time.monotonic() - begin)
    end, block = time.monotonic() + seconds, bytes(1 << 18)
    while time.monotonic() < end:
        peer.sendall(block)
    peer.close()
    return {'rttMs': round(statistics.median(trips) * 1000, 2)}


if __name__ == '__main__':
    print(json.dumps(take() if sys.argv[1] == 'take' else give(sys.argv[2], float(sys.argv[3]))), flush=True)
