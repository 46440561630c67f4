#!/usr/bin/env python3
"""Read the samples with the built command, and hold its records against those written by hand, and against its own earlier reading.

    tests/corpus/check_samples.py                  the test: well-formed records, F1 not under FLOORS, the same records as in tests/samples/reading.tsv
    tests/corpus/check_samples.py --differences    also tells where reading and hand differ, sentence by sentence
    tests/corpus/check_samples.py --renew          writes tests/samples/reading.tsv anew: look at its diff before you keep it

The reports and the records by hand are two pairs of files, see SETS (notation: tools/annotate.py). A read record is compared with the expected one of its kind in the same sentence whose
trigger and fillers fit best. A filler counts as found when it shares a content word with one of the same role; a time when both its days are the same; a figure when what is
counted, number and bound are the same. `exact` counts the records right in every field. $MARSAD names the command.
"""
import argparse
import collections
import difflib
import json
import os
import re
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
READING = os.path.join(ROOT, "tests", "samples", "reading.tsv")
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "tools"))
import annotate  # noqa: E402

# The reports, what they say by hand, and the F1 that the reading may not fall under. Floors are to be raised when the reading is better, never lowered.
SETS = (
    ("samples/reports.jsonl", "samples/expected.json",
     {"events": 0.90, "actors": 0.83, "targets": 0.75, "places": 0.79, "when": 0.74, "figures": 0.80, "sources": 0.84, "exact": 0.42}),
    ("samples/observatory.jsonl", "samples/observatory.expected.json",
     {"events": 0.98, "actors": 0.94, "targets": 0.93, "places": 0.92, "when": 0.92, "figures": 0.96, "sources": 0.98, "exact": 0.70}),
)

PARTIES = ("actors", "targets", "sources")
ROLES = ("actors", "targets", "places", "sources")
COLUMNS = ("article", "kind", "trigger", "modality", "phase", "actors", "targets", "places", "when", "figures", "sources")
PRECISIONS = {"day", "week", "month", "year", "range"}
POINTS = {"exact", "town", "district", "governorate", "country", "area"}
RECORD = set("id kind trigger sentence modality phase actors targets places when figures sources quoted plover mode cameo confidence rules".split())


def read_with_command(path, articles):
    """{id: records} of the articles in the file `path`, as the command reads them with the lexicon and the gazetteer beside it."""
    command = os.environ.get("MARSAD") or os.path.join(ROOT, "build", "release", "marsad")
    environment = {name: value for name, value in os.environ.items() if name != "MARSAD_DATA"}
    done = subprocess.run([command, "read", "--input", "jsonl", "--output", "jsonl", path], stdout=subprocess.PIPE, env=environment, check=False)
    if done.returncode:
        sys.exit(f"samples: {command} ended with {done.returncode}")
    read = {article["id"]: article["records"] for article in map(json.loads, done.stdout.decode().splitlines())}
    if list(read) != list(articles):
        sys.exit("samples: the command read other articles than there are")
    return read


# --- well-formed ---------------------------------------------------------------------------------------------------------

def faults_of(record, text):
    """What is wrong with a record by itself; `text` as bytes."""
    def span(value, what, inside=None):
        if not (isinstance(value, list) and len(value) == 2 and all(isinstance(at, int) for at in value) and 0 <= value[0] < value[1] <= len(text)):
            yield f"{what}: {value} is no span of the text"
            return
        try:
            text[value[0]:value[1]].decode()
            text[:value[0]].decode()
        except UnicodeDecodeError:
            yield f"{what}: {value} cuts a letter"
        if inside and not (inside[0] <= value[0] and value[1] <= inside[1]):
            yield f"{what}: {value} is outside its sentence {inside}"

    def one_of(value, values, what):
        if value not in values:
            yield f"{what}: unknown {value!r}"

    if set(record) < RECORD:
        yield "keys are missing: " + " ".join(sorted(RECORD - set(record)))
        return
    sentence = record["sentence"]
    yield from span(sentence, "sentence")
    yield from span(record["trigger"], "trigger", sentence)
    yield from one_of(record["kind"], annotate.KINDS, "kind")
    yield from one_of(record["modality"], annotate.MODALITIES, "modality")
    yield from one_of(record["phase"], annotate.PHASES if record["kind"] in annotate.PHASED else {None}, f"phase of {record['kind']}")
    if not re.fullmatch("[0-9a-f]{16}", record["id"]):
        yield f"id: {record['id']!r}"
    if not 0 <= record["confidence"] <= 1:
        yield f"confidence: {record['confidence']}"
    if not isinstance(record["quoted"], bool):
        yield f"quoted: {record['quoted']!r}"
    if not record["rules"]:
        yield "no rule made it"
    for rule in record["rules"]:
        if not re.fullmatch(r"[a-z]+:\S.*", rule):
            yield f"rule without a name: {rule!r}"
    for role in PARTIES:
        for party in record[role]:
            yield from span(party["span"], role, None if role == "sources" else sentence)
            yield from one_of(party["object"], annotate.OBJECTS | {None}, "object")
            if not re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", party["who"]):
                yield f"{role}: who is {party['who']!r}"
    for place in record["places"]:
        yield from span(place["span"], "place", sentence)
        yield from one_of(place["relation"], annotate.RELATIONS, "relation")
        known = [place[key] is not None for key in ("id", "lat", "lon", "precision")]
        if any(known) != all(known):
            yield f"place: only some of id, lat, lon, precision for {place['norm']}"
        if all(known):
            yield from one_of(place["precision"], POINTS, "precision")
            if not (-90 <= place["lat"] <= 90 and -180 <= place["lon"] <= 180):
                yield f"place: {place['norm']} at {place['lat']} {place['lon']}"
        if not place["norm"] or place["others"] < 0:
            yield f"place: {place}"
    if record["when"]:
        when = record["when"]
        yield from span(when["span"], "when", sentence)
        yield from one_of(when["precision"], PRECISIONS, "precision")
        try:
            if annotate.day(when["start"]) > annotate.day(when["end"]):
                yield f"when: ends before it starts: {when}"
        except annotate.Fault as fault:
            yield f"when: {fault}"
    for figure in record["figures"]:
        yield from span(figure["span"], "figure", sentence)
        yield from one_of(figure["of"], annotate.COUNTED, "figure of")
        yield from one_of(figure["bound"], annotate.BOUNDS, "bound")
        low, high = figure["low"], figure["high"]
        if low is not None and high is not None and low > high or figure["value"] is None and figure["bound"] == "exact":
            yield f"figure: {figure}"


def check_form(articles, read):
    faults = []
    for name, records in read.items():
        text, starts = articles[name]["text"].encode(), [record["sentence"] for record in records]
        if starts != sorted(starts):
            faults.append(f"{name}: records are not in the order of their sentences")
        if len({record["id"] for record in records}) != len(records):
            faults.append(f"{name}: two records have one id")
        faults += [f"{name} {record['kind']} {record['trigger']}: {fault}" for record in records for fault in faults_of(record, text)]
    return faults


# --- compared with the hand ----------------------------------------------------------------------------------------------

STOP = set("في من علي عن الي مع و او ثم بعد قبل بين عند ان التي الذي الذين هذا هذه ذلك تلك ما لا لم".split())
PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و", "ب", "ل", "ك", "ف")


def fold(word):
    return re.sub("[\u064b-\u0652\u0670\u0640]", "", word).translate(str.maketrans("أإآٱىة", "ااااية"))


def bare(word):
    return next((word[len(prefix):] for prefix in PREFIXES if word.startswith(prefix) and len(word) - len(prefix) >= 3), word)


class Text:
    def __init__(self, text):
        self.bytes = text.encode()
        self.words = [(len(text[:word.start()].encode()), fold(word.group())) for word in re.finditer(r"\w+", text)]

    def __getitem__(self, span):
        return self.bytes[span[0]:span[1]].decode(errors="replace")

    def content(self, span):
        """Where its content words begin, and which they are."""
        words = [(at, bare(word)) for at, word in self.words if span[0] < at + len(word.encode()) and at < span[1] and word not in STOP]
        return {at for at, _ in words}, {word for _, word in words}

    def same_filler(self, a, b):
        (here, words), (there, others) = self.content(a["span"]), self.content(b["span"])
        both = words & others
        return bool(here & there) or bool(both) and (both in (words, others) or 2 * len(both) >= len(words | others))


def same_figure(a, b):
    return all(a[key] == b[key] for key in ("of", "value", "bound"))


def same_when(a, b):
    return bool(a and b) and (a["start"], a["end"]) == (b["start"], b["end"])


def pairs(expected, read, same):
    """One to one, in their order."""
    left, found = list(read), []
    for a in expected:
        b = next((b for b in left if same(a, b)), None)
        if b is not None:
            left.remove(b)
            found.append((a, b))
    return found


def hits(text, a, b):
    """{role: how many fillers of two records are the same}"""
    found = {role: len(pairs(a[role], b[role], text.same_filler)) for role in ROLES}
    found["when"] = int(same_when(a["when"], b["when"]))
    found["figures"] = len(pairs(a["figures"], b["figures"], same_figure))
    return found


def size(record, role):
    return int(bool(record["when"])) if role == "when" else len(record[role])


def match(text, expected, read):
    """Pairs of one kind in one sentence, those that fit best first."""
    fits = []
    for i, a in enumerate(expected):
        for j, b in enumerate(read):
            if a["kind"] == b["kind"] and a["sentence"][0] <= b["trigger"][0] < a["sentence"][1]:
                found = hits(text, a, b)
                touch = bool(text.content(a["trigger"])[0] & text.content(b["trigger"])[0])
                fits.append((-4 * touch - sum(found.values()) + found["figures"], i, j, found))
    done_a, done_b, out = set(), set(), []
    for _, i, j, found in sorted(fits, key=lambda fit: fit[:3]):
        if i not in done_a and j not in done_b:
            done_a.add(i)
            done_b.add(j)
            out.append((expected[i], read[j], found))
    return out


def compare(articles, expected, read):
    """(scores {field: [right, expected, read]}, differences [line])"""
    scores, lines = collections.defaultdict(lambda: [0, 0, 0]), []
    fields = ROLES + ("when", "figures")
    for name, wanted in expected.items():
        text, got = Text(articles[name]["text"]), read[name]
        matched = match(text, wanted, got)
        told = collections.defaultdict(list)
        for field, right in (("events", len(matched)), ("exact", 0)):
            scores[field][0] += right
            scores[field][1] += len(wanted)
            scores[field][2] += len(got)
        for field in fields:
            scores[field][1] += sum(size(record, field) for record in wanted)
            scores[field][2] += sum(size(record, field) for record in got)
        for a, b, found in matched:
            wrong = []
            for field in fields:
                scores[field][0] += found[field]
                if not found[field] == size(a, field) == size(b, field):
                    wrong.append(f"{field}: by hand {words_of(text, a, field) or '-'} | read {words_of(text, b, field) or '-'}")
            for field in ("modality", "phase"):
                if a[field] != b[field]:
                    wrong.append(f"{field}: by hand {a[field]} | read {b[field]}")
            scores["exact"][0] += not wrong
            if wrong:
                told[a["sentence"][0]] += [f"  {a['kind']} «{text[a['trigger']]}»"] + ["    " + line for line in wrong]
        for what, records, side in (("missed", wanted, 0), ("made up", got, 1)):
            paired = [pair[side] for pair in matched]
            for record in records:
                if not any(record is other for other in paired):
                    told[record["sentence"][0]].append(f"  {what}: {record['kind']} «{text[record['trigger']]}»")
        ends = {record["sentence"][0]: record["sentence"][1] for record in wanted + got}
        for start in sorted(told):
            lines += [f"{name}: {text[(start, ends[start])]}"] + told[start]
    return scores, lines


# --- told in words -------------------------------------------------------------------------------------------------------

def words_of(text, record, field):
    """A field of a record for readers."""
    if field == "when":
        when = record["when"]
        return f"{text[when['span']]} ({when['start']}..{when['end']})" if when else ""
    if field == "figures":
        return "; ".join(f"{text[f['span']]} ({f['of']} {f['bound']} {'?' if f['value'] is None else f['value']})" for f in record["figures"])
    if field == "places":
        return "; ".join(f"{text[p['span']]} ({p['relation']} {p['norm']})" for p in record["places"])
    return "; ".join(f"{text[p['span']]} ({' '.join(filter(None, (p['who'], p['object'])))})" for p in record[field])


def reading(articles, read):
    """The lines of tests/samples/reading.tsv for these articles."""
    lines = []
    for name, records in read.items():
        text = Text(articles[name]["text"])
        for record in records:
            cells = [name, record["kind"], text[record["trigger"]], record["modality"], record["phase"] or ""]
            lines.append("\t".join(cells + [words_of(text, record, field) for field in COLUMNS[len(cells):]]))
    return [line + "\n" for line in lines]


def check_set(samples, expected, floors, differences):
    """(the lines of the reading or None, whether something is amiss) of one pair of files."""
    articles = annotate.read_articles(os.path.join(ROOT, samples))
    by_hand, faults = annotate.expected(articles, os.path.join(ROOT, expected))
    faults = [f"{expected}: {fault}" for fault in faults]
    faults += [f"{expected}: {name} is not there" for name in articles if name not in {entry["id"] for entry in by_hand}]
    if not faults:
        read = read_with_command(os.path.join(ROOT, samples), articles)
        faults = check_form(articles, read)
    if faults:
        print(*faults, sep="\n")
        return None, True

    scores, lines = compare(articles, {entry["id"]: entry["records"] for entry in by_hand}, read)
    if differences:
        print(*lines, sep="\n")
    low = []
    print(samples)
    for field, floor in floors.items():
        right, wanted, got = scores[field]
        f1 = 2 * right / (wanted + got) if wanted + got else 0
        print(f"{field:8} F1 {f1:.3f}  P {right / max(got, 1):.3f}  R {right / max(wanted, 1):.3f}  by hand {wanted}  read {got}  floor {floor:.2f}")
        if f1 < floor:
            low.append(f"{samples}: F1 of {field} is {f1:.3f}, under its floor {floor:.2f}")
    if low:
        print(*low, sep="\n")
    return reading(articles, read), bool(low)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--differences", action="store_true", help="tell where reading and hand differ")
    parser.add_argument("--renew", action="store_true", help="write tests/samples/reading.tsv anew")
    options = parser.parse_args()
    now, amiss = ["\t".join(COLUMNS) + "\n"], False
    for samples, expected, floors in SETS:
        lines, wrong = check_set(samples, expected, floors, options.differences)
        if lines is None:
            return 1
        now += lines
        amiss = amiss or wrong

    if options.renew:
        with open(READING, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(now)
        return 1 if amiss else 0
    with open(READING, encoding="utf-8", newline="\n") as file:
        before = file.readlines()
    if now != before:
        sys.stdout.writelines(difflib.unified_diff(before, now, "tests/samples/reading.tsv", "read now", n=0))
        print("samples: read otherwise than before. If it is better so: tests/corpus/check_samples.py --renew")
    return 1 if amiss or now != before else 0


if __name__ == "__main__":
    sys.exit(main())
