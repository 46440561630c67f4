#!/usr/bin/env bash
# Measure serving; `script/bench server [--postgres] [PROGRAM...]` calls it: how long people wait for answers, without and with news being read into the same archive.
# With --postgres the archive is a database of the cluster in MARSAD_TEST_POSTGRES, a copy of the same records.
#   MARSAD_BENCH_RECORDS   how many records the archive holds (a million)
#   MARSAD_BENCH_RATE      requests a second (200)
#   MARSAD_BENCH_SECONDS   how long each measurement takes (30)
#   MARSAD_BENCH_REALTIME  set it on a machine that others use: server and load come before other programs, the reading of news behind them (needs root)
set -euo pipefail
cd "$(dirname "$0")/.."

cluster=''
if [ "${1:-}" = --postgres ]; then
    cluster=${MARSAD_TEST_POSTGRES:?names the cluster} # tests/cluster/with_postgres sets it
    shift
fi
records=${MARSAD_BENCH_RECORDS:-1000000} rate=${MARSAD_BENCH_RATE:-200} seconds=${MARSAD_BENCH_SECONDS:-30}
script/build release
script/build release bench_store bench_load
build=build/release
folder=build/bench
port=8193
mkdir -p "$folder"
programs=("$@")
[ $# -gt 0 ] || programs=("$build/marsad")
first=() behind=()
if [ -n "${MARSAD_BENCH_REALTIME:-}" ]; then
    first=(chrt -r 2) behind=(chrt -r 1)
fi

# shellcheck source=articles.sh disable=SC1091
source bench/articles.sh
prepare_articles "$folder/all.jsonl"
if [ ! -s "$folder/large.marsad" ] || ! grep -q "^records $records$" "$folder/fill"; then
    echo "bench: making an archive of $records records"
    "$build/bench_store" fill "$build/rules" "$folder/large.marsad" "$records" gazetteer/*.tsv >"$folder/fill"
fi

if [ -z "$cluster" ]; then
    archive=$folder/served.marsad
    remove_archive() { rm -f "$archive" "$archive"-wal "$archive"-shm; }
    copy_archive()
    {
        cp --reflink=auto "$folder/large.marsad" "$archive"
        cat "$archive" >/dev/null # into the page cache
    }
else
    named() { sed -E "s|^([^/]*//[^/]*/)[^?]*|\1$1|" <<<"$cluster"; }                # database $1 of the cluster
    sql() { psql --no-psqlrc --quiet --dbname "$(named "$1")" --command "$2"; } # in database $1
    large=$(named bench_large)
    archive=$(named bench_served)
    remove_archive() { sql postgres 'DROP DATABASE IF EXISTS bench_served'; }
    copy_archive() { sql postgres 'CREATE DATABASE bench_served TEMPLATE bench_large STRATEGY file_copy'; }
    if ! sql bench_large 'SELECT 1' >/dev/null 2>&1; then
        "$build/marsad" incidents --archive "$folder/large.marsad" --limit 1 >/dev/null # brings it up to date with this program
        sql postgres "CREATE DATABASE bench_large TEMPLATE template0 ENCODING 'UTF8'"
        "$build/marsad" archive init "$large" >/dev/null
        "$build/marsad" archive copy "$folder/large.marsad" "$large"
        sql bench_large 'VACUUM (FREEZE, ANALYZE)'
    fi
fi

server='' reading=''
stop()
{
    [ -z "$reading" ] || kill -INT "$reading" 2>/dev/null || true
    [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true
    wait
    server='' reading=''
}
trap stop EXIT

load() { cut -d' ' -f1 /proc/loadavg; }

# Program $1, on a fresh copy of the archive; $2: are news read meanwhile? Prints a line each route, load averages, memory.
measure()
{
    local program=$1 token before
    remove_archive
    copy_archive
    echo 'a password for measuring' | "$program" account add bench --archive "$archive" --roles reader >/dev/null
    token=$("$program" token add bench measuring --archive "$archive" | cut -d' ' -f2)
    : >"$folder/served.url"
    "${first[@]}" "$program" serve --archive "$archive" --listen "127.0.0.1:$port" --quiet >"$folder/served.url" &
    server=$!
    until [ -s "$folder/served.url" ]; do kill -0 "$server" && sleep 0.1; done
    if [ "$2" = yes ]; then
        "${behind[@]}" "$program" ingest --archive "$archive" "$folder/all.jsonl" >/dev/null 2>"$folder/served.ingest" &
        reading=$!
    fi
    before=$(load)
    "${first[@]}" "$build/bench_load" "$port" "$rate" "$seconds" "Authorization: Bearer $token" >"$folder/served"
    awk '{ printf "%-10s %6d answers  %3d failed  %7d bytes   median %7.1f ms   p99 %7.1f ms   slowest %7.1f ms\n", $1, $2, $3, $4, $5, $6, $7 }' "$folder/served"
    echo "load average $before before, $(load) after; peak memory $(awk '$1 == "VmHWM:" { printf "%d", $2 / 1024 }' "/proc/$server/status") MiB"
    if [ -n "$reading" ] && ! kill -0 "$reading" 2>/dev/null; then
        echo "the reading of news ended before the measurement: $(tail -n 1 "$folder/served.ingest")"
    fi
    stop
}

for news in no yes; do
    for program in "${programs[@]}"; do
        echo
        echo "$program, $rate requests a second$([ $news = no ] || echo ", while news are read in")"
        measure "$program" "$news"
    done
done
remove_archive
