#!/usr/bin/env bash
# Rows of an archive as people see them: what stands together, what is left out, and what happens where the terminal is narrow.
. "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1464739200
observatory=$MARSAD_SOURCE_DIR/samples/observatory.jsonl
run ingest --archive a.marsad "$observatory"
expect_status 0

# A day that begins and ends is one; empty columns are left out; a figure stands with its range.
COLUMNS=120 run incidents --archive a.marsad --day 2016-05-08
expect_out '^id  *day  *kind  *place'
expect_out 'killed 3 (3–99)'
expect_out 'articles 6'
expect_no_out 'first_day\|last_day\|statements\|lat'
COLUMNS=120 run incidents --archive a.marsad --day 2016-05-07 --kind truce
expect_no_out 'targets'

# No line is wider than the terminal, and no word is cut: where a table would cut them, each row is a block.
for columns in 60 80 120 200; do
    COLUMNS=$columns run truce candidates --archive a.marsad --agreement calm-aleppo-2016-05
    expect_status 0
    sed -i 's/\xe2\x81[\xa8\xa9]//g' out
    [ "$(LC_ALL=C.UTF-8 wc -L <out)" -le "$columns" ] || complain "a line is wider than $columns"
    expect_out 'accused unknown'
    expect_out 'airstrike'
done
COLUMNS=60 run truce candidates --archive a.marsad --agreement calm-aleppo-2016-05
expect_out '^incident  *I-'

# Grounds, then statements; for programs one of them.
id=$("$MARSAD" incidents --archive a.marsad --place كفرنبل --day 2016-05-08 --kind airstrike --output jsonl | sed 's/.*"id":"\(I-[0-9a-f]*\)".*/\1/')
run why --archive a.marsad "$id"
expect_out '^grade  *fair  *two-chains v1'
expect_out 'sources disagree'
expect_out '^sentence  '
run why --archive a.marsad "$id" --table grounds --output jsonl
expect_out '"what":"doer","says":"russia".*denied by russia'
expect_out '"disputed":"sources disagree","rule":"median-of-exact v1"'
run why --archive a.marsad "$id" --output jsonl
expect_lines 7
run why --archive a.marsad "$id" --output csv
expect_lines 8
run why --archive a.marsad "$id" --table nothing
expect_status 2

# A truce is asked for its own days, unless others are named; the timeline ends with what was told.
run truce --archive a.marsad --agreement calm-aleppo-2016-05 --output jsonl
expect_out '"accused_side":"government"'
run truce candidates --archive a.marsad --agreement calm-aleppo-2016-05 --output jsonl
expect_no_out '"day":"2016-05-04"\|"day":"2016-05-12"'
run truce candidates --archive a.marsad --agreement calm-aleppo-2016-05 --to 2016-05-12 --output jsonl
expect_out '"day":"2016-05-12"'
run control --archive a.marsad --output jsonl
expect_no_out '2017'
finish
