#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162 # "run ..." is no read
# The same work on an archive in a file and on one on a server: what is asked, exported, bulletined and released afterwards is the same to the byte. The clock is handed
# in. The server's database sorts texts as Arabic does, which must change nothing.
#
# One thing differs: a batch's places have their lines in the log before all of its articles on a server, where rows are added together. So lines of the log are
# compared without their order, and hashes of it (roots, seals of places, which tell their keys) are left out.
source "$(dirname "$0")/lib.sh"
on_files && skip "there is one engine: MARSAD_TEST_POSTGRES names no cluster"
export MARSAD_PERSON=amal

samples=$HERE/../../samples
head -20 "$samples/observatory.jsonl" >first.jsonl
{
    tail -n +21 "$samples/observatory.jsonl"
    echo '{no json'
    cat "$samples/reports.jsonl"
} >second.jsonl

on_file() { "$MARSAD_TEST_COMMAND" "$@" --archive file.marsad; }
on_server() { "$MARSAD" "$@" --archive server.marsad; }

without_roots()
{
    case $1 in
        bulletin | root | verify) sed -E 's/[0-9a-f]{64}/HASH/g' ;;
        *) cat ;;
    esac
}

# Both, with the same outcome: status, output and messages.
both()
{
    on_file "$@" >file.out 2>file.err
    local expected=$?
    on_server "$@" >out 2>err
    status=$?
    ran="marsad $*"
    expect_status "$expected"
    cmp -s <(without_roots "$1" <file.out) <(without_roots "$1" <out) || complain "output differs: $(diff file.out out | head -c 600)"
    cmp -s file.err err || complain "messages differ: $(diff file.err err | head -c 600)"
}
# What an ingest took is told with the seconds that it took.
ingest()
{
    on_file ingest "$1" >file.out 2>file.err
    on_server ingest "$1" >out 2>err
    ran="marsad ingest $1"
    cmp -s <(sed 's/, [0-9.]* s$//' file.out) <(sed 's/, [0-9.]* s$//' out) || complain "output differs"
    expect_same file.err err
}
# Folders of the same files.
release()
{
    on_file release --profile public -o "file.$1" >file.out
    on_server release --profile public -o "server.$1" >out
    ran="marsad release, $1"
    expect_same <(sed s/file/server/ file.out) out
    for folder in file server; do
        for part in MANIFEST.sha256 CITATION CODEBOOK.md; do # what tells the root, and its hash
            [ ! -e "$folder.$1/$part" ] || sed -i -E 's/[0-9a-f]{64}/HASH/' "$folder.$1/$part"
        done
    done
    diff -r "file.$1" "server.$1" >differences || complain "the releases differ: $(head -3 differences)"
    [ -s "file.$1/incidents.jsonl" ] || complain "the release is empty"
}
record() { on_file records -f csv | sed -n "$(($1 + 1))p" | cut -d, -f1; }

# --- the same work
export SOURCE_DATE_EPOCH=1463000000
ingest first.jsonl
both accept "$(record 5)"
both edit "$(record 7)" --kind shelling -r 'the sentence says so'
both merge "$(record 3)" --with "$(record 12)"
both reject "$(record 9)" -r 'withdrawn by its source'
both take "$(record 11)"
both setting organisation 'مرصد الهدنة'
MARSAD_PERSON=karim both verify-record "$(record 5)"
candidate=$(on_file truce candidates --agreement syria-coh-2016-02-27 -f jsonl | sed -n 's/.*"record":"\(R-[0-9a-f]*\)".*/\1/p' | head -1)
both truce mark "$candidate" --agreement syria-coh-2016-02-27 --as breach -r 'in the zone'
both bulletin prepare --day 2016-05-09 --agreement syria-coh-2016-02-27 --person amal
both bulletin sign 1 --person karim
release first
export SOURCE_DATE_EPOCH=1463100000
ingest second.jsonl
both reopen "$(record 5)" -r 'told otherwise now'
both edit "$(record 2)" --figure killed:3:4:- -r 'the text says so'
ingest second.jsonl
release second

# --- asked
for table in incidents articles records problems queue tallies control; do
    for format in jsonl csv table; do
        both "$table" -f "$format"
    done
done
[ "$(wc -l <out)" -gt 10 ] || complain "nothing is compared"
both incidents --words 'قصف حلب' -f jsonl
both incidents --box 36.9,36.0,37.4,36.4 -f jsonl
both incidents --kind airstrike --grade contested -f jsonl
both incidents --area حلب --country SY -f jsonl
both articles --words المعارضة -f jsonl
both tallies --by area,party -f jsonl
both truce --agreement syria-coh-2016-02-27 -f jsonl
both truce candidates --agreement syria-coh-2016-02-27 -f jsonl
both tallies --as-known-on 2016-05-08 -f jsonl
both queue --priority A -f jsonl
both history "$(record 5)" -f jsonl
for incident in $(on_file incidents -f csv | sed -n '2,8p' | cut -d, -f1); do
    both why "$incident"
    both why "$incident" --table grounds -f jsonl
done
after=$(on_file incidents -f csv --limit 5 | tail -1 | cut -d, -f1)
both incidents --after "$after" --limit 7 -f jsonl
both setting
both bulletin list -f jsonl

# --- what leaves
for format in acled ged geojson plover polecat gdelt hapi hxl airwars airwars-casualties airwars-statements csv jsonl; do
    for profile in public internal; do
        both export --format "$format" --profile "$profile" --today 2016-12-31
        expect_status 0
    done
done
for form in text html print; do
    both bulletin show 1 --form "$form"
    both bulletin --day 2016-05-08 --form "$form"
done

# --- what it rests on
log_of() { "$1" log -f csv | cut -d, -f2- | sed -E 's/,[0-9A-F]{64}$//; /,article,/!s/[0-9a-f]{64}/HASH/g' | sort; }
cmp -s <(log_of on_file) <(log_of on_server) || complain "the logs tell of other things"
both verify --views
expect_out '^ok: '
finish
