"""A libtorrent peer for the interop tests (Debian's python3-libtorrent).

libtorrent_peer.py TORRENT|MAGNET FOLDER PORT [--seed] [--up BYTES_PER_S] [--obfuscate RC4|HANDSHAKE_ONLY|NEVER] [--peer HOST]
    [--dht [--node HOST:PORT]...] [--local] [--skip FILE_INDEX] [--log] [--blocks]

Prints READY when it takes part, DONE when every piece was verified and written. Reads commands on stdin: "up N" sets the
upload limit (0: none), "slots N" how many peers it sends to, "sent" prints "SENT payload-bytes". With --log, messages of BEP 6, 10, 21 and 54 are
printed as "SAW ..." in libtorrent's words: <== came, ==> went. With --blocks, "BLOCK milliseconds-since-1970" is printed for each that came. Ends when stdin closes, so it cannot outlive the test.
"""
import argparse
import os
import sys
import threading
import time

import libtorrent as lt

parser = argparse.ArgumentParser()
parser.add_argument('torrent')
parser.add_argument('folder')
parser.add_argument('port', type=int)
parser.add_argument('--seed', action='store_true', help='the data is complete: do not check it')
parser.add_argument('--up', type=int, default=0)
parser.add_argument('--obfuscate', choices=['USUAL', 'RC4', 'HANDSHAKE_ONLY', 'NEVER'], default='USUAL', help='connections of this kind and no others')
parser.add_argument('--peer', default='', help='a host to call on the same port')
parser.add_argument('--dht', action='store_true', help='takes part in the DHT of the test network')
parser.add_argument('--node', action='append', default=[], help='HOST:PORT of a node of it')
parser.add_argument('--local', action='store_true', help='finds peers in its own network (BEP 14)')
parser.add_argument('--skip', type=int, default=-1, help='a file that is not wanted')
parser.add_argument('--log', action='store_true', help='tells of messages that are of interest')
parser.add_argument('--blocks', action='store_true', help='tells when each block came')
args = parser.parse_args()
INTERESTING = ('HAVE_ALL', 'HAVE_NONE', 'REJECT_PIECE', 'ALLOWED_FAST', 'SUGGEST', 'DONT_HAVE', 'EXTENDED_HANDSHAKE', 'UPLOAD_ONLY')


def say(*words):
    print(*words, flush=True)


session = lt.session({
    'listen_interfaces': '0.0.0.0:%d' % args.port,
    'enable_dht': False, 'enable_lsd': args.local, 'enable_upnp': False, 'enable_natpmp': False,
    'enable_incoming_utp': False, 'enable_outgoing_utp': False,
    'upload_rate_limit': args.up,
    'alert_mask': lt.alert.category_t.status_notification | lt.alert.category_t.error_notification
    | lt.alert.category_t.storage_notification | lt.alert.category_t.peer_notification | lt.alert.category_t.tracker_notification | lt.alert.category_t.connect_notification
    | (lt.alert.category_t.peer_log_notification if args.log else 0)
    | (lt.alert.category_t.block_progress_notification if args.blocks else 0),
    'alert_queue_size': 100000 if args.log or args.blocks else 2000, 'local_service_announce_interval': 5,
})
if args.obfuscate == 'NEVER':
    never = int(lt.enc_policy.disabled)
    session.apply_settings({'in_enc_policy': never, 'out_enc_policy': never})
elif args.obfuscate != 'USUAL':
    forced = int(lt.enc_policy.forced)
    level = lt.enc_level.rc4 if args.obfuscate == 'RC4' else lt.enc_level.plaintext
    session.apply_settings({'in_enc_policy': forced, 'out_enc_policy': forced, 'allowed_enc_level': int(level)})
if args.dht:
    session.apply_settings({
        'dht_bootstrap_nodes': '', 'dht_announce_interval': 10, 'dht_restrict_routing_ips': False, 'dht_restrict_search_ips': False,
        'dht_prefer_verified_node_ids': False, 'dht_ignore_dark_internet': False, 'enable_dht': True,
    })
# Addresses of private networks are exempt from rate limits otherwise: put everybody into the global class, which has them.
everybody = lt.ip_filter()
everybody.add_rule('0.0.0.0', '255.255.255.255', 1 << int(lt.session.global_peer_class_id))
session.set_peer_class_filter(everybody)

if args.torrent.startswith('magnet:'):
    params = lt.parse_magnet_uri(args.torrent)
else:
    params = lt.add_torrent_params()
    params.ti = lt.torrent_info(args.torrent)
params.save_path = args.folder
if args.skip >= 0:
    params.file_priorities = [0 if index == args.skip else 4 for index in range(params.ti.num_files())]
params.flags &= ~lt.torrent_flags.auto_managed & ~lt.torrent_flags.paused
if args.seed:
    params.flags |= lt.torrent_flags.seed_mode
handle = session.add_torrent(params)
if args.peer:
    handle.connect_peer((args.peer, args.port))
say('READY')


def commands():
    for line in sys.stdin:
        words = line.split()
        if words[:1] == ['up']:
            session.apply_settings({'upload_rate_limit': int(words[1])})
        elif words[:1] == ['slots']:
            session.apply_settings({'unchoke_slots_limit': int(words[1])})
        elif words == ['sent']:
            say('SENT', handle.status().total_payload_upload)
    os._exit(0)


threading.Thread(target=commands, daemon=True).start()
while True:
    session.wait_for_alert(1000)
    for node in args.node:  # again and again: it may not have been there the first time
        session.add_dht_node((node.split(':')[0], int(node.split(':')[1])))
    for alert in session.pop_alerts():
        name = type(alert).__name__
        if name == 'torrent_finished_alert' and not args.seed:
            handle.flush_cache()
        elif name == 'cache_flushed_alert' and handle.status().is_finished and not args.seed:
            say('DONE')
        elif name == 'block_finished_alert':
            say('BLOCK', int(time.time() * 1000))
        elif name == 'block_downloading_alert':
            pass
        elif name == 'peer_log_alert':
            if any(word in alert.message() for word in INTERESTING):
                say('SAW', alert.message())
        elif name not in ('state_changed_alert', 'stats_alert'):
            print(name, alert.message(), file=sys.stderr, flush=True)
