#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
# Tables that are sent to the server: rows of one text are all kept, and what cannot be is told as a fault.
source "$(dirname "$0")/lib.sh"
command -v curl >/dev/null || skip "no curl"
run ingest --archive a.marsad "$HERE/../../samples/reports.jsonl"
printf "correct horse battery\n" | "$MARSAD" account add amal --archive a.marsad --roles editor >out 2>err || complain "no account"
run token add amal table --archive a.marsad --scopes read,edit
expect_status 0
token=$(grep -o '[A-Za-z0-9_-]\{43,\}' out | tail -1)

"$MARSAD" serve --archive a.marsad --listen 127.0.0.1:0 --no-sandbox >served 2>serve.err &
server=$!
trap 'kill "$server" 2>/dev/null; chmod -R u+rwX "$WORK"; rm -rf "$WORK"' EXIT
for _ in $(seq 300); do
    [ -s served ] && break
    sleep 0.1
done
url=$(head -1 served)

# import FORM FILE [true]: what the server answers, in ./out
import()
{
    python3 -c 'import json, sys; print(json.dumps({"form": sys.argv[1], "name": sys.argv[2], "content": open(sys.argv[2], encoding="utf-8").read(), "dry": sys.argv[3] == "true"}))' \
        "$1" "$2" "${3:-false}" >body
    curl -s -m 60 -H "Authorization: Bearer $token" -H 'Content-Type: application/json' --data-binary @body "$url/api/v1/imports" >out 2>err
    ran="import $2"
}

cat >same.csv <<'CSV'
outlet,text,kind,place,day
مكتب التجربة,قصف على المدينة اليوم,shelling,SY-0777,2016-05-01
مكتب التجربة,قصف على المدينة اليوم,shelling,SY-0777,2016-05-03
مكتب التجربة,قصف على المدينة اليوم,shelling,SY-0084,2016-05-03
CSV
import csv same.csv true
expect_out '"dry":true,"articles":1,"rows":3,"added":1,"known":0,"faults":\[\]'
import csv same.csv
expect_out '"articles":1,"rows":3,"added":1,"known":0,"faults":\[\]'
import csv same.csv
expect_out '"articles":1,"rows":3,"added":0,"known":1,"faults":\[\]'
run records --archive a.marsad -f csv --from 2016-05-01 --to 2016-05-03
[ "$(grep -c 'مكتب التجربة' out)" -eq 3 ] || complain "not all rows of one text are kept"

# a further row of a report that is stored is no known row
sed '3,4d; s/05-01/05-04/' same.csv >other.csv
for dry in true false; do
    import csv other.csv $dry
    expect_out '"articles":1,"rows":1,"added":0,"known":0,"faults":\[{"row":2,"message":"the archive has this report with other records'
done
run verify --archive a.marsad
expect_status 0
finish
