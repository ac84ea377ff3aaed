#!/bin/sh
# Makes the archive of classes that the packaged program starts with (class data sharing): archive.sh PROGRAM_FOLDER WORK_FOLDER
# A small file goes from one Sallyport through a second to a third, over the loopback interface only; the second downloads and uploads,
# and its JVM writes down the classes it has used. Without the archive the program runs as well, so what fails here only says so.
set -u
program=$1/bin/sallyport
work=$2
port=$((20000 + $$ % 30000))
pids=

give_up() {
    echo "archive of classes: $1; the program goes without, and a start takes longer" >&2
    end
    exit 0
}

end() {
    for pid in $pids; do kill "$pid" 2>/dev/null; done
    wait
    rm -rf "$work"
}

# until the words are in the file, a minute at most
wait_for() {
    turns=600
    until grep -q "$1" "$2" 2>/dev/null; do
        turns=$((turns - 1))
        [ $turns -gt 0 ] || return 1
        sleep 0.1
    done
}

case $(uname -s) in Linux) loopback=lo ;; Darwin) loopback=lo0 ;; *) exit 0 ;; esac
rm -rf "$work" "$1/lib/archive"
mkdir -p "$work" "$1/lib/archive"
# nothing of the user who builds
HOME=$work XDG_CACHE_HOME=$work/cache SALLYPORT_OPTS=
export HOME XDG_CACHE_HOME SALLYPORT_OPTS

head -c 16777216 /dev/urandom >"$work/training.bin"
"$program" --data "$work/0" create "$work/training.bin" -o "$work/training.torrent" --private --piece-length=256k >"$work/create" 2>&1 ||
    give_up "$(cat "$work/create")"

"$program" --data "$work/1" --json seed "$work/training.torrent" --from "$work" --interface="$loopback" --port=$port >"$work/seed" 2>&1 &
pids=$!
wait_for '"ready"' "$work/seed" || give_up "$(cat "$work/seed")"

SALLYPORT_ARCHIVE=make "$program" --data "$work/2" --json get "$work/training.torrent" --to "$work/to2" --interface="$loopback" \
    --port=$((port + 1)) --peer=127.0.0.1:$port --seed-until=1 --timeout=120 >"$work/get2" 2>&1 &
trained=$!
pids="$pids $trained"
wait_for '"verified"' "$work/get2" || give_up "$(cat "$work/get2")"

"$program" --data "$work/3" --json get "$work/training.torrent" --to "$work/to3" --interface="$loopback" \
    --port=$((port + 2)) --peer=127.0.0.1:$((port + 1)) --timeout=60 >"$work/get3" 2>&1 || give_up "$(cat "$work/get3")"
wait "$trained" || give_up "$(cat "$work/get2")"
end
ls "$1/lib/archive" | grep -q . || echo "archive of classes: this Java made none; a start takes longer" >&2
