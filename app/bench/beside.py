#!/usr/bin/python3
"""The packaged program (mvn -DskipTests package) beside other clients over loopback, with torrents of several sizes, all in rotation: a machine gets
faster and slower by the hour, and its memory for the system's cache grows. Prints one JSON object per run and the medians at the end. Nothing here
passes or fails.

  beside.py leech sallyport libtorrent                    each downloads from one fast seeder (rtorrent)
  beside.py seed  sallyport rtorrent libtorrent aria2     one fast libtorrent downloads from each

  --mib 1024,4096; --piece-kib 1024; --runs 5; --home the layout, or several of them with commas, which are sallyport, sallyport2, ...
  --bench the folder of loopback.py, which starts, connects and measures

Per run: seconds from ready (of the leecher; with seed from its start) until all is verified, CPU seconds of the contender's whole run (with seed from ready), anonymous
MiB at most. The medians have what a further GiB costs, when there are two sizes. Needs Debian's python3-libtorrent and rtorrent. Linux only.
"""
import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Contenders:
    """Those of loopback.py, with layouts of our own by number, and rtorrent as a seeder."""

    def __init__(self, bench, homes):
        sys.path.insert(0, str(bench))
        import loopback
        self.bench, self.homes, self.start_others = loopback, homes, loopback.start
        loopback.start = self.start

    def start(self, args, name, torrent, folder, seed):
        if name == 'rtorrent' and seed:
            run = self.bench.rtorrent(args, torrent, folder, self.bench.PORT)
            run.wait_for = lambda *_: self.bench.serves_everything(self.bench.PORT, torrent, 60)
            return run, None, None
        if name.startswith('sallyport'):
            number = int(name.removeprefix('sallyport') or 1)
            args = argparse.Namespace(**{**vars(args), 'sallyport': str(self.homes[number - 1] / 'bin' / 'sallyport')})
            name = 'sallyport'
        return self.start_others(args, name, torrent, folder, seed)

    def prepare(self, kind, mib, piece_kib, folder):
        args = argparse.Namespace(mode=kind, mib=mib, piece_kib=piece_kib, timeout=300, mse=False, seeder='rtorrent', work=str(folder / str(mib)))
        Path(args.work).mkdir()
        return (args, *self.bench.make_torrent(args))

    def run(self, kind, name, args, source, torrent):
        """Seconds, CPU seconds and MiB; nothing if the contender failed."""
        found = getattr(self.bench, kind)(args, name, source, torrent)
        return found and (found[1], found[2][0], found[2][2])


def show(**fields):
    print(json.dumps({key: round(value, 2) if isinstance(value, float) else value for key, value in fields.items()}), flush=True)


def summary(kind, found, sizes, name):
    medians = {mib: [statistics.median(column) for column in zip(*found[name, mib])] for mib in sizes if found.get((name, mib))}
    for mib, (seconds, used, anonymous) in medians.items():
        show(kind=kind, who=name, mib=mib, runs=len(found[name, mib]), seconds=seconds, megabytesPerSecond=mib * 1.048576 / seconds, cpu=used,
             anonymousMib=anonymous)
    if len(medians) == 2:
        small, large = sorted(medians)
        show(kind=kind, who=name, cpuOfAFurtherGib=(medians[large][1] - medians[small][1]) / (large - small) * 1024)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('kind', choices=['leech', 'seed'])
    parser.add_argument('who', nargs='+')
    parser.add_argument('--mib', default='1024,4096')
    parser.add_argument('--piece-kib', type=int, default=1024)
    parser.add_argument('--runs', type=int, default=5)
    parser.add_argument('--home', default=str(HERE.parent / 'target' / 'sallyport'))
    parser.add_argument('--bench', type=Path, default=HERE.parents[2] / 'shared' / 'bench')
    args = parser.parse_args()
    contenders = Contenders(args.bench, [Path(home).resolve() for home in args.home.split(',')])
    sizes = [int(mib) for mib in args.mib.split(',')]
    folder = Path(tempfile.mkdtemp(prefix='beside-'))
    found = {}
    try:
        torrents = {mib: contenders.prepare(args.kind, mib, args.piece_kib, folder) for mib in sizes}
        for _ in range(args.runs):
            for mib in sizes:
                for name in args.who:
                    row = contenders.run(args.kind, name, *torrents[mib])
                    if row:
                        found.setdefault((name, mib), []).append(row)
                        show(kind=args.kind, who=name, mib=mib, seconds=row[0], cpu=row[1], anonymousMib=round(row[2]))
                    else:
                        show(kind=args.kind, who=name, mib=mib, failed=True)
        for name in args.who:
            summary(args.kind, found, sizes, name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    main()
