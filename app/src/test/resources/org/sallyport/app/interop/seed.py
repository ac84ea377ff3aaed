"""Pieces of one file by their number (BEP 17), for a web server that runs scripts: seed.py?info_hash=...&piece=N[&ranges=FROM-TO]."""
import os
import re
import sys

PIECE, FILE = 262144, 'first.bin'
query = os.environ['QUERY_STRING']
begin = int(re.search(r'&piece=(\d+)', query).group(1)) * PIECE
part = re.search(r'&ranges=(\d+)-(\d+)', query)
start, end = (int(part.group(1)), int(part.group(2)) + 1) if part else (0, PIECE)
with open(FILE, 'rb') as file:
    file.seek(begin + start)
    data = file.read(end - start)
sys.stdout.buffer.write(b'Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n' % len(data) + data)
