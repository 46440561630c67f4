#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
# Articles into an archive, and tables out of it.
source "$(dirname "$0")/lib.sh"

SAMPLES=$(realpath "$HERE/../../samples")
export SOURCE_DATE_EPOCH=1600000000
count() { sql "${ARCHIVE:-a.marsad}" "SELECT count(*) FROM $1"; }
expect_count() { [ "$(count "$1")" = "$2" ] || complain "there are $(count "$1") rows in $1, not $2"; }

# --- in: files, folders, standard input; what is known changes nothing
run ingest --archive a.marsad "$SAMPLES/observatory.jsonl"
expect_status 0
expect_out '^39 articles added, 0 known already, 0 could not be read'
run --archive a.marsad ingest "$SAMPLES/observatory.jsonl"
expect_status 0
expect_out '^0 articles added, 39 known already, 0 could not be read'
expect_count article 39
lines=$(count "log WHERE what = 'article'")
[ "$lines" = 39 ] || complain "the log has $lines lines of articles"

mkdir -p folder/inner/.hidden
cp "$SAMPLES/observatory.jsonl" folder/b.jsonl
cp "$SAMPLES/reports.jsonl" folder/inner/a.jsonl
report >folder/.secret.txt
run ingest --archive a.marsad --verbose folder
expect_status 0
expect_out '^stored: 55 articles$'
expect_out '^16 articles added, 39 known already'
report | run ingest --archive a.marsad --published 2016-05-10 --source me -
expect_status 0
expect_out '^1 articles added'
expect_count article 56
run articles --archive a.marsad -f jsonl
expect_lines 56
expect_out '"outlet":"me","published":"2016-05-10"'

# the same whichever way it came in
ARCHIVE=b.marsad
report >c.txt
run ingest --archive b.marsad --published 2016-05-10 --source me --jobs 3 c.txt "$SAMPLES/reports.jsonl" "$SAMPLES/observatory.jsonl"
expect_status 0
for table in articles records incidents; do
    for archive in a b; do
        run "$table" --archive $archive.marsad -f jsonl
        expect_status 0
        sort out >"$table.$archive"
    done
    expect_same "$table.a" "$table.b"
done
ARCHIVE=a.marsad

# --- what cannot be read is told, kept, and costs only itself
printf '{bad\n' | cat - "$SAMPLES/reports.jsonl" >bad.jsonl
run ingest --archive p.marsad nowhere.txt bad.jsonl
expect_status 1
expect_err "cannot open 'nowhere.txt'"
expect_err "line 1 of 'bad.jsonl'\|bad.jsonl:1:"
expect_out '^16 articles added, 0 known already, 2 could not be read'
ARCHIVE=p.marsad
expect_count problem 2
ARCHIVE=a.marsad
run ingest --archive p.marsad --published never "$SAMPLES/reports.jsonl"
expect_status 2

# --- where the archive lies
mkdir data
XDG_DATA_HOME=$PWD/data HOME=/nowhere run ingest "$SAMPLES/reports.jsonl"
expect_status 0
[ -s data/marsad/archive.marsad ] || complain "no archive under \$XDG_DATA_HOME"
HOME=$PWD/data XDG_DATA_HOME='' run ingest "$SAMPLES/reports.jsonl"
[ -s data/.local/share/marsad/archive.marsad ] || complain "no archive under \$HOME"
XDG_DATA_HOME=$PWD/data run incidents -f jsonl
expect_status 0
run incidents --archive none.marsad
expect_status 3
expect_no_archive none.marsad
[ ! -e none.marsad ] || complain "asking made an archive"
if on_files; then
    run ingest --archive "$PWD/nowhere/a.marsad" "$SAMPLES/reports.jsonl"
    expect_status 3
    expect_err "cannot open archive '.*nowhere/a.marsad'"
fi

# --- what is no archive, or a newer one, is left as it is
if on_files; then
report >text.marsad
python3 - <<'END'
import shutil, sqlite3
other = sqlite3.connect("other.marsad")
other.execute("CREATE TABLE somebody (name TEXT)")
other.commit()
other.close()
shutil.copy("p.marsad", "newer.marsad")
newer = sqlite3.connect("newer.marsad")
newer.execute("PRAGMA user_version = 99")
newer.close()
END
for name in text other newer; do
    cp $name.marsad before
    for command in ingest incidents; do
        run $command --archive $name.marsad
        expect_status 3
        expect_err "'$name.marsad'"
        expect_same before $name.marsad
    done </dev/null
done
run incidents --archive other.marsad
expect_err "'other.marsad' is no archive"
run incidents --archive newer.marsad
expect_err 'version 99.*use a newer one'
fi

# --- out: three ways of showing, pages
run incidents --archive a.marsad --day 2016-05-06 -f jsonl
expect_status 0
rows=$(wc -l <out)
[ "$rows" -gt 3 ] || complain "only $rows incidents on the day"
mv out day.jsonl
run incidents --archive a.marsad --day 2016-05-06 -f csv
expect_lines $((rows + 1))
expect_out '^id,first_day,last_day,kind,'
run incidents --archive a.marsad --day 2016-05-06
expect_status 0
expect_out '2016-05-06'
python3 - <<'END' || complain "rows are not JSON"
import json
rows = [json.loads(line) for line in open("day.jsonl", encoding="utf-8")]
assert all(row["first_day"] <= "2016-05-06" and row["id"].startswith("I-") for row in rows)
assert all(isinstance(row["actors"], list) and row["chains"] >= 1 for row in rows)
END
run incidents --archive a.marsad --from 2001-01-01 --to 2001-01-02
expect_status 0
expect_err '0 rows'

for table in incidents articles records; do
    run $table --archive a.marsad -f jsonl
    mv out all
    : >pages
    after=()
    for ((page = 0; page < 200; page++)); do
        run $table --archive a.marsad -f jsonl --limit 37 "${after[@]}"
        [ -s out ] || break
        cat out >>pages
        after=(--after "$(tail -n 1 out | sed 's/^{"id":"\([^"]*\)".*/\1/')")
    done
    expect_same all pages
done
run incidents --archive a.marsad --after I-0000000000000000
expect_status 2

# --- searching: with and without the article, hamza, ة
cat >words.jsonl <<'END'
{"id":"w1","published":"2016-05-10","text":"أعلنت الحكومة أن المعارضة قصفت مدينة إدلب أمس بالمدفعية."}
{"id":"w2","published":"2016-05-10","text":"اجتمع الوزراء في جنيف."}
END
run ingest --archive w.marsad words.jsonl
for words in المعارضة معارضه معارضة 'ادلب مدينه' 'إدلب المدينة' 'بالمدفعية' مدفعيه 'الحُكومة' حكومة; do
    run articles --archive w.marsad -f jsonl --words "$words"
    expect_status 0
    expect_lines 1
    expect_out 'A-'
done
run articles --archive w.marsad -f jsonl --words 'معارضة جنيف'
expect_empty
# signs between words part them, in the text and in the question
echo '{"id":"s1","published":"2016-05-10","text":"قاعة ٣×٤ أمتار في مدينة σοφίας"}' >signs.jsonl
run ingest --archive w.marsad signs.jsonl
for words in '٣×٤' '×٣' 'ΣΟΦΊΑΣ'; do
    run articles --archive w.marsad -f jsonl --words "$words"
    expect_status 0
    expect_lines 1
done
run articles --archive w.marsad --words '×'
expect_status 2
run verify --archive w.marsad --views
expect_status 0
for words in '"' 'AND' '* OR -' ''; do
    run articles --archive w.marsad -f jsonl --words "$words"
    expect_alive
    expect_no_err 'syntax'
done
run records --archive w.marsad --words معارضة
expect_status 2

# --- a box holds what lies in it
run incidents --archive a.marsad -f jsonl --box 36.9,36.0,37.4,36.4
expect_status 0
python3 - <<'END' || complain "the box holds the wrong incidents"
import json
rows = [json.loads(line) for line in open("out", encoding="utf-8")]
assert rows and all(36.9 <= row["lon"] <= 37.4 and 36.0 <= row["lat"] <= 36.4 for row in rows)
END
run incidents --archive a.marsad --box 1,2,3
expect_status 2
run incidents --archive a.marsad -f jsonl --kind airstrike --kind shelling
expect_status 0
expect_no_out '"kind":"\(killing\|talks\)"'
run incidents --archive a.marsad --kind picnic
expect_status 2

run log --archive a.marsad -f jsonl
expect_status 0
expect_out '"what":"article"'

finish
