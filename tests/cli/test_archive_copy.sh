#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2034 # "run ..." is no read
# archive copy, fingerprint: between engines both ways, from one moment, all or nothing, told by hashes; a table that is not known is not left out in silence.
MARSAD_TEST_CLUSTER=${MARSAD_TEST_POSTGRES:-} # archives are named by this test, each as it needs it
unset MARSAD_TEST_POSTGRES
source "$(dirname "$0")/lib.sh"
source "$HERE/lib_postgres.sh"
export SOURCE_DATE_EPOCH=1463000000
SAMPLES=$HERE/../../samples
NAME=copy_$$

# something in as many tables as there can be
"$MARSAD" ingest --archive a.marsad "$SAMPLES/reports.jsonl" "$SAMPLES/observatory.jsonl" >/dev/null
echo '{"id": 1, "text": 2}' >bad.jsonl
"$MARSAD" ingest --archive a.marsad bad.jsonl >/dev/null 2>&1
record=$("$MARSAD" records --archive a.marsad --output jsonl --limit 1 | grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4)
"$MARSAD" accept "$record" --archive a.marsad --person p1 >/dev/null || complain "no decision"
"$MARSAD" setting organisation 'رصد' --archive a.marsad --person p1 >/dev/null
printf 'a password for it\n' | "$MARSAD" account add keeper --roles keeper --archive a.marsad >/dev/null
"$MARSAD" feed add http://example.org/feed --archive a.marsad >/dev/null
"$MARSAD" release --archive a.marsad --folder r1 --profile public >/dev/null 2>&1
"$MARSAD" enqueue --archive a.marsad "$SAMPLES/reports.jsonl" >/dev/null 2>&1
run archive fingerprint a.marsad
expect_status 0
expect_out '^article [1-9][0-9]* [0-9a-f]\{64\}$'
expect_out '^all [0-9]* [0-9a-f]\{64\}$'
mv out of_file

# to a server and back: the same, and an archive that holds against itself
database "$NAME"
run archive copy a.marsad "$URL"
expect_status 0
expect_out '^copied: [0-9]* tables, [0-9]* rows, the same on both sides'
expect_silence
run archive fingerprint "$URL"
expect_same of_file out
run verify --archive "$URL"
expect_status 0
run archive copy "$URL" b.marsad
expect_status 0
[ "$(echo b.marsad*)" = b.marsad ] || complain "the copy is not one file"
[ "$(stat -c %a b.marsad)" = 600 ] || complain "others can read the copy"
run archive fingerprint b.marsad
expect_same of_file out
run verify --archive b.marsad --views
expect_status 0
run articles --archive a.marsad --words 'حلب' --output jsonl
mv out words
run articles --archive b.marsad --words 'حلب' --output jsonl
expect_same words out
run articles --archive "$URL" --words 'حلب' --output jsonl
expect_same words out

# file to file, server to server, and a backup
run archive copy a.marsad c.marsad
expect_status 0
run archive fingerprint c.marsad
expect_same of_file out
database "${NAME}_two"
run archive copy "$(url_of "$NAME")" "$URL"
expect_status 0
run archive fingerprint "$URL"
expect_same of_file out
run backup --archive "$URL" backup.marsad
expect_status 0
expect_out '^ok: '
run archive fingerprint backup.marsad
expect_same of_file out

# indexes, references and checks are what a new database has; keys go on behind the largest
sql postgres "CREATE DATABASE ${NAME}_new"
"$MARSAD" archive init "$(url_of "${NAME}_new")" >/dev/null
shape="SELECT indexdef FROM pg_indexes WHERE schemaname = 'marsad' UNION ALL SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'marsad'::regnamespace ORDER BY 1"
sql "${NAME}_new" "$shape" >new_shape
sql "$NAME" "$shape" >copied_shape
expect_same new_shape copied_shape
[ "$(wc -l <new_shape)" -gt 50 ] || complain "no indexes and references are seen"
report >later.txt
run ingest --archive "$(url_of "$NAME")" --published 2016-05-12 --source x later.txt
expect_status 0
expect_out '^1 articles added'
run verify --archive "$(url_of "$NAME")"
expect_status 0

# nothing takes the place of anything
run archive copy a.marsad "$URL"
expect_status 2
expect_err 'holds rows already'
run archive copy a.marsad b.marsad
expect_status 3
expect_err "'b.marsad' is there already"
run archive copy a.marsad nowhere/b.marsad
expect_status 3
run archive copy none.marsad d.marsad
expect_status 3
[ ! -e d.marsad ] || complain "a file was made of nothing"
# an archive in which nothing is stored is a place
run archive init d.marsad
expect_status 0
run archive copy a.marsad d.marsad
expect_status 0
run archive fingerprint d.marsad
expect_same of_file out

# what is left of a copy that was killed is no archive, and can be thrown away
"$MARSAD" archive copy a.marsad e.marsad >/dev/null 2>&1 &
killed=$!
for _ in $(seq 200); do [ -s e.marsad.part ] && break; sleep 0.01; done
kill -KILL "$killed" 2>/dev/null
wait "$killed" 2>/dev/null
if [ -e e.marsad.part ]; then
    [ ! -e e.marsad ] || complain "half a copy has its name"
    run archive copy a.marsad e.marsad
    expect_status 3
    expect_err '--force throws it away'
    run archive copy --force a.marsad e.marsad
    expect_status 0
fi
# to a server: killed in the middle, nothing is there, and it can be begun again
database "${NAME}_three"
"$MARSAD" archive init "$URL" >/dev/null
"$MARSAD" archive copy a.marsad "$URL" >/dev/null 2>&1 &
killed=$!
sleep 0.2
kill -KILL "$killed" 2>/dev/null
wait "$killed" 2>/dev/null
for _ in $(seq 100); do [ "$(sql postgres "SELECT count(*) FROM pg_stat_activity WHERE datname = '${NAME}_three'")" = 0 ] && break; sleep 0.1; done
if [ "$(sql "${NAME}_three" 'SELECT count(*) FROM marsad.article')" = 0 ]; then
    sql "${NAME}_three" "$shape" >left_shape
    expect_same new_shape left_shape
    run archive copy a.marsad "$URL"
    expect_status 0
fi

# a table that the program does not know is told, not left out; so is a column
sql "${NAME}_new" 'CREATE TABLE marsad.later(key BIGINT PRIMARY KEY)'
run archive copy a.marsad "$(url_of "${NAME}_new")"
expect_status 3
expect_err "table 'later' is not known"
run archive fingerprint "$(url_of "${NAME}_new")"
expect_status 3
sql "${NAME}_new" 'DROP TABLE marsad.later; ALTER TABLE marsad.feed ADD later BIGINT'
run archive copy a.marsad "$(url_of "${NAME}_new")"
expect_status 3
expect_err "table 'feed' has other columns"
[ "$(sql "${NAME}_new" 'SELECT count(*) FROM marsad.article')" = 0 ] || complain "half a copy was kept"
python3 -c "
import sqlite3
sqlite3.connect('c.marsad').execute('CREATE TABLE later(key INTEGER)').connection.commit()"
run archive fingerprint c.marsad
expect_status 3
expect_err "table 'later' is not known"

# what does not come out the same does not count: here a trigger of the server changes a cell
sql "${NAME}_new" "ALTER TABLE marsad.feed DROP later; CREATE FUNCTION marsad.twist() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.name := ''x''; RETURN NEW; END';
    CREATE TRIGGER twist BEFORE INSERT ON marsad.feed FOR EACH ROW EXECUTE FUNCTION marsad.twist()"
run archive copy a.marsad "$(url_of "${NAME}_new")"
expect_status 3
expect_out '^feed 1 [0-9a-f]* is not [0-9a-f]*$'
expect_err "table 'feed' did not come out as it is"
[ "$(sql "${NAME}_new" 'SELECT count(*) FROM marsad.article')" = 0 ] || complain "a copy that is not the same was kept"

# one changed cell changes the table's line, and no other
python3 -c "
import sqlite3
c = sqlite3.connect('b.marsad'); c.execute(\"UPDATE setting SET value = 'y'\"); c.commit()"
run archive fingerprint b.marsad
[ "$(diff of_file out | grep -c '^>')" = 2 ] || complain "more or less than a table and the whole changed"
for name in "$NAME" "${NAME}_two" "${NAME}_three" "${NAME}_new"; do sql postgres "DROP DATABASE IF EXISTS $name"; done
finish
