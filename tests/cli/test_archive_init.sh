#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2034 # "run ..." is no read
# archive init: an archive with roles, made once and again; who reads only reads, who writes never changes what is for good, who migrates owns the tables.
MARSAD_TEST_CLUSTER=${MARSAD_TEST_POSTGRES:-} # archives are named by this test, each as it needs it
unset MARSAD_TEST_POSTGRES
source "$(dirname "$0")/lib.sh"
source "$HERE/lib_postgres.sh"
export SOURCE_DATE_EPOCH=1463000000
SAMPLES=$HERE/../../samples
NAME=init_$$
ROLES=t$$_
export PGPASSWORD=a-secret-of-$$

run archive init file.marsad
expect_status 0
expect_out "^'file.marsad' is an archive$"
run archive init file.marsad
expect_status 0
run archive init "$(url_of "$NAME")" --roles 'x"; DROP'
expect_status 2
expect_err 'names of roles cannot begin'
run archive init "$(url_of "no_$NAME")"
expect_status 3

database "$NAME"
run archive init "$URL" --roles "$ROLES"
expect_status 0
expect_out "GRANT ${ROLES}reader TO name"
rights="SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants WHERE table_schema = 'marsad' ORDER BY 1, 2, 3"
sql "$NAME" "$rights" >first.rights
run archive init "$URL" --roles "$ROLES"
expect_status 0
expect_silence
sql "$NAME" "$rights" >second
expect_same first.rights second
[ "$(sql "$NAME" "SELECT count(*) FROM pg_class WHERE relnamespace = 'marsad'::regnamespace AND relkind IN ('r', 'v') AND relowner <> '${ROLES}migrator'::regrole")" = 0 ] ||
    complain "tables are not the migrator's"
[ "$(sql "$NAME" "SELECT count(*) FROM pg_roles WHERE rolname LIKE '${ROLES}%' AND NOT rolcanlogin")" = 3 ] || complain "there are not three roles without login"

for who in reader writer migrator nobody; do
    sql "$NAME" "CREATE ROLE ${ROLES}a_$who LOGIN PASSWORD '$PGPASSWORD'"
    [ $who = nobody ] || sql "$NAME" "GRANT ${ROLES}$who TO ${ROLES}a_$who"
done
R=$(url_of "$NAME" "${ROLES}a_reader")
W=$(url_of "$NAME" "${ROLES}a_writer")
M=$(url_of "$NAME" "${ROLES}a_migrator")

# every verb that writes, as a writer
run ingest --archive "$W" "$SAMPLES/reports.jsonl" "$SAMPLES/observatory.jsonl"
expect_status 0
record=$("$MARSAD" records --archive "$W" --output jsonl --limit 1 | grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4)
for verb in take leave accept reopen reject; do
    run $verb "$record" --archive "$W" --person p1 --reason why
    expect_status 0
done
run feed add http://example.org/feed --archive "$W"
expect_status 0
run feed remove http://example.org/feed --archive "$W"
expect_status 0
run setting organisation x --archive "$W" --person p1
expect_status 0
printf 'a password for it\n' | "$MARSAD" account add someone --roles keeper --archive "$W" >out 2>err || complain "no account: $(cat err)"
run account change someone --roles keeper,reader --login-code --archive "$W"
expect_status 0
run release --archive "$W" -o rel --profile public
expect_status 0
run enqueue --archive "$W" "$SAMPLES/reports.jsonl"
expect_status 0
run verify --archive "$W"
expect_status 0

# reading, as a reader, who changes nothing even where a verb would
"$MARSAD" archive fingerprint "$R" >before || complain "a reader cannot tell what it holds"
for list in incidents articles records log queue tallies problems settings; do
    case $list in settings) run setting --archive "$R" ;; *) run $list --archive "$R" ;; esac
    expect_status 0
done
run export --archive "$R" --format geojson --profile public -o export.json
expect_status 0
run verify --archive "$R"
expect_status 0
run backup backup.marsad --archive "$R"
expect_status 0
run accept "$record" --archive "$R" --person p1
expect_status 1
expect_err 'open for reading alone'
report >later.txt
run ingest --archive "$R" --published 2016-05-12 --source x later.txt
[ "$status" -ne 0 ] || complain "a reader stores"
"$MARSAD" archive fingerprint "$R" >after
expect_same before after

# ... and the server itself refuses
refused()
{
    if sql "$NAME" "$2" "${ROLES}a_$1" >out 2>err; then
        complain "a $1 may: $2"
    else
        grep -q 'permission denied\|must be owner' err || complain "a $1 is refused '$2' for another reason"
    fi
}
# a file of statements, a line each: each is refused
all_refused()
{
    psql -qAtX -d "$(url_of "$NAME" "${ROLES}a_$1")" <"$2" >out 2>err
    [ "$(grep -c 'ERROR:.*\(permission denied\|must be owner\)' err)" = "$(wc -l <"$2")" ] || complain "a $1 may do some of '$2'"
}
for table in $(sql "$NAME" "SELECT tablename FROM pg_tables WHERE schemaname = 'marsad'"); do
    printf '%s;\n' "INSERT INTO marsad.$table DEFAULT VALUES" "DELETE FROM marsad.$table" "TRUNCATE marsad.$table" "DROP TABLE marsad.$table" >>by_reader
    printf '%s;\n' "TRUNCATE marsad.$table" "ALTER TABLE marsad.$table ADD x BIGINT" >>by_writer
done
[ "$(wc -l <by_reader)" -gt 120 ] || complain "no tables are seen"
all_refused reader by_reader
all_refused writer by_writer
for table in evidence problem copy_band place decision release truce_mark bulletin bulletin_file bulletin_signature setting log stamp incident_change version; do
    refused writer "DELETE FROM marsad.$table"
    column=$(sql "$NAME" "SELECT attname FROM pg_attribute WHERE attrelid = 'marsad.$table'::regclass AND attnum = 1")
    refused writer "UPDATE marsad.$table SET $column = $column"
done
refused writer "INSERT INTO marsad.version(number, digest) VALUES(99, 'x')"
refused writer "UPDATE marsad.article SET text = text"
refused writer "DELETE FROM marsad.article"
refused writer "UPDATE marsad.account SET name = 'x'"
refused writer "CREATE TABLE marsad.mine(x BIGINT)"
refused nobody "SELECT * FROM marsad.log"

# who migrates may change tables, and what is made so is read and added to by the others, never changed
sql "$NAME" "SET ROLE ${ROLES}migrator; CREATE TABLE marsad.later(key BIGINT); RESET ROLE" "${ROLES}a_migrator"
sql "$NAME" "SELECT count(*) FROM marsad.later" "${ROLES}a_reader" >/dev/null || complain "a reader does not read a later table"
sql "$NAME" "INSERT INTO marsad.later VALUES(1)" "${ROLES}a_writer" || complain "a writer does not add to a later table"
refused writer "DELETE FROM marsad.later"
refused reader "INSERT INTO marsad.later VALUES(1)"
# a table that the program does not know is told
run archive init "$M" --roles "$ROLES"
expect_status 3
expect_err "table 'later' is not known"
sql "$NAME" "DROP TABLE marsad.later" "${ROLES}a_migrator"
run archive init "$M" --roles "$ROLES"
expect_status 0

# called again by a mere migrator, and by who may do everything, it knows which roles they are
owned="SELECT nspowner::regrole, (SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles WHERE rolname LIKE 'marsad%') FROM pg_namespace WHERE nspname = 'marsad'"
sql "$NAME" "$owned" >first
for who in "$M" "$URL"; do
    run archive init "$who"
    expect_status 0
    expect_out "GRANT ${ROLES}reader TO name"
done
sql "$NAME" "$owned" >second
expect_same first second
sql "$NAME" "$rights" >second
expect_same first.rights second

# releases of a server lie under the database's name, whatever stands behind it
XDG_DATA_HOME=$WORK "$MARSAD" serve --quiet --read-only --archive "$R?sslmode=disable&sslrootcert=/nowhere/ca.pem" --listen 127.0.0.1:0 >served 2>err &
server=$!
for _ in $(seq 150); do [ -s served ] || sleep 0.1; done
ran="marsad serve"
kill -TERM "$server"
wait "$server"
[ -d "marsad/releases-$NAME" ] || complain "there is no folder of releases: $(ls marsad; cat err)"

# no message has told the password; one that was written where it cannot be read is not shown either
for url in "postgresql://u:hidden-word@127.0.0.1:1/x" "postgresql://u:hidden-word@[::1/x" "postgresql://u:hid/den-word@h/x" "postgresql://h/x?password=hidden-word" \
    "postgresql://u@h/x?password=hidden-word&nonsense=1" "postgresql://u:hidden-word@127.0.0.1:1/x?sslmode=nonsense"; do
    for words in "articles --archive" "ingest --archive" "archive init" "archive fingerprint" "serve --archive"; do
        # shellcheck disable=SC2086 # words
        run $words "$url"
        expect_status 3
        if grep -q 'hidden-word\|den-word' out err; then complain "a password is told: $words $url"; fi
    done
done
sql postgres "DROP DATABASE $NAME"
for who in a_reader a_writer a_migrator a_nobody reader writer migrator; do sql postgres "DROP ROLE ${ROLES}$who"; done
finish
