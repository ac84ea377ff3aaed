#!/usr/bin/env python3
"""Moves data over a line with delay and loss, by the packaged program (mvn -DskipTests package) and by libtorrent in turn; prints one JSON object
per run. Nothing here passes or fails.

  line.py leech    each downloads from one seeder of libtorrent at the other end
  line.py seed     one leecher of libtorrent downloads from each
  line.py stream   neither: the round trip, and the rate of one plain TCP connection for --seconds 10

  --rtt 0 milliseconds, --loss 0 percent of the packets in each direction, --rate 0 (none) bytes a second with a --queue 1024 KiB: relay.py
  --congestion cubic, as with most people at home, whatever this machine does; --stock leaves the libtorrent that is measured its own queues and
  buffers (sessions.py sets larger ones, as it does at the other end)
  --mib 256; --piece-kib 1024; --runs 3; --who sallyport,libtorrent; --home the layout; --opts JVM options

Each run has two fresh network namespaces and a relay between a TUN device in each, which needs root and no module of the kernel but TUN; they end
with this program. The seed of the loss is the number of the run, for both contenders. Per run: seconds from ready, or with seed from the call of the
leecher, until all is verified; CPU seconds of the contender in that time; what the relay did, each way. Linux only.
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import Payload, Program, Sallyport, anonymous, cpu, event, sessions

HERE = Path(__file__).resolve().parent
PORT, OTHER_PORT = 23600, 23601
NEAR, FAR = '198.18.0.1', '198.18.0.2'
PATIENCE = 120


class Namespace:
    """Lives as long as a program that waits in it, which ends when this one does, however that ends."""

    def __init__(self):
        self.holder = Program(['unshare', '--net', 'cat'])
        self.holder.say('here')
        self.holder.wait(lambda line: line == 'here')
        self.inside = ['nsenter', '--net=/proc/%d/ns/net' % self.holder.pid]
        subprocess.run([*self.inside, 'ip', 'link', 'set', 'lo', 'up'], check=True)


class Line:
    def __init__(self, args, number):
        self.near, self.far = Namespace(), Namespace()
        options = [word for name in ('rtt', 'loss', 'rate', 'queue', 'congestion') for word in ('--' + name, getattr(args, name))]
        self.relay = Program([sys.executable, HERE / 'relay.py', self.near.holder.pid, self.far.holder.pid, '--seed', number, *options])
        self.relay.wait(lambda line: line == 'ready')

    def count(self):
        self.relay.say('count')
        return json.loads(self.relay.wait(lambda line: line.startswith('['))[1])


class Ours:
    """Sallyport at the near end."""

    def __init__(self, args, folder, content, inside):
        self.content, self.folder = content, folder
        self.client = Sallyport(args.home, folder / 'data', args.opts, inside)

    def get(self):
        self.run = self.client.start('get', self.content.torrent, '--to', self.folder / 'to', '--port', PORT, '--peer', '%s:%d' % (FAR, OTHER_PORT),
                                     '--seed-until', 'never')
        return self.run.wait(event('ready'))[0]

    def verified(self):
        return self.run.wait(event('verified'), 1, PATIENCE)[0]

    def seed(self):
        self.run = self.client.start('seed', self.content.torrent, '--from', self.content.root.parent, '--port', PORT)
        self.run.wait(event('ready'))


class Theirs:
    """libtorrent at the near end."""

    def __init__(self, args, folder, content, inside):
        self.content, self.folder, self.inside, self.more = content, folder, inside, ['--stock'] * args.stock

    def get(self):
        self.run = sessions(self.content, PORT, [(NEAR, self.folder / 'to')], *self.more, inside=self.inside)
        self.run.say('connect %s %d' % (FAR, OTHER_PORT))
        return time.time()

    def verified(self):
        return self.run.wait(lambda line: line == 'done', 1, PATIENCE)[0]

    def seed(self):
        self.run = sessions(self.content, PORT, [(NEAR, self.content.root.parent)], '--seed', *self.more, inside=self.inside)


def result(size, end, begin, run, before):
    return {'seconds': round(end - begin, 2), 'mibPerSecond': round(size / (1 << 20) / (end - begin), 2), 'cpu': round(cpu(run.pid) - before, 2),
            'anonymousMib': round(anonymous(run.pid))}


def leech(args, folder, content, kind, line):
    sessions(content, OTHER_PORT, [(FAR, content.root.parent)], '--seed', inside=line.far.inside)
    contender = kind(args, folder, content, line.near.inside)
    begin = contender.get()
    before = cpu(contender.run.pid)
    return result(content.size, contender.verified(), begin, contender.run, before)


def seed(args, folder, content, kind, line):
    contender = kind(args, folder, content, line.near.inside)
    contender.seed()
    leecher = sessions(content, OTHER_PORT, [(FAR, folder / 'far')], inside=line.far.inside)
    before, begin = cpu(contender.run.pid), time.time()
    leecher.say('connect %s %d' % (NEAR, PORT))
    end, _ = leecher.wait(lambda line: line == 'done', 1, PATIENCE)
    return result(content.size, end, begin, contender.run, before)


def stream(args, line):
    taker = Program([*line.far.inside, sys.executable, HERE / 'stream.py', 'take'])
    taker.wait(lambda line: line == 'ready')
    giver = Program([*line.near.inside, sys.executable, HERE / 'stream.py', 'give', FAR, args.seconds])
    found = [run.wait(lambda line: line.startswith('{'))[1] for run in (giver, taker)]
    return {key: value for one in found for key, value in json.loads(one).items()}


def main():
    kinds = {'leech': leech, 'seed': seed, 'stream': None}
    contenders = {'sallyport': Ours, 'libtorrent': Theirs}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('kind', choices=kinds)
    for name in ('rtt', 'loss', 'rate'):
        parser.add_argument('--' + name, type=float, default=0)
    for name, value in (('queue', 1024), ('mib', 256), ('piece-kib', 1024), ('runs', 3), ('seconds', 10)):
        parser.add_argument('--' + name, type=int, default=value)
    parser.add_argument('--congestion', default='cubic')
    parser.add_argument('--who', default='sallyport,libtorrent')
    parser.add_argument('--stock', action='store_true')
    parser.add_argument('--home', type=Path, default=HERE.parent / 'target' / 'sallyport')
    parser.add_argument('--opts', default='')
    parser.add_argument('--work', type=Path)
    args = parser.parse_args()
    if os.geteuid():
        sys.exit('network namespaces need root')
    for way in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(way, signal.default_int_handler)
    case = {name: getattr(args, name) for name in ('kind', 'mib', 'rtt', 'loss', 'rate', 'congestion', 'stock')}
    source = Path(tempfile.mkdtemp(prefix='line', dir=args.work))
    try:
        if args.kind != 'stream':
            content = Payload(source, 'payload', args.mib << 20, args.piece_kib << 10, 1)
        for number in range(args.runs):
            for who in ['nobody'] if args.kind == 'stream' else args.who.split(','):
                folder = Path(tempfile.mkdtemp(prefix='run', dir=source))
                try:
                    line = Line(args, number + 1)
                    found = stream(args, line) if args.kind == 'stream' else kinds[args.kind](args, folder, content, contenders[who], line)
                    print(json.dumps({**case, 'who': who, **found, 'line': line.count()}), flush=True)
                except SystemExit as failure:
                    print(json.dumps({**case, 'who': who, 'failed': str(failure), 'line': line.count()}), flush=True)
                finally:
                    Program.stop_all()
                    shutil.rmtree(folder)
    finally:
        Program.stop_all()
        shutil.rmtree(source)


if __name__ == '__main__':
    main()
