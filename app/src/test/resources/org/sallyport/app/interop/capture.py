"""Listens to all that passes one network interface and tells about it at the end. Root; standard library only.

capture.py INTERFACE NAME=HEX...     until a line comes on standard input; prints "up" first

Prints one JSON object: "remotes" the addresses with which bytes were exchanged in TCP or UDP, "found" the NAMEs of which the bytes HEX were in
a stream or a datagram, "datagrams" the ends of the UDP that went out, "inDatagrams" the NAMEs found in those, and "streams": each direction of
each TCP connection with its ends, the NAMEs in it ("holds"), its bytes, whether none is missing, its first bytes and, if it is TLS records from
beginning to end, the types of the records.
"""
import collections
import json
import select
import socket
import struct
import sys

SO_RCVBUFFORCE = 33


def main(interface, secrets):
    tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    tap.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 256 << 20)
    tap.bind((interface, 0))
    print('up', flush=True)
    segments = collections.defaultdict(list)
    datagrams = []
    sent = []
    remotes = set()
    while True:
        ready, _, _ = select.select([tap, sys.stdin], [], [])
        if tap in ready:
            frame, (_, _, kind, _, _) = tap.recvfrom(1 << 17)
            take(frame, kind == socket.PACKET_OUTGOING, segments, datagrams, remotes, sent)
        elif sys.stdin in ready:
            break
    report(segments, datagrams, remotes, sent, secrets)


def take(frame, outgoing, segments, datagrams, remotes, sent):
    if frame[12:14] != b'\x08\x00':
        datagrams.append(frame)
        if outgoing and frame[12:14] == b'\x86\xdd' and frame[20] == 17:
            sent.append((ends(socket.inet_ntop(socket.AF_INET6, frame[38:54]), frame[54:58]), frame))
        return
    packet = frame[14:14 + struct.unpack('!H', frame[16:18])[0]]
    head = (packet[0] & 15) * 4
    source, target = socket.inet_ntoa(packet[12:16]), socket.inet_ntoa(packet[16:20])
    remotes.add(target if outgoing else source)
    if packet[9] != 6:
        datagrams.append(packet)
        if outgoing and packet[9] == 17:
            sent.append((ends(target, packet[head:head + 4]), packet))
        return
    from_port, to_port, number = struct.unpack('!HHI', packet[head:head + 8])
    flags = packet[head + 13]
    data = packet[head + (packet[head + 12] >> 4) * 4:]
    if flags & 2:
        number += 1
        segments[source, from_port, target, to_port].append((number, b''))
    elif data:
        segments[source, from_port, target, to_port].append((number, data))


def ends(target, ports):
    """Where a datagram goes, and from which port."""
    own, to = struct.unpack('!HH', ports)
    return '%d to %s:%d' % (own, target, to)


def joined(parts):
    """The bytes in their order, and whether none is missing. Streams here are shorter than 4 GiB, but may wrap."""
    start = parts[0][0]
    out = bytearray()
    for number, data in sorted(parts, key=lambda part: (part[0] - start) & 0xffffffff):
        at = (number - start) & 0xffffffff
        if at > 1 << 31:
            continue
        if at > len(out):
            return bytes(out), False
        if at + len(data) > len(out):
            out += data[len(out) - at:]
    return bytes(out), True


def records(stream):
    """The types of TLS 1.3 records, or nothing if it is anything else; the last record may have been cut off."""
    types = set()
    at = 0
    while at < len(stream):
        if len(stream) - at < 5:
            break
        kind, version, length = struct.unpack('!BHH', stream[at:at + 5])
        if kind not in (20, 21, 22, 23) or version not in (0x0301, 0x0303) or length > 16640:
            return []
        types.add(kind)
        at += 5 + length
    return sorted(types)


def report(segments, datagrams, remotes, sent, secrets):
    found = set()
    streams = []
    for (source, from_port, target, to_port), parts in segments.items():
        stream, whole = joined(parts)
        holds = sorted(name for name, value in secrets.items() if value in stream)
        found.update(holds)
        streams.append({'holds': holds, 'from': source, 'to': target, 'bytes': len(stream), 'whole': whole, 'first': stream[:20].hex(),
                        'tls': records(stream)})
    for packet in datagrams:
        found.update(name for name, value in secrets.items() if value in packet)
    told = {name for name, value in secrets.items() for _, packet in sent if value in packet}
    print(json.dumps({'remotes': sorted(remotes), 'found': sorted(found), 'datagrams': sorted({end for end, _ in sent}), 'inDatagrams': sorted(told),
                      'streams': streams}), flush=True)


main(sys.argv[1], {name: bytes.fromhex(value) for name, value in (argument.split('=') for argument in sys.argv[2:])})
