#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
# Tables that people filled in: what is right becomes records, all that is wrong is told with file, row and column.
source "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1463000000
csv() { run ingest --archive a.marsad "$@"; }

cat >a.csv <<'END'
outlet,url,published,title,text,kind,actor,target,place,governorate,day,start,end,killed,killed_low,killed_high,speaker,note
مكتب التجربة,,2016-05-07,,,airstrike,russia,civilians,حلب,,2016-05-06,,,3,,,sohr,seen twice
مكتب التجربة,https://x.example/1,2016-05-07,عنوان,"قال ""المرصد"" إن 5 مدنيين قتلوا بخان طومان، واتهم تنظيم الدولة الإسلامية.",shelling,People's Protection Units and Syrian Democratic Forces|isis,,خان طومان,,2016-05,,,5,,,sohr,
مكتب التجربة,https://x.example/1,2016-05-07,عنوان,"قال ""المرصد"" إن 5 مدنيين قتلوا بخان طومان، واتهم تنظيم الدولة الإسلامية.",clash,isis,,SY-0777,,,2016-05-01,2016-05-03,,2,7,,
مكتب التجربة,,2016-05-07,,,airstrike,russia,,المنصورة,الرقة,٢٠١٦-٠٥-٠٦,,,,,٧,,
END
# a dry run: nothing is stored, not even an archive made
csv --dry-run a.csv
expect_status 0
expect_silence
expect_lines 5
expect_out '^a.csv:2: would be added: kind: airstrike; actor: russia; target: civilians'
expect_out '^a.csv: 4 rows would be added, 0 known already, 0 repeated, 0 with errors'
[ ! -e a.marsad ] || complain "a dry run made an archive"

csv a.csv
expect_status 0
expect_silence
expect_out '^a.csv: 4 rows added, 0 known already, 0 repeated, 0 with errors'
run articles --archive a.marsad -f jsonl
expect_lines 3 # two rows are of one report
expect_out '"note":"seen twice"'
run records --archive a.marsad -f jsonl
expect_lines 4
expect_out '"rules":\["csv"\]'
python3 - <<'END' || complain "a record is not what its row says"
import json
rows = [json.loads(line)["record"] for line in open("out", encoding="utf-8")]
strike, shelling, clash, mansura = rows
text = 'قال "المرصد" إن 5 مدنيين قتلوا بخان طومان، واتهم تنظيم الدولة الإسلامية.'.encode()
assert strike["places"][0]["id"] == "SY-0084" and strike["targets"][0]["words"] == "civilians"
assert strike["when"]["start"] == strike["when"]["end"] == "2016-05-06" and strike["when"]["precision"] == "day"
assert [a["who"] for a in shelling["actors"]] == ["ypg_sdf", "isis"], shelling["actors"]
assert text[slice(*shelling["figures"][0]["span"])].decode() == "5"
assert text[slice(*shelling["places"][0]["span"])].decode() == "خان طومان"
assert shelling["actors"][0]["span"] == [0, 0] and shelling["actors"][1]["words"] == "تنظيم الدولة الإسلامية"
assert shelling["trigger"] == [0, 0] and shelling["sentence"] == [0, len(text)]
assert (shelling["when"]["start"], shelling["when"]["end"], shelling["when"]["precision"]) == ("2016-05-01", "2016-05-31", "month")
assert (clash["when"]["start"], clash["when"]["end"], clash["when"]["precision"]) == ("2016-05-01", "2016-05-03", "range")
assert clash["figures"][0] | {"span": 0} == {"of": "killed", "value": None, "bound": "vague", "low": 2, "high": 7, "span": 0, "words": ""}
assert mansura["places"][0]["admin1"] == "الرقة" and mansura["when"]["start"] == "2016-05-06"
assert mansura["figures"][0]["bound"] == "up_to" and mansura["figures"][0]["high"] == 7
END
run incidents --archive a.marsad -f csv --kind airstrike
expect_lines 3
run articles --archive a.marsad -f csv
[ "$(cut -d, -f1,6 out | sed 1d | awk -F, '$1 == $2' | wc -l)" -eq 3 ] || complain "lines that are made alike were taken for copies"

# the archive holds what its rows are known by: with a text and without, long and short, alike and repeated
python3 - <<'END'
rows = ["outlet,published,title,text,kind,place,day"]
long = "قصفت الطائرات الأحياء السكنية في المدينة وسقط عدد من القتلى والجرحى بحسب المرصد " * 200
for text in ("", "قصف", "قصف على المدينة اليوم وسقوط جرحى", long, "kind: clash; place: SY-0777; day: 2016-05-03"):
    for place, day in (("SY-0777", "2016-05-03"), ("SY-0084", "2016-05-03"), ("SY-0777", "2016-05-04"), ("SY-0777", "2016-05-03")):
        for published in ("", "2016-05-05"):
            rows.append(f"مكتب الصفوف,{published},,{text},clash,{place},{day}")
open("rows.csv", "w", encoding="utf-8").write("\n".join(rows) + "\n")
END
run ingest --archive rows.marsad rows.csv
expect_status 0
expect_out '^rows.csv: 28 rows added, 0 known already, 12 repeated, 0 with errors'
for archive in a rows; do
    run verify --views --archive "$archive.marsad"
    expect_status 0
    expect_out '^ok: '
    expect_lines 1
done

# again: all is known
run ingest --archive rows.marsad rows.csv
expect_out '^rows.csv: 0 rows added, 28 known already, 12 repeated, 0 with errors'
csv a.csv
expect_status 0
expect_out '^a.csv: 0 rows added, 4 known already, 0 repeated, 0 with errors'
csv --dry-run a.csv
expect_out '^a.csv: 0 rows would be added, 4 known already'

# the same table by another office: semicolons, windows-1256, line ends of Windows, names of its own
sed '1s/.*/medium;link;published;title;text;type;actor;target;place;governorate;day;start;end;killed;killed_low;killed_high;speaker;note/; 2,$s/,/;/g' a.csv |
    sed '2,$s/airstrike/air raid/; 2s/2016-05-07/2016-05-08/; 4d; 5d' | iconv -f UTF-8 -t WINDOWS-1256 | sed 's/$/\r/' >b.csv
printf '# what the office calls it\nfrom\tvalue\tto\nmedium\t\toutlet\nlink\t\t-\ntype\t\tkind\ntype\tair raid\tairstrike\n' >office.tsv
csv b.csv
expect_status 1
expect_err "b.csv:1: no column 'kind'"
csv --map office.tsv b.csv
expect_status 0
expect_err "b.csv:1: note: converted from windows-1256"
expect_no_err "is not known"
expect_out '^b.csv: 2 rows added, 0 known already'
csv --map nowhere.tsv b.csv
expect_status 1
expect_err "nowhere.tsv"

# every fault is told, and what is right goes on
cat >bad.csv <<'END'
outlet,published,kind,phase,actor,target,place,relation,governorate,day,start,end,killed,killed_low,killed_high,speaker,url,actr,text
مكتب,2016-05-07,airstike,,rusia,civilans,المنصورة,insde,,2016-13-06,,,x,9,7,zzzzzzzzzzzz,nowhere,,
,2016-05,airstrike,agreed,,,خان طومان,,الرقة,06/05/2016,,,3,1,,,,,
مكتب,,airstrike,,,,لا مكان هنا,,,,2016-05-03,2016-05-01,-1,,,,,,
مكتب,,airstrike,,,,,,,,,,,,,,,,
مكتب,2016-05-07,,,,,,,,2016-05-06,2016-05-01,,,,,,,,
مكتب,2016-05-07,clash,,isis,,خان طومان,,,2016-05-06
مكتب,2016-05-07,clash,,isis,,خان طومان,,,2016-05-06,,,,,,,,,"كلام" زائد
مكتب,2016-05-07,clash,,isis,,خان طومان,,,2016-05-06,,,,,,,,,
مكتب,2016-05-07,clash,,isis,,خان طومان,,,2016-05-06,,,,,,,,,
مكتب,2016-05-07,clash,,isis,,خان طومان,,,2016-05-06,,,,,,,,,"لا يغلق
مكتب,2016-05-07,clash,,isis|unknown,,خان طومان,near,,2016-05-05,,,2000000000,,,,,,
مكتب,2016-05-07,clash,,isis|unknown,,خان طومان,near,,2016-05-04,,,0,,,,,,
END
for dry in --dry-run ''; do
    # shellcheck disable=SC2086 # or none
    csv $dry bad.csv
    expect_status 1
    expect_alive
    expect_out "^bad.csv: 2 rows .*added, 0 known already, 1 repeated, 9 with errors"
    expect_err "bad.csv:1: note: column 'actr' is not known: passed over; is it 'actor'?"
    expect_err "bad.csv:2:kind: no kind 'airstike'; is it 'airstrike'?"
    expect_err "bad.csv:2:actor: no party 'rusia'; is it 'russia'?"
    expect_err "bad.csv:2:target: no party 'civilans'; is it 'civilians'?"
    expect_err "bad.csv:2:place: 'المنصورة' could be EG-[0-9]* (الدقهلية, EG), .*SY-0215 (الرقة, SY)"
    expect_err "bad.csv:2:relation: no relation 'insde'"
    expect_err "bad.csv:2:day: '2016-13-06' is no day"
    expect_err "bad.csv:2:killed: 'x' is no whole number"
    expect_err "bad.csv:2:killed_low: 9 is more than the high number, 7"
    expect_err "bad.csv:2:speaker: no party 'zzzzzzzzzzzz'"
    expect_err "bad.csv:2:url: 'nowhere' is no address of the web"
    expect_err "bad.csv:3:outlet: it is empty"
    expect_err "bad.csv:3:published: '2016-05' is no day YYYY-MM-DD"
    expect_err "bad.csv:3:phase: 'airstrike' has no phases"
    expect_err "bad.csv:3:governorate: no place 'خان طومان' in 'الرقة', but SY-0777 (حلب, SY)"
    expect_err "bad.csv:3:day: '06/05/2016' is no day"
    expect_err "bad.csv:3:killed: there are bounds already"
    expect_err "bad.csv:4:place: no place 'لا مكان هنا' in the gazetteer"
    expect_err "bad.csv:4:end: the end is before the start"
    expect_err "bad.csv:4:killed: '-1' is no whole number"
    expect_err "bad.csv:5:day: neither a day of the event nor one of publication is given"
    expect_err "bad.csv:6:kind: it is empty"
    expect_err "bad.csv:6:start: there is a day already"
    expect_err "bad.csv:7: it has 10 cells, the head line 19"
    expect_err "bad.csv:8: text stands behind a closing quote"
    expect_err "bad.csv:10: note: it says what row 9 says"
    expect_err "bad.csv:11: a quote opens that nothing closes"
    expect_err "bad.csv:12:killed: '2000000000' is no whole number"
done
run problems --archive a.marsad -f csv
expect_out 'csv,bad.csv,11,'
[ "$(grep -c 'csv,bad.csv,' out)" -ge 25 ] || complain "not all faults were kept"

# a report that is known, told with other records: not lost in silence
sed -n '1p; 3p' a.csv | sed 's/,shelling,/,abuse,/' >more.csv
csv more.csv
expect_status 1
expect_err "more.csv:2: the archive has this report with other records"
expect_out '^more.csv: 0 rows added, 0 known already, 0 repeated, 1 with errors'

# heads that cannot be, files that are none, and a table among articles
printf '' >empty.csv
csv empty.csv
expect_err "cannot read 'empty.csv': it has no head line"
printf 'kind,kind,outlet\n' >twice.csv
csv twice.csv
expect_err "twice.csv:1: two columns are 'kind'"
printf 'kind,day\nclash,2016-05-04\n' >short.csv
csv short.csv
expect_err "short.csv:1: no column 'outlet'"
csv --source مكتب short.csv
expect_out '^short.csv: 1 rows added'
head -c 4096 /dev/urandom >random.csv
csv random.csv nowhere.csv a.csv
expect_status 1
expect_alive
expect_err "cannot read 'nowhere.csv'"
expect_out '^a.csv: 0 rows added, 4 known already'
echo '{"id":"1","text":"قصفت طائرات مدينة إدلب."}' >one.jsonl
csv one.jsonl a.csv
expect_out '^a.csv: 0 rows added, 4 known already'
expect_out '^1 articles added'
csv --input csv - <a.csv
expect_out '^stdin: 0 rows added, 4 known already'
csv --dry-run one.jsonl
expect_status 2
expect_err "'--dry-run' is for tables (CSV) alone, and 'one.jsonl' is none"
finish
