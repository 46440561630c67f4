#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
# What people keep beside the records: marks of the truce ledger, settings, bulletins that are kept, signed and corrected.
source "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1463000000 MARSAD_PERSON=amal
truce=(--archive a.marsad --agreement syria-coh-2016-02-27)

m() { run "$@" --archive a.marsad; }
candidates() { "$MARSAD" truce candidates "${truce[@]}" -f jsonl; }
# The cell COLUMN of the first candidate whose counts is COUNTS.
candidate() { candidates | python3 -c "import json, sys; print(next(r['$2'] for r in map(json.loads, sys.stdin) if r['counts'] == '$1'))"; }

m ingest "$HERE/../../samples/observatory.jsonl"
expect_status 0

# --- marks
counted=$(candidate yes record) accused=$(candidate yes accused)
run truce mark "$counted" "${truce[@]}"
expect_status 2
expect_err '--as tells what'
run truce mark "$counted" --accused "$accused" --as not-in-scope "${truce[@]}"
expect_status 1
expect_err 'the rule says otherwise'
run truce mark "$counted" --accused "$accused" --as not-in-scope -r 'outside the area' "${truce[@]}"
expect_status 0
expect_out "^not-in-scope $counted"
run truce candidates "${truce[@]}" -f jsonl
expect_out '"mark":"not-in-scope","marked_by":"amal","mark_reason":"outside the area"'
MARSAD_PERSON=karim run truce mark "$counted" --accused "$accused" --as none "${truce[@]}"
expect_status 1
expect_err "'amal' marked"
run truce mark "$counted" --accused "$accused" --as breach "${truce[@]}"
expect_status 0
run truce "${truce[@]}" --from 2016-02-27 --to 2016-06-30 -f jsonl
expect_out '"breaches":1,'
m log -f csv
expect_out ',truce-mark,1,seal .*not-in-scope'

# --- settings
m setting languages fr
expect_status 2
expect_err 'it is ar, en or both'
m setting languages en
expect_status 0
m setting organisation 'Truce Observatory'
m setting
expect_status 0
expect_out 'organisation.*Truce Observatory'
m setting colour red
expect_status 2

# --- bulletins
m bulletin prepare --agreement syria-coh-2016-02-27
expect_status 2
expect_err 'is of a day'
m bulletin prepare --day 2016-05-09 --agreement syria-coh-2016-02-27
expect_status 0
expect_out '^bulletin 1 is kept, unsigned'
m bulletin sign 1 --person AMAL
expect_status 2
expect_err 'a second person signs'
m bulletin sign 1 --person karim
expect_status 0
m bulletin list -f jsonl
expect_out '"prepared_by":"amal","signed":"2016-05-11T20:53:20Z","signed_by":"karim"'
m log -f csv
expect_out ',bulletin-signed,1,.*number 1 sha256 [0-9a-f]\{64\} root [0-9a-f]\{64\} by karim'
m bulletin show 1 --form html -o first.html
grep -q 'Truce Observatory' first.html || complain "the bulletin does not say who issues it"
grep -q 'lang="ar"' first.html && complain "the bulletin is in a language that was not asked for"

m bulletin show 1
record=$(grep -o 'R-[0-9a-f]*' out | head -1)
m reject "$record" -r 'withdrawn by its source'
m bulletin prepare --day 2016-05-09 --corrects 1
expect_out '^bulletin 2 is kept'
m bulletin show 2
expect_out '^# Corrections'
expect_out "withdrawn: .*$record"
m bulletin show 1 --form html -o again.html
expect_same first.html again.html
m bulletin prepare --day 2016-05-08 --corrects 1
expect_status 2
expect_err 'of another day'
m bulletin show 3
expect_status 2

m verify --views
expect_status 0
expect_out '^ok: '
sql a.marsad "UPDATE bulletin_file SET bytes = zeroblob(length(bytes)) WHERE bulletin = 1 AND form = 'text'"
m verify
expect_status 1
expect_out "bulletin 1 is damaged: 'text' is not what was kept"
m bulletin show 1
expect_status 3
finish
