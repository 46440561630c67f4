#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2086 # "run read" is no read; words are split on purpose
# Long and many: read in proportion, or refused with the reason.
source "$(dirname "$0")/lib.sh"

report | tr '\n' ' ' >sentences.txt
python3 - <<'END'
text = open("sentences.txt", encoding="utf-8").read()
open("line.txt", "w", encoding="utf-8").write(text * (10_000_000 // len(text.encode()) + 1))
open("no-stop.txt", "w", encoding="utf-8").write("قصف " * 1_400_000)
open("no-blank.txt", "w", encoding="utf-8").write("ب" * 5_000_000)
open("words.txt", "w", encoding="utf-8").write("قصف\nحلب\n" * 500_000)
open("marks.txt", "w", encoding="utf-8").write("ب" + "\u064e" * 5_000_000)
END
for file in line no-stop no-blank words marks; do
    timeout 100 "$MARSAD" read -f jsonl $file.txt >out 2>err
    status=$?
    ran="marsad read $file.txt"
    expect_status 0
    expect_lines 1
done

# over the limit: refused alone
python3 - <<'END'
import json
with open("huge.jsonl", "w", encoding="utf-8") as out:
    small = json.dumps({"id": "small", "text": "قصفت طائرات مدينة حلب."}, ensure_ascii=False)
    print(small, file=out)
    print('{"id":"huge","text":"' + "قصف " * 10_000_000 + '"}', file=out)
    print(small, file=out)
END
run read -f jsonl huge.jsonl
expect_status 1
expect_lines 2
expect_err "64 MiB"

finish
