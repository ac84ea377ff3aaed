"""Asks the network itself whether a seed is up, because every client reports it differently. Standard library only.

probe.py seed HOST PORT INFO_HASH PIECES SECONDS     until the peer shakes hands and has every piece
probe.py tracker URL INFO_HASH SEEDS SECONDS         until the tracker knows that many seeds

Exit code 0 when it is so, 1 with the last thing seen when SECONDS passed.
"""
import os
import re
import socket
import struct
import sys
import time
import urllib.parse
import urllib.request


def serves_all(host, port, info_hash, pieces):
    """Has all: a full bitfield, HAVE ALL (BEP 6), or HAVE messages for what the bitfield left out (lazy bitfield)."""
    fast = bytes(7) + b'\x04'
    with socket.create_connection((host, int(port)), 2) as peer:
        peer.settimeout(3)
        peer.sendall(b'\x13BitTorrent protocol' + fast + bytes.fromhex(info_hash) + b'-PR0001-' + os.urandom(6).hex().encode())
        stream = peer.makefile('rb')
        if len(stream.read(68)) < 68:
            return 'closed in the handshake'
        owned = 0
        while owned < int(pieces):
            header = stream.read(4)
            if len(header) < 4:
                return 'closed with %d pieces' % owned
            body = stream.read(struct.unpack('>I', header)[0])
            kind = body[:1]
            if kind == b'\x0e':
                return None
            if kind == b'\x05':
                owned = sum(bin(b).count('1') for b in body[1:])
            elif kind == b'\x04':
                owned += 1
            elif kind == b'\x0f':
                return 'has nothing'
        return None


def knows_seeds(url, info_hash, seeds):
    scrape = url.replace('/announce', '/scrape') + '?info_hash=' + urllib.parse.quote(bytes.fromhex(info_hash))
    body = urllib.request.urlopen(scrape, timeout=3).read()
    found = re.search(rb'8:completei(\d+)e', body)
    return None if found and int(found.group(1)) >= int(seeds) else repr(body)


check = {'seed': serves_all, 'tracker': knows_seeds}[sys.argv[1]]
end = time.time() + float(sys.argv[-1])
seen = 'nothing tried'
while time.time() < end:
    try:
        seen = check(*sys.argv[2:-1])
        if seen is None:
            sys.exit(0)
    except (OSError, struct.error) as e:
        seen = repr(e)
    time.sleep(0.1)
sys.exit(seen)
