"""A name server that knows one name (RFC 1035). Standard library only.

name_server.py HOST NAME ADDRESS

Answers questions for the IPv4 address of NAME, has no other kind of record, and knows no other name. Prints each question.
"""
import socket
import struct
import sys

host, name, address = sys.argv[1:]
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((host, 53))
print('READY', flush=True)
while True:
    question, asker = server.recvfrom(1500)
    labels, at = [], 12
    while question[at]:
        labels.append(question[at + 1:at + 1 + question[at]].decode('ascii'))
        at += 1 + question[at]
    kind = struct.unpack('>H', question[at + 1:at + 3])[0]
    print(kind, '.'.join(labels), flush=True)
    known = '.'.join(labels) == name
    answer = b'\xc0\x0c' + struct.pack('>HHIH', 1, 1, 60, 4) + socket.inet_aton(address) if known and kind == 1 else b''
    flags = b'\x81\x80' if known else b'\x81\x83'
    server.sendto(question[:2] + flags + b'\x00\x01' + struct.pack('>H', 1 if answer else 0) + bytes(4) + question[12:at + 5] + answer, asker)
