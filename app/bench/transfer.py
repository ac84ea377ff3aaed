#!/usr/bin/env python3
"""Moves data with the packaged program (mvn -DskipTests package) over loopback, and prints one JSON object per run. Nothing here passes or fails.

  transfer.py leech [--peers 1] [--torrents 1]   from fast peers that have everything (crowd.py), each at an address of its own;
                                                 --delay 100: which answer after 100 ms
  transfer.py pair  [--link plain|mse|tls ...]   from one Sallyport to another; tls: two paired devices; several links in turn
  transfer.py seed  [--link plain]               the same, and what the sender costs
  transfer.py recheck [--beside libtorrent]      checks what is there; in turn with libtorrent, each from the start of its process, or
                                                 --again, when it has done so: what the check itself costs
  transfer.py idle  [--peers 200]                so many peers that have everything, call in and give nothing: what each costs in
                                                 memory after a collection, beyond the first ten (needs the JDK's jcmd)

  --mib 1024 in all; --piece-kib 1024; --files 1 of equal size (not for leech); --runs 3; --home the layout; --opts JVM options
  --threads shows where the CPU seconds went

Per run: MiB/s from ready to verified, CPU seconds from start to ready and from ready to verified, anonymous MiB at the end. CPU seconds of
two sizes give the cost of another GiB without what a start costs. Linux only.
"""
import argparse
import collections
import hashlib
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import TICK, Payload, Program, Sallyport, anonymous, cpu, event

HERE = Path(__file__).resolve().parent
CROWD_PORT, PORT, OTHER_PORT = 23100, 23200, 23300


def threads(pid):
    """CPU seconds by kind of thread."""
    spent = collections.Counter()
    for task in os.listdir('/proc/%d/task' % pid):
        try:
            stat = Path('/proc/%d/task/%s/stat' % (pid, task)).read_text()
        except OSError:
            continue
        fields = stat.rsplit(')', 1)[1].split()
        name = stat[stat.index('(') + 1:stat.rindex(')')].rstrip('0123456789-')
        spent[name, 'user'] += int(fields[11]) / TICK
        spent[name, 'system'] += int(fields[12]) / TICK
    return spent


class Meter:
    """What a program costs from now on."""

    def __init__(self, program):
        self.pid, self.at, self.cpu, self.threads = program.pid, time.time(), cpu(program.pid), threads(program.pid)

    def result(self, args, size, end, begin):
        used = cpu(self.pid)
        now = threads(self.pid)
        result = {'seconds': round(end - begin, 2), 'mibPerSecond': round(size / (1 << 20) / (end - begin), 1), 'cpuToReady': round(self.cpu, 2),
                  'cpu': round(used - self.cpu, 2), 'anonymousMib': round(anonymous(self.pid))}
        if args.threads:
            spent = {' '.join(key): round(value - self.threads.get(key, 0), 2) for key, value in now.items()}
            result['threads'] = {key: value for key, value in sorted(spent.items(), key=lambda e: -e[1]) if value >= 0.05}
        return result


def payloads(args, folder, count=1):
    size = (args.mib << 20) // count
    return [Payload(folder, 'payload-%03d' % i, size // args.files * args.files, args.piece_kib << 10, args.files) for i in range(count)]


def leech(args, folder):
    content = payloads(args, folder, args.torrents)
    crowd = Program([sys.executable, HERE / 'crowd.py', CROWD_PORT, args.delay, *(path for p in content for path in (p.torrent, p.root))])
    crowd.wait(lambda line: line == 'ready')
    peers = [word for i in range(args.peers) for word in ('--peer', '127.0.%d.%d:%d' % (1 + i // 250, 1 + i % 250, CROWD_PORT))]
    run = Sallyport(args.home, folder / 'data', args.opts).start('get', *(p.torrent for p in content), '--to', folder / 'to', '--port', PORT, *peers,
                                                 '--seed-until', 'never')
    begin, _ = run.wait(event('ready'))
    meter = Meter(run)
    end, _ = run.wait(event('verified'), len(content))
    result = meter.result(args, sum(p.size for p in content), end, begin)
    run.stop()
    crowd.stop()
    return result


def pair(here, there):
    """From then on they speak TLS with each other, or not at all: at the addresses that they know each other by, so that is the loopback, too."""
    daemons = [here.start('daemon', '--port', PORT), there.start('daemon', '--port', OTHER_PORT)]
    for daemon in daemons:
        daemon.wait(event('ready'))
    offer = here.start('device', 'offer', '--accept-words')
    code = json.loads(offer.wait(event('code'))[1])['code']
    there.ask('device', 'pair', code, '--accept-words')
    offer.child.wait(60)
    there.ask('device', 'address', json.loads(there.ask('device', 'list').splitlines()[0])['id'], '127.0.0.1:%d' % PORT)
    for daemon in daemons:
        daemon.stop()


def between(args, folder, who):
    """One Sallyport sends to another."""
    content = payloads(args, folder)[0]
    encryption = 'OFF' if args.link == 'plain' else 'REQUIRE'
    here, there = (Sallyport(args.home, folder / name, args.opts, encryption=encryption) for name in ('sender', 'taker'))
    if args.link == 'tls':
        pair(here, there)
    sender = here.start('seed', content.torrent, '--from', content.root.parent, '--port', PORT)
    sender.wait(event('ready'))
    taker = there.start('get', content.torrent, '--to', folder / 'to', '--port', OTHER_PORT, '--peer', '127.0.0.1:%d' % PORT, '--seed-until', 'never')
    begin, _ = taker.wait(event('ready'))
    meter = Meter(sender if who == 'sender' else taker)
    end, _ = taker.wait(event('verified'))
    result = meter.result(args, content.size, end, begin)
    taker.stop()
    sender.stop()
    return result


def libtorrent_rechecks(args, folder):
    content = payloads(args, folder)[0]
    run = Program(['/usr/bin/python3', HERE / 'sessions.py', content.torrent, str(PORT), '127.0.0.1', content.root.parent])
    begin, meter = run.start, Meter(run)
    end, _ = run.wait(lambda line: line == 'done')
    if args.again:
        begin, meter = time.time(), Meter(run)
        run.say('recheck')
        end, _ = run.wait(lambda line: line == 'checked', count=2)
    result = meter.result(args, content.size, end, begin)
    run.stop()
    return result


def recheck(args, folder):
    content = payloads(args, folder)[0]
    here = Sallyport(args.home, folder / 'data', args.opts)
    run = here.start('seed', content.torrent, '--from', content.root.parent, '--port', PORT)
    begin, meter = run.start, Meter(run)
    end, _ = run.wait(event('ready'))
    if args.again:
        known = json.loads(here.ask('list').splitlines()[0])['hash']
        begin, meter = time.time(), Meter(run)
        here.ask('recheck', known)
        end = time.time()
    result = meter.result(args, content.size, end, begin)
    run.stop()
    return result


def live_heap(pid):
    """KiB of objects that are reachable; collects the others."""
    found = subprocess.run(['jcmd', str(pid), 'GC.class_histogram'], check=True, capture_output=True, text=True).stdout
    return int(found.strip().splitlines()[-1].split()[2]) / 1024


def idle_peer(number, info_hash, pieces):
    peer = socket.create_connection(('127.0.0.1', PORT), 30, ('127.0.%d.%d' % (1 + number // 250, 1 + number % 250), 0))
    bits = int(('1' * pieces).ljust((pieces + 7) // 8 * 8, '0'), 2).to_bytes((pieces + 7) // 8, 'big')
    peer.sendall(b'\x13BitTorrent protocol' + bytes(8) + info_hash + b'-ID0001-%012d' % number)
    peer.sendall(struct.pack('>IB', 1 + len(bits), 5) + bits)
    if not peer.recv(68):
        sys.exit('peer %d was turned away' % number)
    return peer


def idle(args, folder):
    content = payloads(args, folder)[0]
    whole = content.torrent.read_bytes()
    info = whole[whole.index(b'4:info') + 6:-1]
    pieces = -(-content.size // (args.piece_kib << 10))
    limits = {'connections': args.peers + 50, 'connectionsPerTorrent': args.peers + 50}
    run = Sallyport(args.home, folder / 'data', args.opts, limits=limits).start('get', content.torrent, '--to', folder / 'to', '--port', PORT)
    run.wait(event('ready'))
    time.sleep(3)  # it looks at its files before it takes anybody
    peers, seen = [], []
    # the first few load classes and fill caches, which is no cost of a peer
    for count in (10, 10 + args.peers):
        peers += [idle_peer(i, hashlib.sha1(info).digest(), pieces) for i in range(len(peers), count)]
        time.sleep(10)
        heap = live_heap(run.pid)
        seen.append((heap, anonymous(run.pid) * 1024))
        for peer in peers:
            peer.setblocking(False)
            try:
                while True:
                    if not peer.recv(65536):
                        sys.exit('a peer was sent away')
            except BlockingIOError:
                pass
    run.stop()
    (heap, memory), (heap_then, memory_then) = seen
    return {'heapKibPerPeer': round((heap_then - heap) / args.peers, 1), 'anonymousKibPerPeer': round((memory_then - memory) / args.peers, 1),
            'anonymousMib': round(memory_then / 1024)}


def main():
    kinds = {'leech': leech, 'recheck': recheck, 'idle': idle, 'pair': lambda a, f: between(a, f, 'taker'), 'seed': lambda a, f: between(a, f, 'sender')}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('kind', choices=kinds)
    for name, value in (('mib', 1024), ('piece-kib', 1024), ('files', 1), ('peers', 1), ('torrents', 1), ('delay', 0), ('runs', 3)):
        parser.add_argument('--' + name, type=int, default=value)
    parser.add_argument('--link', choices=('plain', 'mse', 'tls'), nargs='+', default=['plain'])
    parser.add_argument('--again', action='store_true')
    parser.add_argument('--beside', choices=('libtorrent',))
    parser.add_argument('--home', type=Path, default=HERE.parent / 'target' / 'sallyport')
    parser.add_argument('--opts', default='')
    parser.add_argument('--threads', action='store_true')
    parser.add_argument('--work', type=Path)
    args = parser.parse_args()
    whats = [kinds[args.kind]] + ([libtorrent_rechecks] if args.kind == 'recheck' and args.beside else [])
    turns = [(what, link) for link in args.link for what in whats]
    for turn, args.link in turns * args.runs:
        case = {name: getattr(args, name) for name in ('kind', 'mib', 'piece_kib', 'files', 'peers', 'torrents', 'delay', 'link')}
        folder = Path(tempfile.mkdtemp(prefix='transfer', dir=args.work))
        try:
            print(json.dumps({**case, 'who': 'libtorrent' if turn is libtorrent_rechecks else 'sallyport', **turn(args, folder)}), flush=True)
        finally:
            Program.stop_all()
            shutil.rmtree(folder)


if __name__ == '__main__':
    main()
