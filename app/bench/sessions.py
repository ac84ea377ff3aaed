#!/usr/bin/python3
"""libtorrent's sessions of one torrent: sessions.py TORRENT PORT [--seed] [--up BYTES] [--stock] ADDRESS FOLDER [ADDRESS FOLDER ...]

One session for each address of this computer, all in this process, tuned for speed: the others of a benchmark, or those it is compared with. Needs Debian's
python3-libtorrent. --seed trusts what is in the folder; --up limits each session; --stock leaves queues and buffers as libtorrent has them. Prints "ready", and "done" for each session that has verified
everything. Reads "connect HOST PORT", which is for every session, or every one before the one at that address, "sent", which is answered with
"sent BYTES" of all together, and "recheck", which each session answers with "checked"; ends with its standard input.
"""
import argparse
import os
import sys
import threading

import libtorrent as lt

PLAIN = 2


def settings(args, address, alone):
    # by default it asks for 500 blocks of a peer at most, reads ahead 500 KiB, and leaves its buffers to the system
    tuned = {} if args.stock else {'max_out_request_queue': 2000, 'max_allowed_in_request_queue': 4000, 'max_queued_disk_bytes': 64 << 20,
                                   'recv_socket_buffer_size': 4 << 20, 'send_socket_buffer_size': 4 << 20}
    few = {'aio_threads': 1, 'hashing_threads': 1}
    # what is limited has libtorrent's own buffers: what lies in larger ones cannot be cancelled any more
    unlimited = {'send_buffer_watermark': 8 << 20, 'send_buffer_watermark_factor': 150, 'send_buffer_low_watermark': 1 << 20}
    many = {'aio_threads': 4, 'hashing_threads': 2}
    return {
        'listen_interfaces': '%s:%d' % (address, args.port), 'outgoing_interfaces': address, 'enable_dht': False, 'enable_lsd': False,
        'enable_upnp': False, 'enable_natpmp': False, 'enable_incoming_utp': False, 'enable_outgoing_utp': False,
        'allow_multiple_connections_per_ip': True, 'in_enc_policy': PLAIN, 'out_enc_policy': PLAIN, 'unchoke_slots_limit': -1,
        'connection_speed': 500, 'smooth_connects': False, 'mixed_mode_algorithm': 0,
        'upload_rate_limit': args.up, 'tick_interval': 100 if args.up else 500,
        'alert_mask': lt.alert.category_t.status_notification | lt.alert.category_t.error_notification | lt.alert.category_t.storage_notification,
        **(many if alone else few), **tuned, **({} if args.up or args.stock else unlimited)}


def join(args, address, folder, alone):
    session = lt.session(settings(args, address, alone))
    if args.up:
        everybody = lt.ip_filter()  # loopback has no limits otherwise
        everybody.add_rule('0.0.0.0', '255.255.255.255', 1 << lt.session.global_peer_class_id)
        session.set_peer_class_filter(everybody)
    what = lt.add_torrent_params()
    what.ti = lt.torrent_info(args.torrent)
    what.save_path = folder
    what.flags &= ~lt.torrent_flags.auto_managed & ~lt.torrent_flags.paused
    if args.seed:
        what.flags |= lt.torrent_flags.seed_mode
    return session, session.add_torrent(what)


def watch(session, tell):
    news = threading.Event()
    session.set_alert_notify(news.set)  # wait_for_alert hands out an alert that the session may move at that moment: the process crashes
    while True:
        news.wait(1)
        news.clear()
        for alert in session.pop_alerts():
            name = type(alert).__name__
            if name == 'torrent_finished_alert':
                tell('done')
            elif name == 'torrent_checked_alert':
                tell('checked')
            elif name in ('listen_failed_alert', 'file_error_alert', 'torrent_error_alert'):
                tell(alert.message())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('torrent')
    parser.add_argument('port', type=int)
    parser.add_argument('places', nargs='+')
    parser.add_argument('--seed', action='store_true')
    parser.add_argument('--up', type=int, default=0)
    parser.add_argument('--stock', action='store_true')
    args = parser.parse_args()
    places = list(zip(args.places[::2], args.places[1::2]))
    joined = {address: join(args, address, folder, len(places) == 1) for address, folder in places}

    def tell(word):
        if not args.seed:
            os.write(1, (word + '\n').encode())  # at once, whoever else writes

    for session, _ in joined.values():
        threading.Thread(target=watch, args=(session, tell), daemon=True).start()
    os.write(1, b'ready\n')
    for line in sys.stdin:
        if line.strip() == 'sent':
            os.write(1, b'sent %d\n' % sum(torrent.status().total_payload_upload for _, torrent in joined.values()))
            continue
        if line.strip() == 'recheck':
            for _, torrent in joined.values():
                torrent.force_recheck()
            continue
        _, host, port = line.split()
        for address, (_, torrent) in joined.items():
            if (address, args.port) == (host, int(port)):
                break  # the later ones it calls itself
            torrent.connect_peer((host, int(port)))
    os._exit(0)


if __name__ == '__main__':
    main()
