#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162 # "run ..." is no read
# verify, root, stamp: what a person sees of them. What they find is put to the test in tests/unit/test_verify.c.
source "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1463000000

m() { run "$@" --archive a.marsad; }

m verify
expect_status 3
expect_no_archive a.marsad
m ingest "$HERE/../../samples/reports.jsonl"
m verify
expect_status 0
expect_out '^ok: 16 evidence, 16 articles, [0-9]* records, 0 decisions, [0-9]* log lines, root [0-9a-f]\{64\}$'
expect_lines 1
expect_silence
cp out before

# it changes nothing
sum=$(on_files && sha256sum <a.marsad)
m verify --views
expect_same before out
[ "$sum" = "$(on_files && sha256sum <a.marsad)" ] || complain "verify changed the archive"

# what follows from the records is made again, and is the same
for table in "control" "tallies --by area,kind" "truce --agreement calm-aleppo-2016-05 --from 2016-05-05 --to 2016-05-11"; do
    # shellcheck disable=SC2086
    m $table --output jsonl
    cp out "before-${table%% *}"
done
m rebuild
expect_status 0
expect_silence
expect_lines 0
m verify --views
expect_same before out
for table in "control" "tallies --by area,kind" "truce --agreement calm-aleppo-2016-05 --from 2016-05-05 --to 2016-05-11"; do
    # shellcheck disable=SC2086
    m $table --output jsonl
    expect_same "before-${table%% *}" out
done

# roots
m root
expect_status 0
root=$(cut -d' ' -f1 out)
grep -q "root $root\$" before || complain "root is not that of verify"
m root --day 2016-05-10
expect_status 1
m root --day 2016-05-11
expect_out "^$root"

# a clock that went back is told
SOURCE_DATE_EPOCH=1462990000 m ingest "$HERE/../../samples/observatory.jsonl"
m verify
expect_status 0
expect_out '^note: log line [0-9]*: the clock is 10000 seconds behind'
m root --day 2016-05-11
expect_no_out "^$root"

# a time stamp of another root, and of this one
root=$("$MARSAD" root --archive a.marsad | cut -d' ' -f1)
python3 - "$root" <<'END'
import sys
def token(root):
    info = b"\x30\x22\x04\x20" + bytes.fromhex(root)
    body = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04" + b"\x04\x24" + info
    return b"\x30" + bytes([len(body)]) + body
open("good.tsr", "wb").write(token(sys.argv[1]))
open("other.tsr", "wb").write(token("00" * 32))
END
m stamp --token other.tsr
expect_status 3
expect_err "'other.tsr': the token stamps something else"
m stamp --token before
expect_status 3
expect_err 'not DER'
m stamp --token good.tsr
expect_status 0
m verify
expect_status 0

# bytes changed in evidence, and in the log
sql a.marsad "UPDATE evidence SET bytes = zeroblob(length(bytes)) WHERE sha256 = (SELECT sha256 FROM evidence ORDER BY sha256 LIMIT 1)"
sql a.marsad "UPDATE log SET detail = detail || ' ' WHERE line = 3"
m verify
expect_status 1
expect_out '^wrong: evidence [0-9a-f]\{64\} is damaged$'
expect_out '^wrong: log line 3 is not what it was'
expect_out '^not ok: '

# a file that is none, and one cut short
on_files || skip "an archive on a server is no file"
head -c 5000 a.marsad >cut.marsad
run verify --archive cut.marsad
[ "$status" -ne 0 ] || complain "a file cut short is ok"
expect_alive
finish
