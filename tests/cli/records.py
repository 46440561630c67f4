"""What the records on stdin say, one a line, in a form that can be compared.

usage: records.py [--spans] [TEXT]

--spans keeps the spans as they are (other encodings of one text). Otherwise each span becomes the letters it covers in the file TEXT, without vowel signs,
tatweel, direction marks and forms of presentation: the same for every spelling of one text.
"""
import json
import re
import sys
import unicodedata

keep_spans = "--spans" in sys.argv
files = [a for a in sys.argv[1:] if not a.startswith("--")]
text = open(files[0], "rb").read() if files else b""

MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def letters(span):
    start, end = span
    piece = text[start:end].decode("utf-8")  # a span that cuts a letter fails here
    assert start <= end <= len(text), span
    return MARKS.sub("", unicodedata.normalize("NFKC", piece)).strip()


def plain(value):
    if isinstance(value, dict):
        return {k: letters(v) if k in ("span", "trigger") and not keep_spans else plain(v)
                for k, v in value.items() if k not in ("id", "sha256") and (keep_spans or k != "sentence")}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value


count = 0
for line in sys.stdin:
    for record in json.loads(line)["records"]:
        count += 1
        print(json.dumps(plain(record), ensure_ascii=False, sort_keys=True))
if count == 0:
    sys.exit("no records")
