#!/usr/bin/env python3
"""Swarms over loopback, of the packaged program (mvn -DskipTests package) and of libtorrent in turn; prints one JSON object per run. Nothing here passes or fails.

  swarm.py twenty   one leecher fetches 1 GiB from 20 seeders that send 10 MB/s each
  swarm.py crowd    8 leechers, each of which knows all others, fetch 256 MiB from each other and from one seeder that sends 20 MB/s

  --seeders 20, --leechers 8, --rate BYTES a second of a seeder; --mib in all; --piece-kib 1024; --runs 3; --who sallyport,libtorrent
  --home the layout; --opts JVM options

The seeders are sessions of libtorrent, each at an address of its own, all in one process (sessions.py, run by /usr/bin/python3, needs Debian's
python3-libtorrent). So are libtorrent's leechers; each of ours is a process of its own. Per run: seconds until all is verified, from ready; in a crowd from the call of the
seeder, which comes when all know each other. CPU seconds of all leechers together until ready and from then on, those of the seeders, how
much these sent, and anonymous MiB of the leechers at the end. Linux only.
"""
import argparse
import json
import shutil
import signal
import tempfile
import time
from pathlib import Path

from measure import Payload, Program, Sallyport, anonymous, cpu, event, sessions

HERE = Path(__file__).resolve().parent
SEED_PORT, PORT = 23400, 23500
PATIENCE = 150
ACQUAINTED = 4


def seeders(args, content, count):
    places = [('127.0.1.%d' % (i + 1), content.root.parent) for i in range(count)]
    return places, sessions(content, SEED_PORT, places, '--seed', '--up', args.rate)


class Ours:
    """Leechers of Sallyport: one process and one port each, all at 127.0.0.1."""

    def __init__(self, args, folder, content, count, known):
        at = ['127.0.0.1:%d' % (PORT + i) for i in range(count)]
        self.addresses = [('127.0.0.1', PORT + i) for i in range(count)]
        self.programs = []
        for i in range(count):
            named = [word for peer in at[:i] + at[i + 1:] + known for word in ('--peer', peer)]
            self.programs.append(Sallyport(args.home, folder / ('data-%d' % i), args.opts).start(
                'get', content.torrent, '--to', folder / ('to-%d' % i), '--port', PORT + i, *named, '--seed-until', 1000))
        self.ready = max(run.wait(event('ready'), 1, PATIENCE)[0] for run in self.programs)

    def verified(self):
        return max(run.wait(event('verified'), 1, PATIENCE)[0] for run in self.programs)


class Theirs:
    """Leechers of libtorrent: one address and one session each, all in one process."""

    def __init__(self, args, folder, content, count, known):
        self.count = count
        self.addresses = [('127.0.2.%d' % (i + 1), PORT) for i in range(count)]
        places = [(host, folder / ('to-%s' % host)) for host, _ in self.addresses]
        self.programs = [sessions(content, PORT, places)]
        self.ready = time.time()
        for peer in known + (['%s:%d' % peer for peer in self.addresses] if count > 1 else []):
            self.programs[0].say('connect ' + peer.replace(':', ' '))

    def verified(self):
        return self.programs[0].wait(lambda line: line == 'done', self.count, PATIENCE)[0]


def result(leechers, sending, before, sent, begin):
    end = leechers.verified()
    used = spent(*leechers.programs)
    sending.say('sent')
    given = int(sending.wait(lambda line: line.startswith('sent '))[1].split()[1]) >> 20
    return {'seconds': round(end - begin, 2), 'cpuToReady': round(before, 2), 'cpu': round(used - before, 2), 'cpuOfSeeders': round(cpu(sending.pid) - sent, 2),
            'sentBySeedersMib': given, 'anonymousMib': round(sum(anonymous(run.pid) for run in leechers.programs))}


def spent(*programs):
    return sum(cpu(run.pid) for run in programs)


def twenty(args, folder, content, kind):
    places, sending = seeders(args, content, args.seeders)
    sent = spent(sending)
    leecher = kind(args, folder, content, 1, ['%s:%d' % (address, SEED_PORT) for address, _ in places])
    return result(leecher, sending, spent(*leecher.programs), sent, leecher.ready)


def crowd(args, folder, content, kind):
    leechers = kind(args, folder, content, args.leechers, [])
    time.sleep(ACQUAINTED)
    _, sending = seeders(args, content, 1)
    before, sent = spent(*leechers.programs), spent(sending)
    begin = time.time()
    for host, port in leechers.addresses:
        sending.say('connect %s %d' % (host, port))
    return result(leechers, sending, before, sent, begin)


def main():
    kinds = {'twenty': (twenty, 1024, 10_000_000), 'crowd': (crowd, 256, 20_000_000)}
    contenders = {'sallyport': Ours, 'libtorrent': Theirs}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('kind', choices=kinds)
    for name, value in (('mib', 0), ('rate', 0), ('piece-kib', 1024), ('seeders', 20), ('leechers', 8), ('runs', 3)):
        parser.add_argument('--' + name, type=int, default=value)
    parser.add_argument('--who', default='sallyport,libtorrent')
    parser.add_argument('--home', type=Path, default=HERE.parent / 'target' / 'sallyport')
    parser.add_argument('--opts', default='')
    parser.add_argument('--work', type=Path)
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    measured, mib, rate = kinds[args.kind]
    args.mib, args.rate = args.mib or mib, args.rate or rate
    case = {name: getattr(args, name) for name in ('kind', 'mib', 'rate', 'piece_kib')}
    source = Path(tempfile.mkdtemp(prefix='swarm', dir=args.work))
    try:
        content = Payload(source, 'payload', args.mib << 20, args.piece_kib << 10, 1)
        for _ in range(args.runs):
            for who in args.who.split(','):
                folder = Path(tempfile.mkdtemp(prefix='run', dir=source))
                try:
                    print(json.dumps({**case, 'who': who, **measured(args, folder, content, contenders[who])}), flush=True)
                except SystemExit as failure:
                    print(json.dumps({**case, 'who': who, 'failed': str(failure)}), flush=True)
                finally:
                    Program.stop_all()
                    shutil.rmtree(folder)
    finally:
        shutil.rmtree(source)


if __name__ == '__main__':
    main()
