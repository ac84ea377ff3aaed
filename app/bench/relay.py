#!/usr/bin/env python3
"""A line between two network namespaces: relay.py PID PID, a process in each. Linux, root.

Makes a TUN device in each, with the addresses 198.18.0.1 and .2, and carries packets between them. Options: --rtt MS, half of it on each way;
--loss PERCENT, at random on each way, the same ones with the same --seed; --rate BYTES a second, with a queue of --queue KIB in front of it;
--congestion cubic, the control of TCP at both ends.

Packets cross as the kernel's large ones of up to 64 KiB, to be fast enough, but are lost as on a cable: one of the MTU's size is cut out of a large
one. Prints "ready"; reads "count", which is answered with a JSON list of what it did in each direction; ends with its standard input, and the
devices with it.
"""
import argparse
import collections
import fcntl
import json
import math
import os
import random
import select
import struct
import subprocess
import sys
import time

MTU = 1500
ADDRESSES = ('198.18.0.1', '198.18.0.2')  # for benchmarks (RFC 2544): to a client these are not its own network
TUNSETIFF, TUNSETOFFLOAD = 0x400454ca, 0x400454d0
IFF_TUN, IFF_NO_PI, IFF_VNET_HDR = 0x0001, 0x1000, 0x4000
TUN_F_CSUM, TUN_F_TSO4 = 0x01, 0x02
VNET = struct.Struct('=BBHHHH')  # struct virtio_net_hdr: flags, kind, header, segment, where the checksum starts, where it goes
WHOLE, TCP4 = 0, 1
LARGEST = VNET.size + (64 << 10)
FIN_PSH = 0x09
BATCH = 64


def device(pid, number, congestion):
    """A TUN device in the namespace of that process; what is sent there can be read here."""
    fd = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    name = 'line%d-%d' % (os.getpid(), number)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack('16sH22x', name.encode(), IFF_TUN | IFF_NO_PI | IFF_VNET_HDR))
    fcntl.ioctl(fd, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4)
    subprocess.run(['ip', 'link', 'set', name, 'netns', str(pid)], check=True)
    there = ['nsenter', '--net=/proc/%d/ns/net' % pid, 'ip']
    # a long queue: what is lost is lost here, and counted
    subprocess.run([*there, 'link', 'set', name, 'mtu', str(MTU), 'txqueuelen', '20000', 'up'], check=True)
    subprocess.run([*there, 'address', 'add', ADDRESSES[number], 'peer', ADDRESSES[1 - number], 'dev', name], check=True)
    # by route: a namespace may not choose among all that the system has
    subprocess.run([*there, 'route', 'replace', ADDRESSES[1 - number], 'dev', name, 'src', ADDRESSES[number], 'congctl', congestion], check=True)
    return fd


def checksum(header):
    total = sum(struct.unpack('!%dH' % (len(header) // 2), header))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return total


class Packet:
    """As the kernel gave it: one of the cable's packets, or a large one that stands for several."""

    def __init__(self, data):
        self.data = data
        _, kind, _, self.segment, start, _ = VNET.unpack_from(data)
        self.count, self.heads = 1, 0
        if kind == TCP4:
            self.start = VNET.size + start
            self.heads = start + (data[self.start + 12] >> 4) * 4
            self.payload = len(data) - VNET.size - self.heads
            self.count = -(-self.payload // self.segment)

    def wire(self):
        """Bytes on a cable."""
        return len(self.data) - VNET.size + (self.count - 1) * self.heads

    def part(self, first, end):
        """The packets first to end of those it stands for, as one."""
        if first == 0 and end == self.count:
            return self
        at, to = first * self.segment, min(self.payload, end * self.segment)
        heads = bytearray(self.data[VNET.size:VNET.size + self.heads])
        tcp = self.start - VNET.size
        struct.pack_into('!H', heads, 2, self.heads + to - at)
        struct.pack_into('!H', heads, 10, 0)
        struct.pack_into('!H', heads, 10, checksum(heads[:tcp]) ^ 0xffff)
        struct.pack_into('!I', heads, tcp + 4, struct.unpack_from('!I', heads, tcp + 4)[0] + at & 0xffffffff)
        if to < self.payload:
            heads[tcp + 13] &= ~FIN_PSH
        # the rest of this sum is the next device's (csum_start, csum_offset)
        struct.pack_into('!H', heads, tcp + 16, checksum(heads[12:20] + struct.pack('!HH', 6, self.heads - tcp + to - at)))
        flags, _, header, segment, start, offset = VNET.unpack_from(self.data)
        kind, segment = (TCP4, segment) if end - first > 1 else (WHOLE, 0)
        begin = VNET.size + self.heads
        return Packet(VNET.pack(flags, kind, header, segment, start, offset) + heads + self.data[begin + at:begin + to])


class Loss:
    def __init__(self, percent, seed):
        self.random, self.log = random.Random(seed), math.log1p(-percent / 100) if percent else 0
        self.spared = self.next()

    def next(self):
        """How many get through until one does not."""
        return int(math.log(1 - self.random.random()) / self.log) if self.log else math.inf

    def spare(self, packet):
        """What is left of it, in parts."""
        first = 0
        while self.spared < packet.count - first:
            lost = first + self.spared
            if lost > first:
                yield packet.part(first, lost)
            first = lost + 1
            self.spared = self.next()
        self.spared -= packet.count - first
        if first < packet.count:
            yield packet.part(first, packet.count)


class Way:
    """One direction."""

    def __init__(self, source, target, args, seed):
        self.source, self.target, self.delay, self.rate, self.queue = source, target, args.rtt / 2000, args.rate, args.queue << 10
        self.loss = Loss(args.loss, seed)
        self.under_way = collections.deque()
        self.free = 0.0
        self.packets = self.large = self.lost = self.overflown = 0
        self.late = 0.0

    def take(self):
        for _ in range(BATCH):
            try:
                packet = Packet(os.read(self.source, LARGEST))
            except BlockingIOError:
                return
            self.packets += packet.count
            self.large += 1
            before = packet.count
            now = time.monotonic()
            for part in self.loss.spare(packet):
                before -= part.count
                self.send(part, now)
            self.lost += before

    def send(self, packet, now):
        due = now
        if self.rate:
            waiting = max(0.0, self.free - now) * self.rate
            each = packet.wire() / packet.count
            fits = min(packet.count, int((self.queue - waiting) / each))
            self.overflown += packet.count - max(0, fits)
            if fits <= 0:
                return
            packet = packet.part(0, fits)
            due = self.free = max(self.free, now) + packet.wire() / self.rate
        self.under_way.append((due + self.delay, packet.data))

    def give(self):
        now = time.monotonic()
        while self.under_way and self.under_way[0][0] <= now:
            due, data = self.under_way.popleft()
            self.late = max(self.late, now - due)
            os.write(self.target, data)

    def count(self):
        return {'packets': self.packets, 'large': self.large, 'lost': self.lost, 'overflown': self.overflown, 'latestMs': round(self.late * 1000, 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('pids', type=int, nargs=2)
    for name in ('rtt', 'loss', 'rate'):
        parser.add_argument('--' + name, type=float, default=0)
    for name, value in (('queue', 1024), ('seed', 1)):
        parser.add_argument('--' + name, type=int, default=value)
    parser.add_argument('--congestion', default='cubic')
    args = parser.parse_args()
    here, there = (device(pid, number, args.congestion) for number, pid in enumerate(args.pids))
    ways = [Way(here, there, args, 2 * args.seed), Way(there, here, args, 2 * args.seed + 1)]
    print('ready', flush=True)
    while True:
        due = min((way.under_way[0][0] for way in ways if way.under_way), default=math.inf)
        wait = None if due == math.inf else max(0.0, due - time.monotonic())
        ready = select.select([0, here, there], [], [], wait)[0]
        if 0 in ready:
            if not os.read(0, 64):
                break
            print(json.dumps([way.count() for way in ways]), flush=True)
        for way in ways:
            if way.source in ready:
                way.take()
            way.give()


if __name__ == '__main__':
    sys.exit(main())
