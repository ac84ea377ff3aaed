"""What the measuring commands beside it share. Linux only."""
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PATIENCE = 600
TICK = os.sysconf('SC_CLK_TCK')


def bencode(value):
    if isinstance(value, int):
        return b'i%de' % value
    if isinstance(value, bytes):
        return b'%d:%s' % (len(value), value)
    if isinstance(value, str):
        return bencode(value.encode())
    if isinstance(value, list):
        return b'l' + b''.join(map(bencode, value)) + b'e'
    return b'd' + b''.join(bencode(key) + bencode(value[key]) for key in sorted(value)) + b'e'


def cpu(pid):
    """Seconds of processor so far, those of the system included."""
    fields = Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def anonymous(pid):
    """MiB of memory that is no file's."""
    return int(re.search(r'^Anonymous:\s+(\d+)', Path(f'/proc/{pid}/smaps_rollup').read_text(), re.M).group(1)) / 1024


class Payload:
    """Random files below folder/name, or one file of that name, and their torrent."""

    def __init__(self, folder, name, size, piece, files):
        self.root, self.size = folder / name, size
        info = {'name': name, 'piece length': piece}
        names = [self.root]
        if files > 1:
            self.root.mkdir()
            parts = [['%04d' % (i // 1000), '%06d.bin' % i] for i in range(files)]
            names = [self.root.joinpath(*part) for part in parts]
            info['files'] = [{'path': part, 'length': size // files} for part in parts]
        else:
            info['length'] = size
        hashes, gathered = [], bytearray()
        for path in names:
            path.parent.mkdir(exist_ok=True)
            with open(path, 'wb') as out:
                left = size // files
                while left:
                    some = os.urandom(min(left, 1 << 20))
                    out.write(some)
                    left -= len(some)
                    gathered += some
                    while len(gathered) >= piece:
                        hashes.append(hashlib.sha1(gathered[:piece]).digest())
                        del gathered[:piece]
        if gathered:
            hashes.append(hashlib.sha1(gathered).digest())
        info['pieces'] = b''.join(hashes)
        self.torrent = folder / (name + '.torrent')
        self.torrent.write_bytes(bencode({'info': info}))


class Program:
    """Remembers what it printed, and when."""

    running = []

    def __init__(self, command, env=None):
        self.lines, self.news = [], threading.Condition()
        self.start = time.time()
        self.child = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
        self.running.append(self)
        threading.Thread(target=self.read, daemon=True).start()

    @property
    def pid(self):
        return self.child.pid

    def read(self):
        for line in self.child.stdout:
            with self.news:
                self.lines.append((time.time(), line.strip()))
                self.news.notify_all()
        with self.news:
            self.lines.append((time.time(), ''))
            self.news.notify_all()

    def wait(self, wanted, count=1, patience=PATIENCE):
        """Time and text of the line that is wanted for the count-th time."""
        end, at = time.time() + patience, 0
        with self.news:
            while time.time() < end:
                while at < len(self.lines):
                    when, line = self.lines[at]
                    at += 1
                    if wanted(line):
                        count -= 1
                        if not count:
                            return when, line
                    elif not line:
                        sys.exit('it ended with %d:\n' % self.child.wait(30) + '\n'.join(text for _, text in self.lines[-20:]))
                self.news.wait(1)
        sys.exit('nothing for %d s' % patience)

    def say(self, line):
        self.child.stdin.write(line + '\n')
        self.child.stdin.flush()

    def stop(self):
        self.running.remove(self)
        self.child.stdin.close()
        self.child.terminate()
        try:
            self.child.wait(30)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()

    @classmethod
    def stop_all(cls):
        """Whatever still runs of what was started, after a failure."""
        while cls.running:
            cls.running[-1].stop()


def event(name):
    return lambda line: line.startswith('{') and json.loads(line).get('event') == name


def sessions(content, port, places, *more, inside=()):
    """libtorrent's, one for each address and folder. @param inside words that come before the command, to run it elsewhere"""
    words = [word for address, folder in places for word in (address, folder)]
    run = Program([*inside, '/usr/bin/python3', HERE / 'sessions.py', content.torrent, port, *words, *more])
    run.wait(lambda line: line == 'ready')
    return run


class Sallyport:
    def __init__(self, home, data, opts, inside=(), **settings):
        data.mkdir()
        # without the DHT: nobody on the internet is asked
        (data / 'settings.json').write_text(json.dumps({'discovery': {'dht': False}, **settings}))
        self.command = [*inside, home / 'bin' / 'sallyport', '--data', data, '--json']
        self.env = dict(os.environ, SALLYPORT_OPTS=opts)

    def start(self, *words):
        return Program([*self.command, *words], self.env)

    def ask(self, *words):
        return subprocess.run([str(word) for word in [*self.command, *words]], env=self.env, check=True, capture_output=True, text=True).stdout
