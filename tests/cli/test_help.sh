#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2086 # "run read" is no read; words are split on purpose
# The manual page and the completions say what the tables of options say.
source "$(dirname "$0")/lib.sh"

run help --man
expect_status 0
cp out marsad.1
run help --bash
expect_status 0
cp out marsad.bash
run help --zsh
expect_status 0
cp out _marsad

# those that were built are of this program
for file in marsad.1 marsad.bash _marsad; do
    [ ! -e "$DATA/$file" ] || expect_same "$DATA/$file" $file
done

# each option of each command is in all three
ran="marsad help --man, --bash, --zsh"
"$MARSAD" help | sed -n 's/^  \([a-z][a-z]*\( [a-z][a-z]*\)\?\)  .*/\1/p' >commands
[ "$(wc -l <commands)" -ge 9 ] || complain "help lists few commands"
sed 's/\\-/-/g; s/\\f.//g' marsad.1 >manual.txt
while read -r command; do
    grep -q "^.SS marsad $command\$" manual.txt || complain "the manual has no '$command'"
    "$MARSAD" help $command | sed -n 's/^  .*--\([a-z-]*\).*/\1/p' >options
    [ -s options ] || complain "'$command' has no options"
    while read -r option; do
        sed -n "/^.SS marsad $command\$/,/^.S[SH] /p" manual.txt | grep -q -- "--$option" || complain "the manual of '$command' has no '--$option'"
        grep -q -- "--$option" marsad.bash || complain "bash does not complete '--$option'"
        grep -q -- "--$option" _marsad || complain "zsh does not complete '--$option'"
    done <options
done <commands

if command -v groff >/dev/null; then
    groff -ww -man -Tutf8 marsad.1 >page 2>warnings || complain "groff refuses the manual"
    [ ! -s warnings ] || complain "groff warns: $(head -3 warnings)"
fi
bash -n marsad.bash || complain "bash cannot read its completion"
if command -v zsh >/dev/null; then
    zsh -n _marsad || complain "zsh cannot read its completion"
fi

# what bash offers
offer()
{
    bash --norc -c '
        source ./marsad.bash
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
        _marsad
        printf "%s\n" "${COMPREPLY[@]}"' bash "$@" >out
    ran="complete: $*"
}
offer marsad re
expect_out '^read$'
offer marsad gazetteer ''
expect_out '^compile$'
expect_out '^find$'
expect_lines 2
offer marsad read --out
expect_out '^--output$'
offer marsad read --output ''
expect_out '^jsonl$'
expect_lines 3
offer marsad read -f j
expect_out '^jsonl$'
offer marsad read --output = t
expect_out '^table$'
touch article.txt
mkdir dir
offer marsad read art
expect_out '^article.txt$'
offer marsad lexicon check di
expect_out '^dir$'
offer marsad help ga
expect_out '^gazetteer$'

finish
