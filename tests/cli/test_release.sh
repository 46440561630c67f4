#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162 # "run ..." is no read
# Releases: sealed, checked, compared, and made again byte for byte whatever came after.
source "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1463000000 MARSAD_PERSON=amal

m() { run "$@" --archive a.marsad; }
record() { "$MARSAD" records --archive a.marsad -f csv | sed -n "$(($1 + 1))p" | cut -d, -f1; }

samples=$HERE/../../samples/observatory.jsonl
head -20 "$samples" >first.jsonl
tail -n +21 "$samples" >second.jsonl
m ingest first.jsonl
edited=$(record 5) gone=$(record 9)
m accept "$edited"

# nothing leaves without a profile
m release -o r0
expect_status 2
expect_err 'without a safety profile'
m release --profile none -o r0
[ "$status" -ne 0 ] && [ ! -e r0 ] || complain "a release without a profile was made"

m release --profile public -o r1 --title 'Observatory' --licence 'CC BY 4.0'
expect_status 0
expect_out "^release 1 in 'r1'"
for file in incidents.jsonl incidents.acled.csv incidents.ged.csv incidents.geojson changes.csv withdrawn.csv CODEBOOK.md LOSS.md LICENCE CITATION MANIFEST.sha256 \
    rules/grades.tsv rules/safety/public.json; do
    [ -s "r1/$file" ] || complain "the release has no '$file'"
done
(cd r1 && sha256sum --quiet -c MANIFEST.sha256) || complain "the manifest is wrong"
grep -q 'CC BY 4.0' r1/LICENCE || complain "the licence is another"
run verify-release r1
expect_status 0
manifest=$(sha256sum <r1/MANIFEST.sha256 | cut -d' ' -f1)
expect_out "^ok: manifest $manifest\$"
m log -f csv
expect_out ",release,1,.*manifest $manifest"
m release --profile public -o r1
expect_status 1
expect_err 'File exists'

# more news and other decisions: the first release is still the same, byte for byte
export SOURCE_DATE_EPOCH=1463100000
m ingest second.jsonl
m edit "$edited" --figure killed:3:4:- -r 'the text says so'
m merge "$(record 3)" --with "$(record 12)"
m reject "$gone" -r 'withdrawn by its source'
m release --rebuild 1 -o again1
expect_status 0
diff -r r1 again1 >differences || complain "the release is not the same: $(head -3 differences)"

m release --profile public -o r2
expect_status 0
m release --rebuild 2 -o again2
diff -r r2 again2 >differences || complain "the second release is not the same"
grep -q "^$gone,rejected" r2/withdrawn.csv || complain "what was withdrawn is not told"
grep -q "^$edited,changed,figures," r2/changes.csv || complain "what was changed is not told"
grep -q '^I-.*,added,' r2/changes.csv || complain "what was added is not told"
grep -q "$gone" r2/incidents.jsonl && complain "what was withdrawn is in the data"

# changes are those between the folders, and between the numbers
run diff r1 r2 -f csv
expect_status 0
expect_same out r2/changes.csv
m diff 1 2 -f csv
expect_status 0
expect_same out r2/changes.csv
m diff 1 1
expect_err '0 rows: the releases say the same'
m diff 1 7
expect_status 3
expect_err 'no release 7'

# a release that was touched
sed -i '1s/id/ID/' again2/changes.csv
rm again2/LICENCE
run verify-release again2
expect_status 1
expect_out "^wrong: 'changes.csv' is not what the manifest tells of"
expect_out "^wrong: 'LICENCE' is missing"

m verify --views
expect_status 0
# words of the report do not leave in what changed
grep -q 'words":"[^"]' r2/changes.csv && complain "words are told that the profile withholds"
finish
