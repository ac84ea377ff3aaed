#!/bin/sh
# Makes the archives of classes that the packaged program starts with (class data sharing): archive.sh PROGRAM_FOLDER WORK_FOLDER
# For commands, a small file goes from one Sallyport through a second to a third, over the loopback interface only. The first two are paired
# devices, so that is TLS; the third obfuscates. The second downloads and uploads, and its JVM writes down the classes it uses. For the window
# one is opened in Xvfb, where there is that.
# Without the archives the program runs as well, so what fails here only says so.
set -u
program=$1/bin/sallyport
folder=$1/lib/archive
work=$2
port=$((20000 + $$ % 30000))
pids=

give_up() {
    echo "archive of classes: $1; the ${2:-program} goes without, and its first starts take longer" >&2
    end
    exit 0
}

end() {
    for pid in $pids; do kill "$pid" 2>/dev/null; done
    wait
    rm -rf "$work"
}

# the archive of what was written down: make_archive command|window THE_LAUNCHERS_WORDS...
make_archive() {
    kind=$1
    shift
    SALLYPORT_ARCHIVE=make "$program" "$@" >"$work/make" 2>&1
    ls "$folder" | grep -q "$kind.jsa\$"
}

# until the words are in the file, a minute at most; not when the process has ended
wait_for() {
    turns=600
    until grep -qs "$1" "$2"; do
        turns=$((turns - 1))
        [ $turns -gt 0 ] && kill -0 "$3" 2>/dev/null || return 1
        sleep 0.1
    done
}

# a text of the first line of JSON that has one of that name
value() {
    sed -n 's/.*"'"$1"'": *"\([^"]*\)".*/\1/p' "$2" | head -n 1
}

case $(uname -s) in Linux) loopback=lo ;; Darwin) loopback=lo0 ;; *) exit 0 ;; esac
rm -rf "$work" "$folder"
mkdir -p "$work" "$folder"
# nothing of the user who builds
HOME=$work XDG_CACHE_HOME=$work/cache SALLYPORT_OPTS=
export HOME XDG_CACHE_HOME SALLYPORT_OPTS

head -c 16777216 /dev/urandom >"$work/training.bin"
"$program" --data "$work/0" create "$work/training.bin" -o "$work/training.torrent" --piece-length=256k >"$work/create" 2>&1 ||
    give_up "$(cat "$work/create")"

# they ask each other for peers, and nobody on the internet
for place in 1 2 3; do
    mkdir -m 700 "$work/$place"
    echo "{\"discovery\": {\"dht\": true, \"bootstrap\": [\"127.0.0.1:$port\"], \"localNetwork\": false}}" >"$work/$place/settings.json"
done
for place in 1 2; do
    "$program" --data "$work/$place" --json daemon --interface="$loopback" --port=$((port + place - 1)) >"$work/daemon$place" 2>&1 &
    pids="$pids $!"
    wait_for '"ready"' "$work/daemon$place" $! || give_up "$(cat "$work/daemon$place")"
done
"$program" --data "$work/1" --json device offer --accept-words >"$work/offer" 2>&1 &
offer=$!
wait_for '"code"' "$work/offer" $offer || give_up "$(cat "$work/offer")"
"$program" --data "$work/2" device pair "$(value code "$work/offer")" --accept-words >"$work/pair" 2>&1 && wait $offer &&
    "$program" --data "$work/2" --json device list >"$work/devices" 2>&1 &&
    "$program" --data "$work/2" device address "$(value id "$work/devices")" 127.0.0.1:$port >"$work/address" 2>&1 &&
    "$program" --data "$work/1" quit >"$work/quit1" 2>&1 && "$program" --data "$work/2" quit >"$work/quit2" 2>&1 && wait $pids ||
    give_up "$(cat "$work/offer" "$work/pair" "$work/quit1" "$work/quit2")"

SALLYPORT_ARCHIVE=record "$program" --data "$work/1" --json seed "$work/training.torrent" --from "$work" --interface="$loopback" --port=$port \
    >"$work/seed" 2>&1 &
seeder=$!
pids=$seeder
wait_for '"ready"' "$work/seed" $seeder || give_up "$(cat "$work/seed")"
SALLYPORT_ARCHIVE=record "$program" --data "$work/1" list >"$work/list" 2>&1 || give_up "$(cat "$work/list")"

SALLYPORT_ARCHIVE=record "$program" --data "$work/2" --json get "$work/training.torrent" --to "$work/to2" --interface="$loopback" \
    --port=$((port + 1)) --peer=127.0.0.1:$port --seed-until=1 --timeout=120 >"$work/get2" 2>&1 &
trained=$!
pids="$pids $trained"
wait_for '"verified"' "$work/get2" $trained || give_up "$(cat "$work/get2")"

"$program" --data "$work/3" --json get "$work/training.torrent" --to "$work/to3" --interface="$loopback" \
    --port=$((port + 2)) --peer=127.0.0.1:$((port + 1)) --timeout=60 >"$work/get3" 2>&1 || give_up "$(cat "$work/get3")"
wait "$trained" || give_up "$(cat "$work/get2")"
"$program" --data "$work/1" quit >"$work/quit1" 2>&1 && wait "$seeder" || give_up "$(cat "$work/quit1" "$work/seed")"
make_archive command get || give_up "$(cat "$work/make")"

command -v Xvfb >/dev/null || give_up "there is no Xvfb to open a window in" window
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$work/display" >"$work/xvfb" 2>&1 &
pids="$pids $!"
wait_for . "$work/display" $! || give_up "$(cat "$work/xvfb")" window
DISPLAY=:$(cat "$work/display") SALLYPORT_ARCHIVE=record "$program" --data "$work/4" >"$work/window" 2>&1 &
trained=$!
pids="$pids $trained"
wait_for 'the window is on the screen' "$work/4/log/sallyport.log" $trained || give_up "$(cat "$work/window")" window
"$program" --data "$work/4" quit >"$work/quit" 2>&1 && wait "$trained" || give_up "$(cat "$work/quit" "$work/window")" window
make_archive window || give_up "$(cat "$work/make")" window
end
