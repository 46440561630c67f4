#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2086 # "run read" is no read; words are split on purpose
# JSON Lines: a bad line costs that line alone; threads change nothing.
source "$(dirname "$0")/lib.sh"

python3 - <<'END'
import json
report = "قصفت طائرات حربية مدينة حلب أمس.\nواعتقلت الشرطة ثلاثة أشخاص في دمشق.\n"
with open("mixed.jsonl", "w", encoding="utf-8") as out:
    print(json.dumps({"id": "one", "source": "رويترز", "published": "2016-05-10", "title": "عنوان", "text": report}), file=out)
    print("{bad", file=out)
    print("", file=out)
    print(json.dumps({"id": "two", "published": None, "text": report}, ensure_ascii=False), file=out)
    print(json.dumps({"id": "no text"}), file=out)
    print(json.dumps(["no object"]), file=out)
    print(json.dumps({"id": {"a": 1}, "text": report}), file=out)
    print(json.dumps({"id": "number", "text": 5}), file=out)
    print('{"id":"lone","text":"\\ud800"}', file=out)
    print(json.dumps({"id": "three", "published": "2016-05-10", "text": report}), end="", file=out)  # no newline at the end
END
run read --output jsonl mixed.jsonl
expect_status 1
expect_lines 3
for id in one two three; do expect_out "^{\"id\":\"$id\""; done
for line in 2 5 6 7 8 9; do expect_err "line $line of 'mixed.jsonl'\|mixed.jsonl:$line:"; done
expect_no_err "line 3 "
expect_out '"source":"رويترز","published":"2016-05-10","title":"عنوان"'
[ "$(grep -c 'without a day' err)" -eq 1 ] || complain "the note on dates is not given once"

# the kind of input: by name, or as said
cp mixed.jsonl mixed.data
run read -f jsonl --input jsonl mixed.data
expect_lines 3
run read -f jsonl --input=text mixed.jsonl
expect_lines 1
run read -f jsonl -i jsonl - <mixed.jsonl
expect_lines 3

# a day that is none: told with its line
printf '{"id":"a","published":"2016-02-30","text":"قصفت طائرات حربية مدينة حلب أمس."}\n' >day.jsonl
run read -f jsonl day.jsonl
expect_err "day.jsonl.*2016-02-30"
expect_no_out '2016-02-30'

# fallbacks fill what is not given, and only that
run read -f jsonl --source NAME --published 2016-06-01 mixed.jsonl
expect_out '^{"id":"two","source":"NAME","published":"2016-06-01"'
expect_out '^{"id":"one","source":"رويترز","published":"2016-05-10"'
expect_no_err "without a day"

# many articles with one thread and with several: the same bytes, messages too
python3 - <<'END'
import json
with open("many.jsonl", "w", encoding="utf-8") as out:
    for i in range(1500):
        text = "قصفت طائرات حربية مدينة حلب أمس.\n" * (1 + i * i % 37 + (400 if i % 211 == 0 else 0))
        print(json.dumps({"id": str(i), "published": "2016-05-10", "text": text}) if i % 97 else "{bad", file=out)
END
run read -f jsonl many.jsonl
expect_status 1
mv out one.out
mv err one.err
for jobs in 2 4 64; do
    run read -f jsonl --jobs $jobs many.jsonl
    expect_status 1
    expect_same one.out out
    expect_same one.err err
done
run read -f jsonl -j4 mixed.jsonl many.jsonl mixed.jsonl
[ "$(head -3 out | md5sum)" = "$(tail -3 out | md5sum)" ] || complain "files are not read in order"
expect_lines $((3 + $(wc -l <one.out) + 3))
run read -j 3 -f table many.jsonl
expect_status 1

# one article at a time through a pipe: each is answered before the next is sent
python3 - "$MARSAD" <<'END' || complain "an article waits for the next one"
import json, signal, subprocess, sys
signal.alarm(60)
marsad = subprocess.Popen([sys.argv[1], "read", "-i", "jsonl", "-f", "jsonl", "-p", "2016-05-10"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
for i in range(3):
    marsad.stdin.write(json.dumps({"id": str(i), "text": "قصفت طائرات حربية مدينة حلب أمس."}).encode() + b"\n")
    marsad.stdin.flush()
    assert json.loads(marsad.stdout.readline())["id"] == str(i)
marsad.stdin.close()
assert marsad.wait() == 0
END

finish
