#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162 # "run ..." is no read
# People decide: queue, leases, states, a second person, history; each decision is a line of the log.
source "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1463000000
unset MARSAD_PERSON

m() { run "$@" --archive a.marsad; }
id_of() { "$MARSAD" records --archive a.marsad -f csv | sed -n "$(($1 + 1))p" | cut -d, -f1; }

m ingest "$HERE/../../samples/observatory.jsonl"
expect_status 0

# the queue: the weightiest first, with what to look at
m queue -f csv
expect_status 0
expect_out '^A,I-.*numbers differ'
cut -d, -f1 out | tail -n +2 >priorities
sort -c priorities || complain "the queue is not in the order of its priorities"
incident=$(sed -n 2p out | cut -d, -f2)

# nobody decides without a name
m accept "$incident"
expect_status 2
expect_err 'no person named'

m take "$incident" --person amal
expect_status 0
m queue --id "$incident" -f csv
expect_out ',in work,.*,amal,2016-05-11T21:23:20Z'
m accept "$incident" --person karim
expect_status 1
expect_err "leased to 'amal' until 2016-05-11 21:23 UTC"
MARSAD_PERSON=amal m accept "$incident"
expect_status 0
m verify-record "$incident" -P amal
expect_status 1
expect_err 'a second person verifies'
m verify-record "$incident" -P karim
expect_status 0
m queue --id "$incident"
expect_err '0 rows'
m incidents -f csv
grep "^$incident" out | grep -q 'reviewed verified' || complain "the incident is not verified"

# what is in the way
record=$(id_of 9)
m reject "$record" -P amal
expect_err 'needs a reason'
m reject "$record" -P amal -r 'no second outlet' --as needs-source
expect_status 0
m records --id "$record" -f csv
expect_out ',needs source,'
m reject "$record" -P amal -r 'told already' --as duplicate
expect_status 2
m reject "$record" -P amal -r 'told already' --as duplicate --of "$(id_of 10)"
expect_status 0
m reopen "$record" -P amal -r 'it is another one'
expect_status 0

# mending
m edit "$record" -P amal --days 2016-05-01/2016-05-02 --place 'خان طومان' -r 'the text says so'
expect_status 0
m records --id "$record" -f csv
expect_out '2016-05-01,خان طومان'
m edit "$record" -P amal --place 'الزهراء' -r 'which'
expect_status 2
expect_err '--place-id says which'
m edit "$record" -P amal --figure killed:9:5:7 -r 'wrong'
expect_err 'no figure'
m edit "$record" -P amal --as-read -r 'it was right'
expect_status 0

# merging and splitting
m merge "$record" --with "$incident" -P amal
expect_status 0
m records --id "$record" -f csv
expect_out "$incident"
m split "$record" -P amal
expect_status 0
m records --id "$record" -f csv
expect_no_out "$incident"

m history "$record" -f csv
expect_status 0
expect_lines 8
expect_out ',amal,edit,.*,the text says so,'
m log -f csv
grep -c ',edit,' out >edits
[ "$(cat edits)" -eq 2 ] || complain "the log has $(cat edits) edits"
m verify --views
expect_status 0
expect_out '^ok: '
finish
