# shellcheck shell=bash disable=SC2034,SC2015
# Sourced by each test: a folder to work in, and a few ways to say what must come out.
#
#   run read a.txt          runs $MARSAD read a.txt; its output is in ./out, its messages in ./err, its status in $status
#   expect_status 1         ... and more: a failed expectation is told with its line, and the test goes on
#   finish                  last line: the test fails if an expectation did
#
# Where MARSAD_TEST_POSTGRES names a cluster, archives are databases (on_postgres), and a test that asks on_files is told so.
set -u
MARSAD=$(realpath "${MARSAD:-build/release/marsad}")
DATA=$(dirname "$MARSAD")
HERE=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
WORK=$(mktemp -d)
trap 'remove_work' EXIT
cd "$WORK" || exit 1
unset MARSAD_DATA COLUMNS
failed=0
status=0
ran=

on_files() { [ -z "${MARSAD_TEST_POSTGRES:-}" ]; }

remove_work()
{
    on_files || python3 "$HERE/../databases.py" remove "$MARSAD_TEST_PREFIX"
    chmod -R u+rwX "$WORK"
    rm -rf "$WORK"
}

if ! on_files; then
    mkdir .databases
    export MARSAD_TEST_COMMAND=$MARSAD MARSAD_TEST_FOLDER=$WORK MARSAD_TEST_DATABASES=$HERE/../databases.py
    MARSAD_TEST_PREFIX=test_$(basename "$WORK" | tr -dc '[:alnum:]' | tr '[:upper:]' '[:lower:]')
    export MARSAD_TEST_PREFIX
    MARSAD=$HERE/on_postgres
fi

# sql a.marsad 'SELECT ...': what an archive holds, its columns parted by '|'; or a change behind the program's back.
sql()
{
    if on_files; then
        python3 -c 'import sqlite3, sys
archive = sqlite3.connect(sys.argv[1])
for row in archive.execute(sys.argv[2]):
    print(*row, sep="|")
archive.commit()' "$1" "$2"
    else
        python3 "$HERE/../databases.py" sql "$(<"$WORK/.databases/$1")" "$2"
    fi
}

run()
{
    "$MARSAD" "$@" >out 2>err
    status=$?
    ran="marsad $*"
}

complain()
{
    local frame=1 # where the test itself stands, not this file
    while [ "${BASH_SOURCE[frame]}" = "${BASH_SOURCE[0]}" ]; do frame=$((frame + 1)); done
    echo "${BASH_SOURCE[frame]##*/}:${BASH_LINENO[frame - 1]}: $ran: $1"
    [ ! -e err ] || head -c 400 err
    failed=1
}

expect_status() { [ "$status" -eq "$1" ] || complain "status is $status, not $1"; }
expect_out() { grep -q -- "$1" out || complain "output has no '$1'"; }
expect_no_out() { ! grep -q -- "$1" out || complain "output has '$1'"; }
expect_err() { grep -q -- "$1" err || complain "messages have no '$1'"; }
expect_no_err() { ! grep -q -- "$1" err || complain "messages have '$1'"; }
# Of an archive that nobody has made yet.
expect_no_archive() { if on_files; then expect_err "no archive '$1'"; else expect_err "is no archive: 'marsad archive init' makes one"; fi; }
expect_silence() { [ ! -s err ] || complain "there are messages"; }
expect_empty() { [ ! -s out ] || complain "there is output"; }
expect_lines() { [ "$(wc -l <out)" -eq "$1" ] || complain "output has $(wc -l <out) lines, not $1"; }
expect_same() { cmp -s "$1" "$2" || complain "'$1' and '$2' differ"; }
expect_different() { ! cmp -s "$1" "$2" || complain "'$1' and '$2' are the same"; }
# Not killed by a signal, and no sanitizer's report.
expect_alive() { [ "$status" -lt 4 ] && ! grep -q 'Sanitizer\|runtime error' err || complain "it broke with status $status"; }

# records.py: what the records of ./out say, without ids and hashes; for a text in another spelling, its file is given.
records() { python3 "$HERE/records.py" "$@" <out; }

skip()
{
    echo "skipped from here: $1"
    exit "$failed"
}

finish() { exit "$failed"; }

# A report in which every reader finds something.
report()
{
    cat <<'END'
قال المرصد السوري لحقوق الإنسان إن طائرات حربية قصفت مدينة حلب يوم الثلاثاء مما أدى إلى مقتل خمسة مدنيين.
وشنت القوات الحكومية هجوما على بلدة خان طومان في محافظة حلب.
واعتقلت الشرطة ثلاثة أشخاص في دمشق أمس.
END
}
