#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2086 # "run read" is no read; words are split on purpose
# The lexicon and the gazetteer: found, named, and refused when they are damaged.
source "$(dirname "$0")/lib.sh"

report >good.txt
damage()
{
    python3 - "$1" "$2" <<'END'
import sys
source, name = sys.argv[1:]
whole = bytearray(open(source, "rb").read())
# both files begin: magic[8], version u32, byte order u32, size u64
def write(kind, data):
    open(f"{name}.{kind}", "wb").write(data)
def changed(at, value):
    copy = bytearray(whole)
    copy[at:at + len(value)] = value
    return copy
write("empty", b"")
write("magic", changed(0, b"SOMETHIN"))
write("version", changed(8, (99).to_bytes(4, sys.byteorder)))
write("order", changed(12, bytes(reversed(whole[12:16]))))
write("cut", whole[:len(whole) // 2])
write("cut-last", whole[:-1])
write("cut-header", whole[:20])
write("longer", whole + b"\0")
write("size", changed(16, (2**60).to_bytes(8, sys.byteorder)))
write("offsets", changed(32, b"\xff" * 64))
write("zeros", changed(24, bytes(64)))
END
}
kinds="empty magic version order cut cut-last cut-header longer size offsets zeros"

damage "$DATA/lexicon.bin" lexicon
for kind in $kinds; do
    run read -f jsonl --lexicon lexicon.$kind good.txt
    expect_status 3
    expect_empty
    expect_err "lexicon.$kind"
done
run lexicon dump --lexicon lexicon.cut
expect_status 3
run lexicon find --lexicon lexicon.order قصف
expect_status 3
expect_err "byte order"
run read --lexicon lexicon.version good.txt
expect_err "version"
run read --lexicon missing.bin good.txt
expect_status 3
expect_err "missing.bin"

damage "$DATA/gazetteer.bin" gazetteer
for kind in $kinds; do
    run read -f jsonl --gazetteer gazetteer.$kind good.txt
    expect_status 3
    expect_empty
    expect_err "gazetteer.$kind"
    run gazetteer find --gazetteer gazetteer.$kind حلب
    expect_status 3
done
run read --gazetteer gazetteer.version good.txt
expect_err "version"
run read --gazetteer gazetteer.order good.txt
expect_err "byte order"
run read --gazetteer gazetteer.cut good.txt
expect_err "cut short"

# one is not the other
run read --lexicon "$DATA/gazetteer.bin" good.txt
expect_status 3
run read --gazetteer "$DATA/lexicon.bin" good.txt
expect_status 3

# any byte of a file of 64 random changes: refused, or read without breaking
python3 - "$DATA" <<'END'
import random, sys
random.seed(7)
for name in ("lexicon", "gazetteer"):
    whole = open(f"{sys.argv[1]}/{name}.bin", "rb").read()
    for i in range(16):
        copy = bytearray(whole)
        for _ in range(64):
            copy[random.randrange(len(copy) if i % 2 else 4096)] = random.randrange(256)
        open(f"{name}.random{i}", "wb").write(copy)
END
for i in $(seq 0 15); do
    run read -f jsonl --lexicon lexicon.random$i good.txt
    expect_alive
    run read -f jsonl --gazetteer gazetteer.random$i good.txt
    expect_alive
done

# where they are sought: $MARSAD_DATA, beside the program, ../share/marsad
mkdir -p tree/bin tree/share/marsad elsewhere
cp "$MARSAD" tree/bin/marsad
found="$MARSAD"
MARSAD=$PWD/tree/bin/marsad
run read -f jsonl -p 2016-05-10 good.txt
expect_status 3
expect_err "no lexicon"
cp "$DATA/lexicon.bin" tree/share/marsad/
run read -f jsonl -p 2016-05-10 good.txt
expect_status 0
expect_err "no gazetteer"
expect_out '"lat":null'
expect_no_out '"lat":3'
cp "$DATA/gazetteer.bin" tree/share/marsad/
run read -f jsonl -p 2016-05-10 good.txt
expect_status 0
expect_silence
expect_out '"lat":3'
cp out shared.out
MARSAD_DATA=$PWD/elsewhere run read -f jsonl good.txt
expect_status 3
cp "$DATA"/{lexicon,gazetteer}.bin elsewhere/
rm -r tree/share
MARSAD_DATA=$PWD/elsewhere run read -f jsonl -p 2016-05-10 good.txt
expect_status 0
expect_same shared.out out
MARSAD=$found

# nine gazetteers are one too many
nine=()
for i in 1 2 3 4 5 6 7 8 9; do nine+=(--gazetteer "$DATA/gazetteer.bin"); done
run read "${nine[@]}" good.txt
expect_status 3

finish
