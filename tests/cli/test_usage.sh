#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2086 # "run read" is no read; words are split on purpose
# What is not understood is said, with status 2, and nothing is read.
source "$(dirname "$0")/lib.sh"

report >good.txt
refused()
{
    local said=$1
    shift
    run "$@"
    expect_status 2
    expect_empty
    expect_err "$said"
}
refused "no command"
refused "'nonsense'" nonsense
refused "'--nonsense'" --nonsense
refused "'gazetteer nonsense'" gazetteer nonsense
refused "'gazetteer'" gazetteer
refused "'--nonsense'" read --nonsense good.txt
refused "'-Z'" read -Z good.txt
refused "'-f'" read good.txt -f
refused "'--output'" read good.txt --output
refused "xml" read --output xml good.txt
refused "xml" read --input xml good.txt
refused "''" read --input '' good.txt
refused "'--outp'" read --outp jsonl good.txt
refused "tab" read --output tab good.txt
refused "'--help=yes'" read --help=yes
for jobs in 0 -1 65 1e3 x '' 99999999999999999999; do
    refused "jobs" read --jobs "$jobs" good.txt
done
refused "too many" version now
refused "too many" lexicon dump word
refused "WORD" lexicon find
refused "NAME" gazetteer find
refused "TABLE" gazetteer compile -o x.bin
refused "output-file" gazetteer compile x.tsv
refused "'nonsense'" help nonsense
refused "too many" help gazetteer compile now

# what is
run --version
expect_status 0
expect_out '^marsad [0-9]*\.[0-9]*\.[0-9]*$'
cp out version.out
run version
expect_same version.out out
run --help
expect_status 0
expect_out '^usage: marsad'
cp out help.out
run help
expect_same help.out out
for command in read explain "lexicon check" "lexicon dump" "lexicon find" "gazetteer compile" "gazetteer find" version help; do
    grep -q "^  $command  *[a-z]" help.out || complain "help does not list '$command'"
    run $command --help
    expect_status 0
    expect_silence
    expect_out "^usage: marsad $command "
    cp out command.out
    run help $command
    expect_same command.out out
    [ "$(wc -L <out)" -le 100 ] || complain "help is wider than 100 columns"
done
run help gazetteer
expect_status 0
expect_out "gazetteer compile"

# options behind operands, short forms together, abbreviations
run read good.txt -fjsonl -p2016-05-10
expect_status 0
cp out short.out
run read --output=jsonl --pub 2016-05-10 good.txt
expect_same short.out out
run read -f table -f jsonl -p 2016-05-10 good.txt
expect_same short.out out

finish
