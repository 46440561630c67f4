#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162 # "run ..." is no read
# backup: a copy of one moment, while others write; looked at before it has its name; an archive that can take the place of the old one.
source "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1463000000
SAMPLES=$HERE/../../samples

run backup b.marsad --archive a.marsad
expect_status 3
expect_err "no archive 'a.marsad'"
run ingest --archive a.marsad "$SAMPLES/reports.jsonl"
run backup b.marsad --archive a.marsad
expect_status 0
expect_out '^ok: 16 articles, [0-9]* records, 0 decisions, [0-9]* log lines, root [0-9a-f]\{64\}$'
expect_silence
[ "$(echo b.marsad*)" = b.marsad ] || complain "the backup is not one file"
[ "$(stat -c %a b.marsad)" = 600 ] || complain "others can read the backup"

# it takes the place of nothing
sum=$(sha256sum <b.marsad)
run backup b.marsad --archive a.marsad
expect_status 3
expect_err "'b.marsad' is there already"
[ "$sum" = "$(sha256sum <b.marsad)" ] || complain "the backup was written over"
run backup nowhere/b.marsad --archive a.marsad
expect_status 3
expect_err "cannot make 'nowhere/b.marsad.part'"

# somebody is in the middle of writing: the backup neither waits nor sees half of it, and what is only beside the file (-wal) is in it
cat >writer.py <<'END'
import os, sqlite3, time
archive = sqlite3.connect("a.marsad", isolation_level=None)
archive.execute("INSERT INTO problem(batch, place, line, reason) VALUES(1, 'x', 1, 'in the wal')")
archive.execute("BEGIN IMMEDIATE")
archive.execute("INSERT INTO problem(batch, place, line, reason) VALUES(1, 'x', 2, 'half')")
open("writing", "w").close()
while not os.path.exists("written"):
    time.sleep(0.05)
archive.execute("ROLLBACK")
END
python3 writer.py &
writer=$!
for _ in $(seq 100); do [ -e writing ] || sleep 0.1; done
[ -s a.marsad-wal ] || complain "nothing lies beside the archive"
began=$SECONDS
run backup live.marsad --archive a.marsad
[ $((SECONDS - began)) -lt 8 ] || complain "it waited for who writes"
touch written
wait "$writer"
run problems --archive live.marsad
expect_out 'in the wal'
expect_no_out 'half'

# a backup of what is damaged says so, and is kept
cp b.marsad bad.marsad
python3 - <<'END'
import sqlite3
archive = sqlite3.connect("bad.marsad")
archive.execute("UPDATE record SET kind = kind + 1 WHERE key = 1")
archive.commit()
END
run backup worse.marsad --archive bad.marsad
expect_status 1
expect_out '^wrong: '
expect_no_out '^ok'
[ -e worse.marsad ] || complain "the copy of what is left was thrown away"

# restored: a copy of it in the place of the archive, and work goes on
rm -f a.marsad a.marsad-wal a.marsad-shm
cp b.marsad a.marsad
run verify --archive a.marsad --views
expect_status 0
run ingest --archive a.marsad "$SAMPLES/observatory.jsonl"
expect_status 0
run verify --archive a.marsad
expect_status 0
finish
