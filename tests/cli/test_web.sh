#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162 # "run read" is no read
# Pages, feeds and web archives: by their names or as --input says; what is bad costs itself alone and is told.
source "$(dirname "$0")/lib.sh"
SEEDS=$HERE/../fuzz/seeds

# by name
cp "$SEEDS/html/page.html" a.html
cp "$SEEDS/html/page-1256.html" b.htm
cp "$SEEDS/rss/rss.xml" c.xml
cp "$SEEDS/rss/atom.xml" d.atom
cp "$SEEDS/rss/rdf.xml" e.rss
run read -f jsonl a.html b.htm c.xml d.atom e.rss
expect_status 1 # one item of the feed has no text
expect_lines 8
expect_out '^{"id":"https://news.example/reports/17","source":"صحيفة المثال","published":"2016-05-10","title":"معارك في محيط بلدة \\"المثال\\""'
expect_out '^{"id":"https://agency.example/1","source":"وكالة المثال","published":"2016-05-10"'
expect_err "b.htm:1: note: converted from windows-1256"
expect_err "no text at line 23 of 'c.xml'"
expect_out '"kind":"airstrike"'

# the page in either encoding gives the same records
run read -f jsonl a.html
sed 's/"sha256":"[^"]*"//; s/"id":"[0-9a-f]*"//g' out >a.out
run read -f jsonl b.htm
sed 's/"sha256":"[^"]*"//; s/"id":"[0-9a-f]*"//g' out >b.out
expect_same a.out b.out

# as said, also from standard input
cp a.html page.txt
run read -f jsonl --input html page.txt
expect_out '"id":"https://news.example/reports/17"'
run read -f jsonl --input rss - <c.xml
expect_lines 3
run explain a.html
expect_status 0
expect_out '>>'
run read --input sgml a.html
expect_status 2

# an archive: what is skipped is counted
python3 - <<'END'
import gzip
page = open("a.html", "rb").read()
def record(kind, block):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://crawled.example/1\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"
answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
records = [record("request", b"GET / HTTP/1.1\r\n\r\n"), record("response", answer + page), record("response", b"HTTP/1.1 404 Not Found\r\n\r\n"),
           record("response", answer + b"<p>no"), record("response", answer + page)]
open("all.warc", "wb").write(b"".join(records))
open("all.warc.gz", "wb").write(b"".join(gzip.compress(r) for r in records))
open("cut.warc", "wb").write(b"".join(records)[:-500])
open("zeros.warc.gz", "wb").write(gzip.compress(bytes(1 << 30), 1))
open("bomb.xml", "w").write('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><item><description>&b;</description></item></rss>')
open("file.xml", "w").write('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><description>&a;</description></item></rss>')
END
for archive in all.warc all.warc.gz; do
    run read -f jsonl "$archive"
    expect_status 1
    expect_lines 2
    expect_err "$archive: note: records skipped: 1: no answer of a web server"
    expect_err "$archive: note: records skipped: 1: the status of the answer is not 200"
    expect_err "no main text: no paragraph of 40 letters outside menus and links, at record 4 of '$archive'"
    mv out "$archive.out"
    mv err "$archive.err"
    run read -f jsonl -j 4 "$archive"
    expect_same out "$archive.out"
    expect_same err "$archive.err"
done

# bad input of every kind, with a good one behind each
for bad in cut.warc zeros.warc.gz bomb.xml file.xml "$SEEDS/html/links-only.html"; do
    run read -f jsonl "$bad" a.html
    expect_status 1
    expect_alive
    expect_out '"id":"https://news.example/reports/17"'
    expect_no_out root:
    case "$bad" in
    cut.warc) expect_err "cannot read record 5 at byte [0-9]* of 'cut.warc': it is cut short" ;;
    zeros.warc.gz) expect_err "cannot read record 1 at byte 0 of 'zeros.warc.gz': it is no WARC record" ;;
    *.xml) expect_err "cannot read feed '$bad': it has a document type" ;;
    *) expect_err "no main text" ;;
    esac
done
finish
