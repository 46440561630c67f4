#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2086 # "run read" is no read; words are split on purpose
# Output for people: fits the terminal, and Arabic moves nothing around it.
source "$(dirname "$0")/lib.sh"

report >report.txt
check()
{
    python3 - "$1" <<'END' || complain "the table is not well made"
import sys, unicodedata
limit = int(sys.argv[1])
for number, line in enumerate(open("out", encoding="utf-8"), 1):
    line = line.rstrip("\n")
    opened = 0
    for c in line:
        opened += (c == "\u2068") - (c == "\u2069")
        assert 0 <= opened <= 1, f"line {number}: isolates do not pair"
        assert c >= " " and c not in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067", f"line {number}: {c!r} steers the terminal"
        if unicodedata.bidirectional(c) in ("R", "AL"):
            assert opened == 1, f"line {number}: Arabic is not isolated"
    assert opened == 0, f"line {number}: an isolate is open"
    width = sum(unicodedata.category(c) not in ("Mn", "Cf") for c in line)
    assert width <= limit or number == 1, f"line {number}: {width} columns"
    assert line == line.rstrip(), f"line {number} ends with blanks"
END
}
run read --source sohr -p 2016-05-10 report.txt
expect_status 0
expect_out '^report | sohr | 2016-05-10'
expect_out 'when  *kind  *who  *to whom  *where  *figures  *on whose word  *trigger'
check 120
COLUMNS=100 run read -p 2016-05-10 report.txt
check 100
COLUMNS=200 run read -p 2016-05-10 report.txt
check 200
for columns in 1 0 x -5 999999999999; do
    COLUMNS=$columns run read -p 2016-05-10 report.txt
    expect_status 0
done

# what an article says does not steer
printf 'قصفت طائرات\033[31m حربية\007 مدينة \342\200\256حلب\342\200\254 أمس.\n' >steering.txt
run read -p 2016-05-10 steering.txt
expect_status 0
check 120
run explain -p 2016-05-10 steering.txt
expect_status 0
check 100000

printf 'طقس جميل في الربيع.\n' >nothing.txt
run read -p 2016-05-10 nothing.txt
expect_status 0
expect_out 'no records'

run explain -p 2016-05-10 report.txt
expect_status 0
expect_out '>>.*<<'
expect_out '^  rule  .*\.tsv:[0-9][0-9]*  '
expect_out '^  actor  .* is '
expect_out '^  place  .* is in '
check 100000

run read -f conllu report.txt
expect_status 0
expect_out "$(printf '^1\t')"

finish
