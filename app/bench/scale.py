#!/usr/bin/env python3
"""Start and scale of the packaged program (mvn -DskipTests package), as JSON, one object per measurement. Nothing here passes or fails.

  scale.py start   [--runs 5]              exec to ready of `daemon`: seconds, CPU seconds, anonymous MiB
  scale.py window  [--runs 5]              exec to the window on the screen (Xvfb); with --torrents over a library of so many
  scale.py table   [--torrents 10000]      the window over so many torrents in memory, a snapshot twice a second (Xvfb): how long the FX thread
                                           cannot be had, in milliseconds. Needs the classes of ui's tests (mvn test-compile)
  scale.py library [--torrents 1000]       stopped torrents: adding, start, CPU of a core and anonymous MiB when idle, thread stalls
  scale.py files   [--files 100000]        one torrent of so many files: add, list, show, idle

Linux only. --home is the layout; --data keeps the data directory for the next run. --opts are JVM options.
"""
import argparse, hashlib, json, os, shutil, signal, socket, statistics, subprocess, sys, tempfile, time
from pathlib import Path

from measure import anonymous, bencode, cpu

STATE = {'procs': []}


def hashes(seed, count):
    return b''.join(hashlib.sha1(b'%d/%d' % (seed, i)).digest() for i in range(count))


def small_torrent(number, pieces=64):
    return bencode({'announce': 'http://127.0.0.1:9/announce', 'info': {
        'name': 'torrent-%05d.bin' % number, 'piece length': 16384, 'pieces': hashes(number, pieces), 'length': 16384 * pieces}})


def wide_torrent(files):
    size = 1000
    pieces = -(-files * size // 262144)
    return bencode({'info': {'name': 'wide', 'piece length': 262144, 'pieces': hashes(7, pieces), 'files': [
        {'length': size, 'path': ['folder-%03d' % (i // 1000), 'file-%06d.txt' % i]} for i in range(files)]}})


class Instance:
    """One process of the program."""

    def __init__(self, args, data, words, display=None):
        env = dict(os.environ, SALLYPORT_OPTS=args.opts)
        env.pop('DISPLAY', None)
        if display:
            env['DISPLAY'] = display
        self.data = data
        data.mkdir(parents=True, exist_ok=True)
        if not (data / 'settings.json').exists():
            (data / 'settings.json').write_text('{"discovery": {"dht": false}}')  # asks nobody on the internet
        self.begun = time.time()
        self.process = subprocess.Popen([args.home + '/bin/sallyport', '--data', str(data), *words], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, env=env, text=True)
        STATE['procs'].append(self.process)
        self.pid = self.process.pid

    def ready(self):
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit('the program ended before it was ready')
            if '"ready"' in line:
                return time.time() - self.begun

    def logged(self, text, patience=120):
        """Seconds from exec to a line of the log written by this run."""
        log = self.data / 'log' / 'sallyport.log'
        while time.time() - self.begun < patience:
            for line in log.read_text().splitlines() if log.exists() else []:
                if text in line:
                    stamp = time.mktime(time.strptime(line[:19], '%Y-%m-%dT%H:%M:%S')) + int(line[20:23]) / 1000
                    if stamp >= self.begun - 0.01:
                        return stamp - self.begun
            time.sleep(0.05)
        raise SystemExit('no line with "%s" in the log' % text)

    def ask(self, *words):
        """A command line, through the control socket."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.data / 'socket'))
            line.sendall(json.dumps({'argv': ['--json', *words], 'cwd': str(self.data)}).encode() + b'\n')
            out = []
            for frame in map(json.loads, line.makefile()):
                if 'out' in frame:
                    out.append(frame['out'])
                elif 'err' in frame:
                    print(frame['err'], file=sys.stderr)
                elif 'exit' in frame:
                    return frame['exit'], out
        raise SystemExit('the program broke off')

    def idle(self, settle=20, seconds=30):
        time.sleep(settle)
        before, then = cpu(self.pid), time.time()
        time.sleep(seconds)
        return {'idleCpuPercentOfACore': round(100 * (cpu(self.pid) - before) / (time.time() - then), 2), 'anonymousMiB': round(anonymous(self.pid)),
                'threads': len(os.listdir(f'/proc/{self.pid}/task'))}

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        begun = time.time()
        self.process.wait(60)
        return time.time() - begun


def show(**what):
    print(json.dumps(what), flush=True)


def medians(rows):
    return {key: round(statistics.median(row[key] for row in rows), 2) for key in rows[0]} if rows else {}


def start(args, data):
    rows = []
    for run in range(args.runs + 1):
        instance = Instance(args, data, ['--json', 'daemon', '--no-listen'])
        row = {'seconds': round(instance.ready(), 2), 'cpuSeconds': round(cpu(instance.pid), 2), 'anonymousMiB': round(anonymous(instance.pid))}
        row['stopSeconds'] = round(instance.stop(), 2)
        if run > 0:  # the first makes the data directory
            rows.append(row)
            show(measured='start', **row)
    show(measured='start', runs=len(rows), medians=medians(rows))


def screen():
    number = next(n for n in range(90, 200) if not Path(f'/tmp/.X{n}-lock').exists())
    process = subprocess.Popen(['Xvfb', f':{number}', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], stderr=subprocess.DEVNULL)
    STATE['procs'].append(process)
    while not Path(f'/tmp/.X11-unix/X{number}').exists():
        time.sleep(0.05)
    return f':{number}'


def table(args, data):
    tests = Path(__file__).resolve().parent.parent.parent / 'ui' / 'target' / 'test-classes'
    home = Path(args.home)
    java = shutil.which('java')
    # as the launcher starts the window
    compilers = ['-XX:Tier4InvocationThreshold=500000', '-XX:Tier4MinInvocationThreshold=60000', '-XX:Tier4CompileThreshold=1500000',
                 '-XX:Tier4BackEdgeThreshold=4000000']
    command = [java, '-XX:+UseG1GC', '-XX:-UsePerfData', '-Xms32m', '-Xmx512m', *compilers, *args.opts.split(),
               '--module-path', str(home / 'lib' / 'fx'), '--add-modules', 'javafx.controls,javafx.fxml', '-cp', f'{home}/lib/*:{tests}',
               'org.sallyport.ui.bench.TableBench', str(args.torrents or 10_000), str(args.seconds), *args.phases.split(',')]
    env = dict(os.environ, DISPLAY=screen())
    for _ in range(args.runs):
        process = subprocess.Popen(command, env=env)
        STATE['procs'].append(process)
        if process.wait():
            raise SystemExit('the window ended with %d' % process.returncode)


def window(args, data):
    display = screen()
    if args.torrents:
        fill(args, data)
    rows = []
    for run in range(args.runs + 1):
        instance = Instance(args, data, [], display)
        row = {'seconds': round(instance.logged('the window is on the screen'), 2), 'cpuSeconds': round(cpu(instance.pid), 2)}
        if args.torrents:
            row |= instance.idle(15, 20)
        row['anonymousMiB'] = round(anonymous(instance.pid))
        instance.stop()
        if run > 0:
            rows.append(row)
            show(measured='window', torrents=args.torrents, **row)
    show(measured='window', torrents=args.torrents, runs=len(rows), medians=medians(rows))


def fill(args, data):
    instance = Instance(args, data, ['--json', 'daemon', '--no-listen'])
    instance.ready()
    folder = data / 'bench'
    folder.mkdir(exist_ok=True)
    there = len(instance.ask('list')[1])
    begun = time.time()
    for number in range(there, args.torrents):
        torrent = folder / 'one.torrent'
        torrent.write_bytes(small_torrent(number))
        code, _ = instance.ask('add', str(torrent), '--paused', '--to', str(folder))
        if code:
            raise SystemExit('torrent %d was not added: %d' % (number, code))
    took = time.time() - begun
    used = cpu(instance.pid)
    instance.stop()
    return {'added': args.torrents - there, 'addingSeconds': round(took, 1), 'addingCpuSeconds': round(used, 1)}


def library(args, data):
    args.torrents = args.torrents or 1000
    show(measured='library', torrents=args.torrents, **fill(args, data))
    rows = []
    for _ in range(args.runs):
        instance = Instance(args, data, ['--json', 'daemon', '--no-listen'])
        row = {'seconds': round(instance.ready(), 2), 'cpuSeconds': round(cpu(instance.pid), 2)}
        begun = time.time()
        listed = len(instance.ask('list')[1])
        row['listSeconds'] = round(time.time() - begun, 2)
        row |= instance.idle()
        instance.stop()
        rows.append(row)
        show(measured='library', torrents=listed, **row)
    show(measured='library', torrents=args.torrents, runs=len(rows), medians=medians(rows))


def files(args, data):
    instance = Instance(args, data, ['--json', 'daemon', '--no-listen'])
    instance.ready()
    torrent = data / 'wide.torrent'
    content = wide_torrent(args.files)
    torrent.write_bytes(content)
    begun = time.time()
    code, out = instance.ask('add', str(torrent), '--paused', '--to', str(data))
    row = {'addSeconds': round(time.time() - begun, 2), 'exit': code}
    name = instance.ask('list')[1]
    found = json.loads(name[0])['hash']
    for what in ('show', 'files', 'files'):
        begun = time.time()
        code, out = instance.ask(what, found)
        row[what + 'Seconds'] = round(time.time() - begun, 2)
        row[what + 'Lines'] = len(out)
    row |= instance.idle()
    instance.stop()
    again = Instance(args, data, ['--json', 'daemon', '--no-listen'])
    row['startSeconds'] = round(again.ready(), 2)
    again.stop()
    show(measured='files', files=args.files, **row)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('what', choices=['start', 'window', 'table', 'library', 'files'])
    parser.add_argument('--home', default=str(Path(__file__).resolve().parent.parent / 'target' / 'sallyport'))
    parser.add_argument('--data')
    parser.add_argument('--runs', type=int, default=5)
    parser.add_argument('--torrents', type=int, default=0)
    parser.add_argument('--files', type=int, default=100_000)
    parser.add_argument('--opts', default='')
    parser.add_argument('--seconds', type=int, default=20, help='of each phase of table, after 6 of warming up')
    parser.add_argument('--phases', default='rest,some,sorted,all,typing',
                        help='nothing changes; 50 torrents do; the same, sorted by rate; all; a search is typed')
    args = parser.parse_args()
    data = Path(args.data or tempfile.mkdtemp(prefix='scale-')).absolute()
    try:
        {'start': start, 'window': window, 'table': table, 'library': library, 'files': files}[args.what](args, data)
    finally:
        for process in STATE['procs']:
            if process.poll() is None:
                process.kill()
        if not args.data:
            shutil.rmtree(data, ignore_errors=True)


if __name__ == '__main__':
    main()
