#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2086 # "run read" is no read; words are split on purpose
# Texts of every odd kind: nothing, other encodings, other spellings.
source "$(dirname "$0")/lib.sh"

# nothing to read
: >empty.txt
run read empty.txt
expect_status 1
expect_empty
expect_err "no text.*empty.txt"
printf '  \n\t \r\n\n' >blank.txt
run read blank.txt
expect_status 1
expect_empty
expect_err "no text.*blank.txt"
: >empty.jsonl
run read empty.jsonl
expect_status 0
expect_empty
run read - </dev/null
expect_status 1
expect_err "no text"

# the plain report
report >plain.txt
run read --output jsonl --published 2016-05-10 plain.txt
expect_status 0
expect_silence
expect_lines 1
expect_out '"kind":'
expect_out '"id":"plain"'
records --spans >plain.spans || complain "no records"
records plain.txt >plain.letters || complain "spans do not fit the text"

# from standard input: the same, but for the id
run read -f jsonl -p 2016-05-10 - <plain.txt
expect_status 0
records --spans | cmp -s - plain.spans || complain "standard input is read otherwise"
run read -f jsonl -p 2016-05-10 <plain.txt
expect_status 0
records --spans | cmp -s - plain.spans || complain "standard input is read otherwise"

# bytes that are no text
python3 - <<'END'
plain = open("plain.txt", "rb").read()
cut = plain.index(b"\n") + 1
open("nul.txt", "wb").write(plain[:cut] + b"\0\0 " + plain[cut:])
open("invalid.txt", "wb").write(plain[:cut] + b"\xff\xfe\xc3 " + plain[cut:])
END
run read -f jsonl -p 2016-05-10 nul.txt
expect_status 0
expect_err "nul.txt:1: note: .*byte $(($(head -1 plain.txt | wc -c)))"
records nul.txt | cmp -s - plain.letters || complain "NUL bytes change the records"
run read -f jsonl -p 2016-05-10 invalid.txt
expect_status 0
expect_err "invalid.txt:1: note: .*byte $(($(head -1 plain.txt | wc -c)))"
records <(tr '\377\376\303' ' ' <invalid.txt) | cmp -s - plain.letters || complain "invalid bytes change the records"
head -c 4096 /dev/urandom >noise.txt
run read -f jsonl noise.txt
expect_alive

# other encodings: converted, and a note says so; spans count bytes of the converted text
python3 - <<'END'
plain = open("plain.txt", encoding="utf-8").read()
open("windows.txt", "wb").write(plain.encode("windows-1256"))
for order in ("le", "be"):
    open(f"utf16{order}.txt", "wb").write(plain.encode(f"utf-16-{order}"))
    open(f"utf16{order}-mark.txt", "wb").write(("\ufeff" + plain).encode(f"utf-16-{order}"))
open("utf8-mark.txt", "wb").write(b"\xef\xbb\xbf" + plain.encode())
END
for file in windows utf16le utf16be utf16le-mark utf16be-mark; do
    run read -f jsonl -p 2016-05-10 $file.txt
    expect_status 0
    expect_err "$file.txt:1: note: "
    records --spans | cmp -s - plain.spans || complain "the encoding changes the records"
done
run read -f jsonl -p 2016-05-10 utf8-mark.txt
expect_status 0
records --spans | cmp -s - plain.spans || complain "the byte order mark changes the records"

# other spellings: the same records, and their spans lead to the letters as they are written
python3 - <<'END'
import re, unicodedata
plain = open("plain.txt", encoding="utf-8").read()

def write(name, text):
    open(name + ".txt", "w", encoding="utf-8").write(text)

word = re.compile("[\u0621-\u064a]+")
forms = {}
for code in range(0xFE80, 0xFEF5):
    form = chr(code)
    if unicodedata.name(form, "").endswith("ISOLATED FORM"):
        forms.setdefault(unicodedata.normalize("NFKC", form), form)
write("presentation", "".join(forms.get(c, c) for c in plain.replace("لا", "\ufefb")))
write("tatweel", word.sub(lambda m: "\u0640".join(m.group()), plain))
# a fatha on every letter but the last: no word becomes another
write("vowels", word.sub(lambda m: "\u064e".join(m.group()), plain))
write("direction", word.sub(lambda m: "\u202b" + m.group() + "\u202c", plain).replace(".", "\u200f."))
write("isolates", "\u2067" + plain.replace("\n", "\u2069\n\u2067") + "\u2069")
write("zero-width", word.sub(lambda m: m.group()[0] + "\u200c" + m.group()[1:] + "\u200b", plain))
END
for spelling in presentation tatweel vowels direction isolates zero-width; do
    run read -f jsonl -p 2016-05-10 $spelling.txt
    expect_status 0
    expect_silence
    records $spelling.txt >$spelling.letters || complain "spans do not fit the text"
    diff plain.letters $spelling.letters || complain "$spelling changes the records"
done
run read -p 2016-05-10 direction.txt
expect_status 0
expect_no_out "$(printf '\342\200\253')" # U+202B of the article would steer the table

finish
