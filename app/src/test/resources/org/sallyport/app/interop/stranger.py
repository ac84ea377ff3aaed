"""Calls a peer port in every way a stranger can, and prints for each what came back, one JSON object per line.

stranger.py HOST PORT INFO_HASH_HEX PEER_ID SECONDS
"""
import hashlib
import json
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

HOST, PORT, INFO_HASH, PEER_ID, PATIENCE = sys.argv[1], int(sys.argv[2]), bytes.fromhex(sys.argv[3]), sys.argv[4].encode(), float(sys.argv[5])
PRIME = int("FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
            "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A63A36210000000000090563", 16)


def connect():
    link = socket.create_connection((HOST, PORT), timeout=5)
    link.settimeout(0.5)
    return link


def drain(link, until):
    """Everything that arrives until the other side closes or time is up."""
    received = b""
    while time.monotonic() < until:
        try:
            more = link.recv(65536)
        except socket.timeout:
            continue
        except OSError:
            break
        if not more:
            break
        received += more
    return received


def report(case, received, **more):
    print(json.dumps({"case": case, "received": len(received), "first": received[:32].hex(), **more}), flush=True)


def handshake(peer_id):
    return b"\x13BitTorrent protocol" + bytes(5) + b"\x10\0\0" + INFO_HASH + peer_id


def plain(case, peer_id):
    with connect() as link:
        link.sendall(handshake(peer_id))
        report(case, drain(link, time.monotonic() + PATIENCE))


def rc4(key):
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    i = j = 0
    while True:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        yield state[(state[i] + state[j]) & 255]


def obfuscated():
    """MSE as the initiator, with the right info-hash: how much comes after the key exchange."""
    with connect() as link:
        secret = int.from_bytes(os.urandom(20), "big")
        link.sendall(pow(2, secret, PRIME).to_bytes(96, "big"))
        until = time.monotonic() + PATIENCE
        answer = b""
        while len(answer) < 96 and time.monotonic() < until:
            try:
                more = link.recv(65536)
            except socket.timeout:
                continue
            if not more:
                break
            answer += more
        if len(answer) < 96:
            report("obfuscated", b"", keyExchange=len(answer))
            return
        shared = pow(int.from_bytes(answer[:96], "big"), secret, PRIME).to_bytes(96, "big")
        sha1 = lambda *parts: hashlib.sha1(b"".join(parts)).digest()
        mixed = bytes(a ^ b for a, b in zip(sha1(b"req2", INFO_HASH), sha1(b"req3", shared)))
        stream = rc4(sha1(b"keyA", shared, INFO_HASH))
        for _ in range(1024):
            next(stream)
        offer = bytes(8) + b"\0\0\0\3" + b"\0\0" + b"\0\x44" + handshake(PEER_ID)
        link.sendall(sha1(b"req1", shared) + mixed + bytes(b ^ next(stream) for b in offer))
        incoming = rc4(sha1(b"keyB", shared, INFO_HASH))
        for _ in range(1024):
            next(incoming)
        marker = bytes(next(incoming) for _ in range(8))  # what eight zero bytes look like from a side that knows the torrent
        rest = answer[96:] + drain(link, until)
        report("obfuscated", rest[rest.index(marker):] if marker in rest else b"", keyExchange=96)


def certificate(folder):
    key, cert = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "9",
                    "-subj", "/CN=peer", "-keyout", key, "-out", cert], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return cert, key


def secure(case, version, name):
    """A TLS client with a certificate of its own that trusts whatever it is shown."""
    with tempfile.TemporaryDirectory() as folder, connect() as link:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.minimum_version = context.maximum_version = version
        context.set_alpn_protocols(["sallyport/1"])
        context.load_cert_chain(*certificate(folder))
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(incoming, outgoing, server_hostname=name)
        received, until, shaken = b"", time.monotonic() + PATIENCE, False
        while time.monotonic() < until:
            try:
                tls.do_handshake()
                shaken = True
                break
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError:
                break
            if outgoing.pending:
                link.sendall(outgoing.read())
            try:
                more = link.recv(65536)
            except socket.timeout:
                continue
            except OSError:
                break
            if not more:
                break
            received += more
            incoming.write(more)
        seen = tls.getpeercert(binary_form=True) if shaken else None
        report(case, received, certificate=len(seen or b""))


def s_client():
    run = subprocess.run(["openssl", "s_client", "-connect", f"{HOST}:{PORT}", "-alpn", "sallyport/1", "-servername", "sallyport"],
                         stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE + 20)
    text = run.stdout.decode(errors="replace") + run.stderr.decode(errors="replace")
    report("s_client", b"", certificate=text.count("BEGIN CERTIFICATE"), none="no peer certificate available" in text)


def garbage():
    with connect() as link:
        link.sendall(os.urandom(400))
        report("garbage", drain(link, time.monotonic() + PATIENCE))


token = "".join("abcdefghijklmnopqrstuvwxyz234567"[b & 31] for b in os.urandom(52))
calls = [lambda: plain("plain", b"-XX0001-" + os.urandom(12).hex().encode()[:12]), lambda: plain("plainAsSallyport", PEER_ID), obfuscated,
         lambda: secure("tlsOwnCertificate", ssl.TLSVersion.TLSv1_3, token), lambda: secure("tlsWithoutToken", ssl.TLSVersion.TLSv1_3, "example.org"),
         lambda: secure("tls12", ssl.TLSVersion.TLSv1_2, token), s_client, garbage]
with ThreadPoolExecutor(3) as pool:  # one address may have but a few connections that did not shake hands
    for done in [pool.submit(call) for call in calls]:
        done.result()
