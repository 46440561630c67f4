#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091
# Feeds on the web: asked, asked again, failing in every way, one after the other, and none keeps the others from being read.
source "$(dirname "$0")/lib.sh"
mkdir www
python3 "$HERE/feed_server.py" 2>server.err &
server=$!
trap 'kill "$server" 2>/dev/null; chmod -R u+rwX "$WORK"; rm -rf "$WORK"' EXIT
for _ in $(seq 100); do [ -s port ] || sleep 0.1; done
[ -s port ] || { cat server.err; skip "no server can be started"; }
web=http://127.0.0.1:$(<port)
export SOURCE_DATE_EPOCH=1463000000 # 2016-05-11: the archive's clock stands where it is put
later() { SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + $1)); }
marsad() { run "$1" "$2" --archive a.marsad "${@:3}"; }
poll() { marsad feed poll --allow-private --gap 0 "$@"; }
item() { echo "<item><title>$1</title><link>$web/$1.html</link><pubDate>Tue, 10 May 2016 12:00:00 GMT</pubDate><description>$2</description></item>"; }
feed() { echo "<rss version='2.0'><channel><title>صحيفة المثال</title>$*</channel></rss>"; }
strike='قصفت طائرات حربية مدينة إدلب أمس مما أدى إلى مقتل خمسة مدنيين.'
clash='دارت اشتباكات عنيفة في مدينة حلب أمس بين تنظيم الدولة الإسلامية وقوات النظام السوري.'
feed "$(item one "$strike")" >www/news.xml

# none is added that is no address of the web; one is added once
marsad feed list
expect_status 3
for bad in ftp://example.org/x news.xml 'http://' 'http://x y/'; do
    marsad feed add "$bad"
    expect_status 2
    expect_err "is no address of the web"
done
marsad feed add "$web/news.xml" --name 'وكالة التجربة'
expect_status 0
marsad feed add "$web/news.xml"
expect_out "has '$web/news.xml' already"

# an address of this machine is asked only where that is allowed
run feed poll --archive a.marsad --gap 0
expect_status 1
expect_err "it leads to the private address 127.0.0.1"
[ ! -e asked ] || complain "a private address was asked"

# a minute later: news, under the name that was given
later 90
poll
expect_status 0
expect_out "1 articles added, 0 known already, 0 could not be read"
run articles --archive a.marsad -f csv
expect_out 'وكالة التجربة,2016-05-10,one'
run incidents --archive a.marsad -f csv
expect_out airstrike

# not due; then due and unchanged; then changed: what is known stays as it is
poll
expect_out "^0 of 1 feeds asked"
later 901
poll
expect_status 0
expect_out "nothing has changed"
grep -q '^/news.xml "[0-9a-f]*" Marsad/' asked || complain "the request was not conditional"
feed "$(item one "$strike")" "$(item two "$clash")" >www/news.xml
poll --all --contact desk@example.org
expect_out "1 articles added, 1 known already, 0 could not be read"
grep -q 'Marsad/[0-9.]* (+desk@example.org)' asked || complain "the server was not told whom to reach"
marsad feed list -f csv
expect_out "news.xml,وكالة التجربة,0,2016-05-11T21:09:51Z,2016-05-11T20:53:20Z,0,,2016-05-11T21:24:51Z,2016-05-11T21:09:51Z,2,1"

# failures of every kind beside a feed that works
python3 - <<'END'
page = open("www/page.html", "w")
page.write("<!DOCTYPE html><html><head><title>x</title></head><body><p>صفحة</p></body></html>")
entities = "".join(f"<!ENTITY e{i} '{'&e%d;' % (i - 1) * 10}'>" for i in range(1, 9))
open("www/bomb.xml", "w").write(f"<!DOCTYPE r [<!ENTITY e0 'aaaaaaaaaa'>{entities}]><rss><channel><item><description>&e8;</description></item></channel></rss>")
open("www/file.xml", "w").write("<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><rss><channel><item><description>&f;</description></item></channel></rss>")
END
feed "$(item one "$strike")" | head -c 300 >www/cut.xml
feed "<item><title>empty</title></item>$(item three "$clash")" >www/some.xml
echo 500 >www/down.xml.status
echo 503 7200 >www/busy.xml.status
for path in bomb.xml file.xml page.html cut.xml down.xml busy.xml gone.xml away huge long some.xml; do
    marsad feed add "$web/$path"
    expect_status 0
done
marsad feed add http://marsad-test.invalid/
feed "$(item one "$strike")" "$(item two "$clash")" "$(item four "$clash غدا")" >www/news.xml
poll --all
expect_status 1
expect_alive
expect_err "$web/bomb.xml': it has a document type"
expect_err "$web/file.xml': it has a document type"
expect_err "cannot read feed '$web/page.html'"
expect_err "bad XML at line 1 of '$web/cut.xml'"
expect_err "$web/down.xml: the server answers with status 500"
expect_err "$web/busy.xml: the server answers with status 503"
expect_err "$web/gone.xml: the server answers with status 404"
expect_err "cannot fetch '$web/away': it leads to the private address 127.0.0.2"
expect_err "cannot fetch '$web/huge': it is over the limit of 16777216 bytes"
expect_err "cannot fetch '$web/long': it is over the limit of 16777216 bytes"
expect_err "cannot fetch 'http://marsad-test.invalid/'"
expect_err "no text at line 1 of '$web/some.xml'"
expect_out "$web/some.xml: 1 articles added, 0 known already, 1 could not be read"
expect_out "$web/news.xml: 1 articles added, 2 known already"
expect_out "^13 of 13 feeds asked: 0 unchanged, 11 failed; 2 articles added"
run problems --archive a.marsad -f csv
for path in bomb.xml file.xml page.html cut.xml down.xml busy.xml gone.xml away huge long some.xml; do
    expect_out "feed,$web/$path,"
done
expect_no_out root:

# what failed waits longer each time, and what a server asks for is kept even with --all
: >asked
poll
expect_out "^0 of 13 feeds asked"
later 80
poll
expect_out "$web/down.xml: failed 2 times in a row, asked again in [1-9][0-9]* s"
expect_no_out "busy.xml: failed"
poll --all
expect_out "$web/busy.xml: not asked: its server asks to wait for 7120 s more"
expect_out "$web/down.xml: failed 3 times in a row"
grep -q '^/busy.xml' asked && complain "a server that asked to wait was asked"
marsad feed list -f csv
expect_out "$web/down.xml,.*,3,the server answers with status 500,"

# well again; what failed last stays told
rm www/down.xml.status www/busy.xml.status
feed "$(item five "$strike وأصيب عشرة.")" >www/down.xml
later 7200
poll --all
expect_out "$web/down.xml: 1 articles added"
marsad feed list -f csv
expect_out "down.xml,,0,2016-05-11T23:11:11Z,2016-05-11T21:11:11Z,0,,"

# summaries only: the pages behind them are read instead, each once, also after one that failed
sed 's/<title>[^<]*/<title>صفحة/' "$HERE/../fuzz/seeds/html/page.html" >www/six.html
echo 503 >www/seven.html.status
feed "$(item six summary)" "$(item seven summary)" >www/short.xml
marsad feed add --pages "$web/short.xml"
poll
expect_out "$web/short.xml: 2 pages to fetch, 0 known already"
expect_out "$web/six.html: added"
expect_err "$web/seven.html: the server answers with status 503"
rm www/seven.html.status
cp www/six.html www/seven.html
later 901
: >asked
poll
expect_out "$web/short.xml: 1 pages to fetch, 1 known already"
grep -q '^/six.html' asked && complain "a page was fetched twice"
grep -q '^/seven.html' asked || complain "a page that failed was not asked again"
run articles --archive a.marsad -f csv
expect_out "news.example/reports/17"

# one request at a time to a host, with a gap
cp www/news.xml www/more.xml
marsad feed add "$web/more.xml"
later 901
began=$SECONDS
run feed poll --archive a.marsad --allow-private --gap 1 --all
[ $((SECONDS - began)) -ge 8 ] || complain "requests to one host came without a gap"

# removed: asked no more, its articles stay
marsad feed remove "$web/news.xml"
expect_status 0
marsad feed remove "$web/news.xml"
expect_status 2
expect_err "has no feed"
marsad feed list
expect_no_out news.xml
run articles --archive a.marsad -f csv
expect_out 'وكالة التجربة,2016-05-10,one'
run feed poll --archive a.marsad --gap x
expect_status 2
finish
