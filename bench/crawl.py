#!/usr/bin/env python3
"""Writes a web archive like those of a news crawl: `bench/crawl.py FILE [PAGES [SEED]]`, 5,000 pages if not said.

Each record is a gzip member of its own: a warcinfo, then for each page its request and its answer, as crawlers write them. Pages are mostly scripts, styles and
menus around some kilobytes of text, in the languages of the world's press; the share of each is in LANGUAGES. The same seed gives the same bytes.
What is in it is told as JSON on standard output: pages, bytes unpacked, pages of each language.
"""

import json
import random
import sys
import zlib

# Words that are frequent in the press of each language; share of pages in a hundred; what pages declare and are written in.
LANGUAGES = {
    "en": (46, "utf-8", "the of and to in a is that for it said was on government people president war police city state with from have after"),
    "es": (12, "utf-8", "de la que el en y a los del se las por un para con una su gobierno presidente según más año después también país"),
    "de": (7, "utf-8", "der die und in den von zu das mit sich des auf für ist im dem nicht ein Regierung Präsident über nach könnte Straße"),
    "ru": (10, "utf-8", "и в не на что с по как но они все это правительство президент город сказал войска после также страны человек"),
    "ru-1251": (2, "windows-1251", "и в не на что с по как но они все это правительство президент город сказал войска после также страны человек"),
    "zh": (8, "utf-8", "的 一 是 在 不 了 有 和 人 这 中 大 为 上 个 国 我 以 要 他 时 来 用 们 政府 总统 城市 人民 表示 记者"),
    "fa": (3, "utf-8", "در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت می\u200cشود وی شد کشور دولت پس جنگ شهر چند گروه ژنرال"),
    "ur": (1, "utf-8", "کے میں کی ہے اور سے کا کو اس نے پر کہ ہیں ایک بھی تھا حکومت صدر شہر کہا گیا لوگوں ڈاکٹر پولیس بڑی جنگ ٹیم"),
    "ckb": (1, "utf-8", "لە بە بۆ کە و ئەو ئەم لەگەڵ حکومەت سەرۆک شار گوتی هێزەکان دەکات کوردستان هەرێمی پێش دوای چەک خەڵک ڕۆژنامە"),
    "ar": (8, "utf-8", "في من على إلى أن عن التي الذي هذا هذه مع كان قال الحكومة الرئيس مدينة قوات الجيش السورية قتل قصف غارة جوية المعارضة حلب إدلب مدنيين أمس اليوم"),
    "ar-1256": (2, "windows-1256", "في من على إلى أن عن التي الذي هذا هذه مع كان قال الحكومة الرئيس مدينة قوات الجيش السورية قتل قصف غارة جوية المعارضة حلب إدلب مدنيين أمس اليوم"),
}
HOSTS = 400


def words(rng, vocabulary, count):
    return " ".join(rng.choices(vocabulary, k=count))


def script(rng, size):
    """What fills pages: names and numbers, as a minifier leaves them."""
    parts, used = [], 0
    while used < size:
        part = f"function _{rng.getrandbits(24):x}(a,b){{var c=document.querySelector('.{rng.getrandbits(20):x}');if(c&&a<{rng.randrange(99999)}){{c.style.top=b+'px'}}}}"
        parts.append(part)
        used += len(part)
    return "".join(parts)


def page(rng, language, vocabulary, charset):
    menu = "".join(f'<li class="menu-item item-{i}"><a href="/section/{i}" title="x">{words(rng, vocabulary, 2)}</a></li>' for i in range(60))
    body = "".join(f"<p>{words(rng, vocabulary, rng.randrange(40, 90))}.</p>\n" for _ in range(rng.randrange(5, 14)))
    related = "".join(
        f'<div class="card"><a href="/news/{rng.getrandbits(30)}.html"><img src="/img/{rng.getrandbits(40):x}.jpg" alt="" width="300" height="200">'
        f"<h3>{words(rng, vocabulary, 9)}</h3></a></div>"
        for _ in range(40)
    )
    return (
        f'<!DOCTYPE html><html lang="{language[:2]}"><head><meta charset="{charset}"><title>{words(rng, vocabulary, 8)}</title>'
        f'<script>{script(rng, rng.randrange(10000, 45000))}</script><style>{script(rng, 12000)}</style></head><body><ul>{menu}</ul>'
        f"<article><h1>{words(rng, vocabulary, 9)}</h1>{body}</article><section>{related}</section>"
        f"<script>{script(rng, rng.randrange(5000, 20000))}</script></body></html>"
    ).encode(charset)


def record(kind, uri, content_type, block):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
    if uri:
        head += f"WARC-Target-URI: {uri}\r\n"
    head += f"WARC-Date: 2024-05-10T12:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def gzip_member(data):
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def main():
    path, pages = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    names = list(LANGUAGES)
    shares = [LANGUAGES[name][0] for name in names]
    told = {"pages": pages, "bytes": 0, "languages": dict.fromkeys(names, 0)}
    with open(path, "wb") as out:

        def put(data):
            told["bytes"] += len(data)
            out.write(gzip_member(data))

        put(record("warcinfo", "", "application/warc-fields", b"software: crawl\r\n"))
        for number in range(pages):
            name = rng.choices(names, shares)[0]
            _, charset, text = LANGUAGES[name]
            host = f"www.host{rng.randrange(HOSTS)}.example"
            uri = f"https://{host}/{name}/{number}.html"
            html = page(rng, name, text.split(" "), charset)
            declared = f"; charset={charset}" if rng.random() < 0.8 else ""
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html{declared}\r\nServer: nginx\r\nX-Crawler-Content-Length: {len(html)}\r\n\r\n".encode()
            put(record("request", uri, "application/http; msgtype=request", f"GET /{name}/{number}.html HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()))
            put(record("response", uri, "application/http; msgtype=response", head + html))
            told["languages"][name] += 1
    json.dump(told, sys.stdout)
    print()


main()
