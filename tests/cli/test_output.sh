#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2086 # "run read" is no read; words are split on purpose
# Output that cannot be written is a failure that is told, not a death.
source "$(dirname "$0")/lib.sh"

python3 - <<'END'
import json
with open("many.jsonl", "w", encoding="utf-8") as out:
    for i in range(3000):
        print(json.dumps({"id": str(i), "published": "2016-05-10", "text": "قصفت طائرات حربية مدينة حلب أمس."}), file=out)
END
for jobs in 1 4; do
    "$MARSAD" read -f jsonl --jobs $jobs many.jsonl 2>err | head -1 >out
    status=${PIPESTATUS[0]}
    ran="marsad read | head"
    expect_status 1
    expect_lines 1
    expect_err "cannot write output"
    [ "$(wc -l <err)" -eq 1 ] || complain "more than one message"
done
if [ -e /dev/full ]; then
    for arguments in "read -f jsonl" "read -f table" "read -f conllu" "explain" "read -f jsonl -j 4"; do
        "$MARSAD" $arguments many.jsonl >/dev/full 2>err
        status=$?
        ran="marsad $arguments >/dev/full"
        expect_status 1
        expect_err "cannot write output: No space"
        [ "$(wc -l <err)" -eq 1 ] || complain "more than one message"
    done
    run read -f jsonl -o /dev/full many.jsonl
    expect_status 1
    expect_err "cannot write output: No space"
    for arguments in help "help read" "help --man" version "lexicon dump" "gazetteer find حلب"; do
        "$MARSAD" $arguments >/dev/full 2>err
        status=$?
        ran="marsad $arguments >/dev/full"
        expect_status 1
        expect_err "cannot write output"
    done
fi
"$MARSAD" read -f jsonl many.jsonl >&- 2>err
status=$?
ran="marsad read >&-"
expect_alive

run read -f jsonl many.jsonl
expect_status 0
cp out whole.out
run read -f jsonl -o file.out many.jsonl
expect_status 0
expect_empty
expect_same whole.out file.out
run read -f jsonl -o missing/file.out many.jsonl
expect_status 1
expect_err "missing/file.out"

finish
