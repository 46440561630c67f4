#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2086 # "run read" is no read; words are split on purpose
# marsad lexicon check | dump | find
source "$(dirname "$0")/lib.sh"

run lexicon dump
expect_status 0
expect_silence
[ "$(wc -l <out)" -gt 100 ] || complain "the lexicon is small"
cp out first.out
run lexicon dump --lexicon "$DATA/lexicon.bin"
expect_same first.out out
run lexicon find قصف
expect_status 0
expect_out 'قصف'
run lexicon find قَصَفَ
expect_status 0
run lexicon find ضضضضضض
expect_status 1
expect_empty
expect_err 'ضضضضضض'

[ -x "$DATA/lexc" ] || skip "lexc is not built"
run lexicon check "$HERE/../../lexicon/ar"
expect_status 0
mkdir broken
cp "$HERE"/../../lexicon/ar/*.tsv broken/
printf 'one cell\n' >>broken/words.tsv
run lexicon check broken
[ "$status" -ne 0 ] || complain "a broken table is taken"
cat out err | grep -q "words.tsv:$(wc -l <broken/words.tsv)" || complain "table and line are not told"

finish
