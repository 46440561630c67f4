#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
# marsad enqueue: files into the outbox, once, whatever happens; and what is listed of it.
source "$(dirname "$0")/lib.sh"

seeds=$HERE/../fuzz/seeds

# what the outbox holds, a line a parcel: sql [ARCHIVE [COLUMNS]]
sql()
{
    python3 - "${1:-a.marsad}" "$2" <<'END'
import sqlite3, sys
for row in sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).execute(sys.argv[2]):
    print("|".join("" if cell is None else str(cell) for cell in row))
END
}

# --- what is put in --------------------------------------------------------------------------------------------------------
report >report.txt
mkdir -p news/deep
cp "$seeds/rss/rss.xml" news/feed.xml
cp "$seeds/html/page-1256.html" news/deep/page.html
cp "$seeds/warc/members.warc.gz" news/deep/crawl.warc.gz
cp "$seeds/jsonl/two.jsonl" news/two.jsonl
run enqueue --archive a.marsad --source 'المرصد' --published 2016-05-10 report.txt news
expect_status 0
expect_silence
expect_lines 1
expect_out '^10 items, 10 kept, 9 added, 0 could not be taken, ' # the web archive holds a page twice
sql a.marsad "SELECT input, place, line, sent FROM outbox ORDER BY key" >got
cat >want <<'END'
text|report.txt|1|
warc|news/deep/crawl.warc.gz|1|
html|news/deep/page.html|1|
rss|news/feed.xml|8|
rss|news/feed.xml|17|
rss|news/feed.xml|23|
rss|news/feed.xml|27|
jsonl|news/two.jsonl|1|
jsonl|news/two.jsonl|2|
END
expect_same got want
sql a.marsad "SELECT given FROM outbox WHERE place = 'report.txt'" >got
echo '{"fallback":{"source":"المرصد","published":"2016-05-10"}}' >want
expect_same got want

# nothing of it is known to the archive as news, and it is whole
run articles --archive a.marsad -f jsonl
expect_status 0
expect_empty
run verify --archive a.marsad
expect_status 0
run log --archive a.marsad -f jsonl
expect_empty

# --- again, and other files of the same content ------------------------------------------------------------------------------
run enqueue --archive a.marsad --source 'المرصد' --published 2016-05-10 report.txt news
expect_status 0
expect_out '^0 items, 0 kept, 0 added, 0 could not be taken, 5 files done before, '
run enqueue --archive a.marsad --source 'المرصد' --published 2016-05-10 --no-resume report.txt
expect_out '^1 items, 1 kept, 0 added, '
cp report.txt other.txt
run enqueue --archive a.marsad --source 'المرصد' --published 2016-05-10 other.txt
expect_out '^1 items, 1 kept, 0 added, '
# what is said of it is another: so is the parcel, and the file is gone through again
run enqueue --archive a.marsad --source 'وكالة' report.txt
expect_out '^1 items, 1 kept, 1 added, '
# it grew
echo '{"text":"قتل خمسة مدنيين"}' >>news/two.jsonl
run enqueue --archive a.marsad --source 'المرصد' --published 2016-05-10 news
expect_out '^3 items, 3 kept, 1 added, 0 could not be taken, 3 files done before, '

# --- standard input ------------------------------------------------------------------------------------------------------------
run enqueue --archive b.marsad --input jsonl - <"$seeds/jsonl/two.jsonl"
expect_status 0
expect_out '^2 items, 2 kept, 2 added, '
run enqueue --archive b.marsad --input jsonl - <"$seeds/jsonl/two.jsonl"
expect_out '^2 items, 2 kept, 0 added, '
sql b.marsad "SELECT count(*) FROM backfill" >got
echo 0 >want
expect_same got want

# --- filters -------------------------------------------------------------------------------------------------------------------
cat >mixed.jsonl <<'END'
{"url":"https://www.news.example/1","text":"قصفت طائرات حربية أمس مدينة حلب مما أدى إلى مقتل خمسة مدنيين"}
{"url":"https://news.example:443/2","text":"Warplanes bombed the city of Aleppo yesterday, killing five civilians"}
{"url":"https://other.example/3","text":"قصفت طائرات حربية أمس مدينة إدلب مما أدى إلى مقتل ستة مدنيين"}
{"url":"https://NEWS.EXAMPLE/4","text":"به گزارش خبرگزاری\u200cها، جنگنده\u200cها دیروز شهر حلب را بمباران کردند"}
{"url":"https://badnews.example/5","text":"قصفت طائرات حربية أمس مدينة حماة مما أدى إلى مقتل سبعة مدنيين"}
{"text":"قصفت طائرات حربية أمس مدينة درعا مما أدى إلى مقتل ثمانية مدنيين"}
END
kept() { sql c.marsad "SELECT line FROM outbox ORDER BY line" | tr '\n' ' '; }
printf '# hosts\n\nNews.Example  # and its parts\n' >hosts.txt
run enqueue --archive c.marsad --language ar mixed.jsonl
expect_out '^6 items, 4 kept, 4 added, '
[ "$(kept)" = '1 3 5 6 ' ] || complain "kept are $(kept)"
rm -f c.marsad*
run enqueue --archive c.marsad --domains hosts.txt mixed.jsonl
expect_out '^6 items, 3 kept, 3 added, '
[ "$(kept)" = '1 2 4 ' ] || complain "kept are $(kept)"
# another filter is another run through the file
run enqueue --archive c.marsad --domains hosts.txt --language ar mixed.jsonl
expect_out '^6 items, 1 kept, 0 added, '
echo 'other.example' >>hosts.txt
run enqueue --archive c.marsad --domains hosts.txt --language ar mixed.jsonl
expect_out '^6 items, 2 kept, 1 added, '
run enqueue --archive c.marsad --language fa mixed.jsonl
expect_status 2
expect_err "'--language' takes one of ar, not 'fa'"

# --- what is wrong is told -------------------------------------------------------------------------------------------------------
run enqueue --archive d.marsad
expect_status 2
expect_err 'nothing named'
run enqueue --archive d.marsad --domains missing.txt report.txt
expect_status 2
expect_err missing.txt
for line in 'https://news.example/' 'news example' '.example' 'news..example' '*.example'; do
    echo "$line" >bad.txt
    run enqueue --archive d.marsad --domains bad.txt report.txt
    expect_status 2
    expect_err 'bad.txt:1: .*is no name of a host'
done
echo '# none' >bad.txt
run enqueue --archive d.marsad --domains bad.txt report.txt
expect_status 2
expect_err 'names no host'
run enqueue --archive d.marsad --published 2016-02-30 report.txt
expect_status 2
expect_err 2016-02-30
run enqueue --archive d.marsad --source "$(printf 'a\377')" report.txt
expect_status 2
expect_err UTF-8
run enqueue --archive d.marsad missing.txt report.txt
expect_status 1
expect_err "'missing.txt'"
expect_out '^1 items, 1 kept, 1 added, '
cp report.txt "$(printf 'a\377.txt')"
run enqueue --archive d.marsad --no-resume "$(printf 'a\377.txt')" report.txt
expect_status 1
expect_err UTF-8
expect_out '^2 items, 1 kept, 0 added, '
head -c 300 "$seeds/warc/members.warc.gz" >cut.warc.gz
run enqueue --archive d.marsad cut.warc.gz
expect_status 1
expect_err "'cut.warc.gz'"
expect_out ' 1 could not be taken, '
# a second look at it has nothing new to tell
run enqueue --archive d.marsad cut.warc.gz
expect_status 0
expect_silence
run enqueue --archive report.txt report.txt
expect_status 3
expect_err report.txt
run enqueue --archive d.marsad report.txt --nowhere
expect_status 2

# --- tables ----------------------------------------------------------------------------------------------------------------------
run outbox --archive a.marsad -f jsonl --limit 2
expect_status 0
expect_lines 2
expect_out '"place":"report.txt","line":1,'
last=$(tail -n 1 out | sed 's/.*"id":"\([^"]*\)".*/\1/')
run outbox --archive a.marsad -f jsonl --after "$last"
expect_lines 9
run dead-letters --archive a.marsad -f jsonl
expect_status 0
expect_empty
# --- dead letters on their way back ------------------------------------------------------------------------------------------------
cp a.marsad back.marsad
run dead-letters back --archive back.marsad
expect_status 0
expect_silence
expect_out '^0 dead letters are in the outbox again$'
python3 - back.marsad <<'END'
import sqlite3
import sys
with sqlite3.connect(sys.argv[1]) as db:
    db.execute("INSERT INTO dead_letter(id, input, place, line, size, queued, time, deliveries, reason, given, bytes) SELECT id, input, place, line,"
               " size, queued, 7, 5, 'x', given, bytes FROM outbox LIMIT 3")
    db.execute("DELETE FROM outbox WHERE id IN (SELECT id FROM dead_letter)")
END
run dead-letters --archive back.marsad -f jsonl
expect_lines 3
dead=$(tail -n 1 out | sed 's/.*"id":"\([^"]*\)".*/\1/')
run dead-letters back --archive back.marsad "$dead" Q-0000000000000000
expect_status 0
expect_out '^1 dead letters are in the outbox again$'
run dead-letters back --archive back.marsad "$dead"
expect_out '^0 dead letters are in the outbox again$'
run dead-letters back --archive back.marsad
expect_out '^2 dead letters are in the outbox again$'
run outbox --archive back.marsad -f jsonl
expect_lines 11
run dead-letters --archive back.marsad -f jsonl
expect_empty
run dead-letters back --archive back.marsad ''
expect_status 2
expect_err 'no id of a dead letter'
run dead-letters back --archive back.marsad "$dead-and-more-than-an-id-has"
expect_status 2
run dead-letters back --archive none.marsad
expect_status 3

run enqueue --archive a.marsad --resend
expect_status 0
expect_silence
expect_out '^11 parcels are to be sent$'
mkdir empty
run enqueue --archive a.marsad empty
expect_status 0
expect_err 'no file in what is named'

# --- killed in the middle, again and again: nothing twice, nothing missing ---------------------------------------------------------
python3 - >large.jsonl <<'END'
import json
for number in range(30000):
    print(json.dumps({"source": "وكالة", "url": f"https://news.example/{number}", "text": f"قصفت طائرات حربية مدينة حلب {number} " * 6}, ensure_ascii=False))
END
run enqueue --archive whole.marsad large.jsonl
expect_out '^30000 items, 30000 kept, 30000 added, '
sql whole.marsad "SELECT id, line, given FROM outbox ORDER BY key" >want

stored() { [ ! -e e.marsad ] && echo 0 || sql e.marsad "SELECT count(*) FROM outbox" 2>/dev/null || echo 0; }
kills=0
for part in 2000 9000 16000; do
    "$MARSAD" enqueue --archive e.marsad large.jsonl >out 2>err &
    enqueuer=$!
    while kill -0 "$enqueuer" 2>/dev/null && [ "$(stored)" -lt "$part" ]; do :; done
    kill -9 "$enqueuer" 2>/dev/null && kills=$((kills + 1))
    wait "$enqueuer" 2>/dev/null
done
ran='enqueue, killed'
[ "$kills" -gt 0 ] || complain 'it was never at work when it was to be killed'
known=$(sql e.marsad 'SELECT items FROM backfill')
[ "$known" -eq "$(stored)" ] || complain "$known items are known, $(stored) are stored"
[ "$known" -lt 30000 ] || complain 'it was done before it was killed'
run enqueue --archive e.marsad large.jsonl
expect_status 0
expect_out "^$((30000 - known)) items, $((30000 - known)) kept, $((30000 - known)) added, "
sql e.marsad "SELECT id, line, given FROM outbox ORDER BY key" >got
expect_same got want
sql e.marsad "SELECT position = size, items, taken FROM backfill" >got
echo '1|30000|30000' >want
expect_same got want

finish
