#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162 # "run ..." is no read
# script/package: what it packs runs wherever it is unpacked: reads, keeps, serves; and brings what an administrator needs.
source "$(dirname "$0")/lib.sh"
SOURCE=$(realpath "$HERE/../..")
export SOURCE_DATE_EPOCH=1463000000
command -v xz >/dev/null || skip "no xz"

archive=$(XZ_LEVEL=-0 "$SOURCE/script/package" "$WORK/made" "$(dirname "$MARSAD")" 2>err) || complain "it was not packed"
version=$("$MARSAD" version | grep -o '[0-9][0-9.]*' | head -n 1)
ran="script/package"
[ "$archive" = "$WORK/made/marsad-$version-linux-$(uname -m).tar.xz" ] || complain "it is called '$archive'"
mkdir "else where" && tar -C "else where" --strip-components=1 -xf "$archive"
tree="$WORK/else where"
for file in bin/marsad share/marsad/lexicon.bin share/marsad/gazetteer.bin share/marsad/rules/safety/public.json share/marsad/agreements \
    share/man/man1/marsad.1 share/bash-completion/completions/marsad share/zsh/site-functions/_marsad share/doc/marsad/LICENSE share/doc/marsad/NOTICE \
    share/doc/marsad/page-licences.txt share/doc/marsad/docs/administration.md lib/systemd/system/marsad.service lib/systemd/system/marsad-feeds.service \
    lib/systemd/system/marsad-feeds.timer lib/systemd/system/marsad-worker@.service lib/systemd/system/marsad-enqueue.service \
    lib/systemd/system/marsad-enqueue.timer lib/systemd/system/marsad-queue-status.service lib/systemd/system/marsad-queue-status.timer \
    lib/systemd/system/marsad-nats.service share/doc/marsad/docs/scale.md share/doc/marsad/examples/nats-server.conf share/doc/marsad/examples/pg_hba.conf \
    share/doc/marsad/examples/postgresql.conf share/doc/marsad/examples/worker.conf share/doc/marsad/examples/prometheus.yml \
    share/doc/marsad/examples/alerts.yml; do
    [ -e "$tree/$file" ] || complain "'$file' is not in it"
done
for program in certificates nkey with-queue; do
    [ -x "$tree/share/doc/marsad/examples/$program" ] || complain "'$program' cannot be run"
done
[ ! -e "$tree/lib/systemd/system/examples" ] || complain "examples lie where systemd looks"
[ -z "$(find "$tree" -mindepth 1 -newermt @1463000001)" ] || complain "a file is newer than the epoch"
[ -z "$(tar --numeric-owner -tvf "$archive" | awk '$2 != "0/0"')" ] || complain "a file is somebody's"
[ -z "$(find "$tree" -perm /022 ! -type l)" ] || complain "others can write a file"

# packed again, it is the same
mv "$archive" first.tar.xz
XZ_LEVEL=-0 "$SOURCE/script/package" "$WORK/made" "$(dirname "$MARSAD")" >out 2>err
expect_same first.tar.xz "$archive"

# the units call what is packed, with options that it has
for unit in "$tree"/lib/systemd/system/*.service; do
    line=$(sed -n 's|^ExecStart=.*/usr/local/bin/marsad ||p' "$unit")
    grep -o -- '--[a-z-]*' <<<"$line" | while read -r option; do
        case $line in feed*) command="feed poll" ;; *) command=${line%% *} ;; esac
        # shellcheck disable=SC2086 # two words
        "$tree/bin/marsad" help $command | grep -q -- "$option" || echo "${unit##*/} gives $option, which '$command' has not"
    done >wrong
    [ ! -s wrong ] || complain "$(cat wrong)"
done

# it runs with nothing of the build
MARSAD="$tree/bin/marsad"
run ingest --archive a.marsad "$SOURCE/samples/reports.jsonl"
expect_status 0
"$MARSAD" serve --archive a.marsad --listen 127.0.0.1:0 --quiet >served 2>err &
server=$!
for _ in $(seq 150); do [ -s served ] || sleep 0.1; done
ran="marsad serve"
python3 - "$(head -n 1 served)" >out <<'END'
import json, sys, urllib.error, urllib.request
url = sys.argv[1]
print(json.load(urllib.request.urlopen(url + "/health"))["status"])
print(len(json.load(urllib.request.urlopen(url + "/api/v1/openapi.json"))["paths"]) > 20)
try:
    urllib.request.urlopen(url + "/api/v1/incidents")
except urllib.error.HTTPError as refused:
    print(refused.code)
END
printf 'ok\nTrue\n401\n' >expected
expect_same out expected
kill -TERM "$server"
wait "$server"
status=$?
expect_status 0
finish
