"""What the measuring commands beside it share. Linux only."""
import os
import re
from pathlib import Path

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
