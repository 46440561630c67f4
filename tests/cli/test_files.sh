#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2086 # "run read" is no read; words are split on purpose
# Files that cannot be read: told, and the others are read.
source "$(dirname "$0")/lib.sh"

report >good.txt
mkdir folder
ln -s nowhere broken.txt
run read -f jsonl -p 2016-05-10 missing.txt good.txt folder broken.txt good.txt
expect_status 1
expect_lines 2
expect_err "'missing.txt'"
expect_err "'folder'.*folder"
expect_err "'broken.txt'"

run read -f jsonl missing.txt
expect_status 1
expect_empty

# a file that opens and cannot be read
if [ -e /proc/self/mem ]; then
    run read -f jsonl -p 2016-05-10 /proc/self/mem good.txt
    expect_status 1
    expect_lines 1
    expect_err "/proc/self/mem"
fi
if [ "$(id -u)" -ne 0 ]; then
    cp good.txt closed.txt
    chmod 000 closed.txt
    run read -f jsonl -p 2016-05-10 closed.txt good.txt
    expect_status 1
    expect_lines 1
    expect_err "'closed.txt': Permission denied"
fi

# names
cp good.txt ./-dash.txt
run read -f jsonl -p 2016-05-10 -- -dash.txt
expect_status 0
expect_lines 1
cp good.txt 'تقرير حلب.txt'
run read -f jsonl -p 2016-05-10 'تقرير حلب.txt'
expect_status 0
expect_out '"id":"تقرير حلب"'
run read "$(printf 'a\033[31m\nb')"
expect_status 1
grep -q "$(printf '\033')" err && complain "a file's name steers the terminal"
[ "$(wc -l <err)" -eq 1 ] || complain "a file's name breaks a message in two"

# dates
for day in 2016-13-01 2016-02-30 yesterday 2016-5-10 '' 10/05/2016; do
    run read -f jsonl --published "$day" good.txt
    expect_status 2
    expect_empty
    expect_err "$day"
done
run read -f jsonl --published 2016-02-29 good.txt
expect_status 0
expect_silence
run read -f jsonl good.txt
expect_status 0
expect_err "without a day"
expect_out '"published":null'

finish
