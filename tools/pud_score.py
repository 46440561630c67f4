#!/usr/bin/env python3
"""Compare the words that Marsad reads with the gold of UD Arabic-PUD.

    tools/pud_score.py [--gold FILE] [--errors KIND] [--limit N] -- COMMAND...

COMMAND reads one sentence a line on standard input and prints CoNLL-U with a line `# text = ` for each of our sentences (one line may become several), e.g.
    tools/pud_score.py -- marsad read --output conllu --input text -
Both sides are laid over the letters of the sentence without its blanks. Lemmas are compared folded. Kinds of errors that can be listed: unknown, lemma, upos, cut.
"""
import argparse
import collections
import os
import re
import subprocess
import sys

GOLD = os.path.join(os.path.dirname(__file__), "..", "..", "shared", "data", "pud", "ar_pud-ud-test.conllu")
MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e]")
FOLDS = str.maketrans("أإآٱىکی", "اااايكي")


def fold(text):
    return MARKS.sub("", text).translate(FOLDS)


def squeeze(text):
    """Letters only, marks out, so that both sides count the same."""
    return MARKS.sub("", re.sub(r"\s", "", text))


class Piece:
    def __init__(self, form, lemma, upos, known):
        self.form, self.lemma, self.upos, self.known = form, fold(lemma), upos, known


def sentences(lines):
    """(comments, pieces) of a CoNLL-U text; ranges of multi-word tokens are left out."""
    comments, pieces = {}, []
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif line:
            column = line.split("\t")
            if "-" not in column[0] and "." not in column[0]:
                pieces.append(Piece(column[1], column[2], column[3], "Unknown=Yes" not in column[9]))
        elif pieces:
            yield comments, pieces
            comments, pieces = {}, []
    if pieces:
        yield comments, pieces


def spans(pieces):
    at, out = 0, {}
    for piece in pieces:
        length = len(squeeze(piece.form))
        out[(at, at + length)] = piece
        at += length
    return out, at


# PUD's own habits: أن and its like are ADP or PART there, SCONJ with us; numbers written as words are NUM there and with us nouns or adjectives.
SAME = {("ADP", "SCONJ"), ("PART", "SCONJ"), ("ADP", "PART"), ("PRON", "DET"), ("DET", "PRON"), ("AUX", "VERB"), ("PART", "AUX"), ("CCONJ", "PART"), ("PART", "CCONJ"),
        ("NUM", "NOUN"), ("NUM", "ADJ"), ("DET", "NOUN"), ("ADV", "NOUN"), ("PUNCT", "SYM"), ("SYM", "PUNCT"), ("ADV", "ADP"), ("SCONJ", "ADP"), ("PART", "ADV"),
        ("ADP", "NOUN"), ("ADV", "SCONJ"), ("ADP", "ADV")}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gold", default=GOLD)
    parser.add_argument("--errors", choices=["unknown", "lemma", "upos", "cut"])
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("command", nargs="+")
    args = parser.parse_args()
    if not os.path.exists(args.gold):
        print(f"skipped: no gold at {args.gold}")
        return 0
    gold = list(sentences(open(args.gold, encoding="utf-8")))
    text = "\n".join(c["text"] for c, _ in gold) + "\n"
    run = subprocess.run(args.command, input=text, capture_output=True, text=True, check=True)
    ours = list(sentences(run.stdout.splitlines(True)))

    tally = {"news": collections.Counter(), "all": collections.Counter()}
    errors = collections.Counter()
    at = 0
    for comments, wanted in gold:
        target, mine = squeeze(comments["text"]), []
        length = 0
        while at < len(ours) and length < len(target):
            mine += ours[at][1]
            length = sum(len(squeeze(p.form)) for p in mine)
            at += 1
        want, want_length = spans(wanted)
        have, have_length = spans(mine)
        if want_length != have_length:
            errors[("unaligned", comments.get("sent_id", "?"))] += 1
            continue
        groups = ["all"] + (["news"] if comments.get("sent_id", "").startswith("n") else [])
        for span, piece in want.items():
            got = have.get(span)
            letters = bool(re.search("[\u0621-\u064a]", piece.form))
            for group in groups:
                count = tally[group]
                count["pieces"] += 1
                count["cut"] += got is not None
                if letters:
                    inside = got or next((p for s, p in have.items() if s[0] <= span[0] < s[1]), None)
                    count["words"] += 1
                    count["known"] += inside is not None and inside.known
                if piece.upos in ("VERB", "NOUN", "ADJ") and letters:
                    count["lemmas"] += 1
                    count["lemma"] += got is not None and got.lemma == piece.lemma
                count["upos"] += got is not None and got.upos == piece.upos
                count["upos_like"] += got is not None and (got.upos == piece.upos or (piece.upos, got.upos) in SAME)
                if piece.upos == "VERB":
                    count["gold_verbs"] += 1
                    count["verbs"] += got is not None and got.upos == "VERB"
            if "news" in groups or True:
                if args.errors == "cut" and got is None:
                    errors[(piece.form, piece.upos)] += 1
                elif args.errors == "lemma" and piece.upos in ("VERB", "NOUN", "ADJ") and letters and (got is None or got.lemma != piece.lemma):
                    errors[(piece.form, piece.upos, piece.lemma, got.lemma if got else "-", got.upos if got else "-")] += 1
                elif args.errors == "upos" and got is not None and got.upos != piece.upos and (piece.upos, got.upos) not in SAME:
                    errors[(piece.form, piece.upos, got.upos)] += 1
                elif args.errors == "unknown" and letters and got is not None and not got.known:
                    errors[(piece.form, piece.upos)] += 1
        for span, piece in have.items():
            for group in groups:
                tally[group]["our_verbs"] += piece.upos == "VERB"
                tally[group]["right_verbs"] += piece.upos == "VERB" and span in want and want[span].upos in ("VERB", "AUX")

    for group, count in tally.items():
        share = lambda part, whole: 100 * count[part] / max(1, count[whole])
        print(f"{group:4}  known {share('known', 'words'):5.1f}  cut {share('cut', 'pieces'):5.1f}  lemma {share('lemma', 'lemmas'):5.1f}  upos {share('upos', 'pieces'):5.1f}"
              f"  upos* {share('upos_like', 'pieces'):5.1f}  verbs P {share('right_verbs', 'our_verbs'):5.1f} R {share('verbs', 'gold_verbs'):5.1f}")
    for what, count in errors.most_common(args.limit):
        print(count, *what, sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
