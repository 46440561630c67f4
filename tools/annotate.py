#!/usr/bin/env python3
"""Write down by hand what reports say, in a short notation, and turn it into records as `marsad read --output jsonl` prints them.

    tools/annotate.py ARTICLES.jsonl NOTATION.json > EXPECTED.jsonl     the records, their spans as bytes of the text
    tools/annotate.py --check ARTICLES.jsonl NOTATION.json              only tell the faults of the notation
    tools/annotate.py --sentences ARTICLES.jsonl [ID...]                the numbered sentences of the articles, to write from

ARTICLES holds one article a line: {"id", "published", "text"}. NOTATION is a list of articles:
    [{"id": "sample-sy-01", "events": [EVENT, ...]}, ...]
An event, of which `s`, `kind` and `trig` must be there:
    {"s": 1,                                        number of the sentence, from 0
     "kind": "airstrike",
     "trig": "غارة",                                the word that names the event
     "mod": "asserted",                             asserted (where it is left out), planned, denied, possible
     "phase": "in_force",                           of truce, talks and agreement, and there it must stand
     "actors":  [["طائرات حربية", "unknown"]],      [words, who]
     "targets": [["مستشفى", "other", "hospital"]],  [words, who, object]; no object where it is none
     "places":  [["بلدة دوما", "دوما", "in"]],      [words, bare name, relation]; "in" where it is left out
     "when":    ["أمس", "2016-05-07", "2016-05-07"],[words, first day, last day]
     "figs":    [["killed", 5, "at_least", "خمسة"]],[of, value or null, bound, words]
     "src":     [["المرصد", "sohr"]]}               [words, who]
Words are written exactly as they stand in the sentence; "word@2" is their second occurrence there. A source may stand in an earlier sentence: its latest mention
is taken. Whatever does not stand in the text, or is no value of docs/record.md, is refused: every fault is told, and nothing is printed.
"""
import datetime
import json
import re
import sys

KINDS = set("clash airstrike shelling bombing attack killing destruction abduction detention siege abuse capture hold advance withdraw deploy "
            "military_aid truce talks agreement aid displacement release protest demand accuse threaten reject support sanction".split())
MODALITIES = set("asserted planned denied possible".split())
PHASES = set("proposed planned agreed in_force extended violated collapsed excludes".split())
PHASED = {"truce", "talks", "agreement"}
RELATIONS = set("in near north_of south_of east_of west_of northeast_of northwest_of southeast_of southwest_of from to".split())
COUNTED = set("killed wounded casualties missing detained abducted displaced released fighters people strikes munitions vehicles".split())
BOUNDS = set("exact at_least over about up_to vague".split())
OBJECTS = set("hospital school market worship residential camp infrastructure vehicle aircraft base checkpoint convoy media prison "
              "government_building".split())
KEYS = set("s kind trig mod phase actors targets places when figs src".split())


def read_articles(path):
    """{id: article} of a JSON Lines file, in its order."""
    with open(path, encoding="utf-8") as lines:
        return {article["id"]: article for article in (json.loads(line) for line in lines if line.strip())}


def sentences(text):
    """Where the sentences stand, as (start, end) in letters: lines, cut behind . ! ? ؟ … and closing quotes that a blank follows."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        cuts = [stop.end() for stop in re.finditer(r"[.!?؟…]+[»”\")\]]*(?=\s)", line.group())]
        for start, end in zip([0] + cuts, cuts + [len(line.group())]):
            piece = line.group()[start:end]
            if piece.strip():
                start += len(piece) - len(piece.lstrip())
                found.append((line.start() + start, line.start() + start + len(piece.strip())))
    return found


class Fault(Exception):
    pass


class Article:
    def __init__(self, article):
        self.text = article["text"]
        self.sentences = sentences(self.text)

    def bytes(self, start, end):
        return [len(self.text[:start].encode()), len(self.text[:end].encode())]

    def find(self, words, number):
        """The letters [start, end) of `words` in sentence `number`, or None."""
        words, _, nth = words.partition("@")
        start, end = self.sentences[number]
        at = start - 1
        for _ in range(int(nth or 1)):
            at = self.text.find(words, at + 1, end)
            if at < 0:
                return None
        return at, at + len(words)

    def span(self, words, number, earlier=False):
        found = self.find(words, number)
        if not found and earlier:
            words = words.partition("@")[0]
            at = self.text.rfind(words, 0, self.sentences[number][0])
            found = (at, at + len(words)) if at >= 0 else None
        if not found or found[0] == found[1]:
            raise Fault(f"«{words}» does not stand in the {'text so far' if earlier else 'sentence'}")
        return self.bytes(*found)


def one_of(value, values, what):
    if value not in values:
        raise Fault(f"{value!r} is no {what}")
    return value


def day(text):
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise Fault(f"{text!r} is no day") from None


def party(article, entry, number, earlier=False):
    words, who, *rest = entry
    return {"span": article.span(words, number, earlier), "who": who, "object": one_of(rest[0], OBJECTS, "object") if rest else None}


def record_of(article, event):
    """The record of an event in short notation, or Fault."""
    unknown = set(event) - KEYS
    if unknown:
        raise Fault("no such key: " + " ".join(sorted(unknown)))
    number = event.get("s")
    if not isinstance(number, int) or not 0 <= number < len(article.sentences):
        raise Fault(f"there is no sentence {number}")
    kind = one_of(event.get("kind"), KINDS, "kind")
    phase = event.get("phase")
    if bool(phase) != (kind in PHASED):
        raise Fault(f"a phase with {kind}" if phase else "the phase is missing")
    places = [(entry[0], entry[1], entry[2] if len(entry) > 2 else "in") for entry in event.get("places", [])]
    when = event.get("when")
    if when and day(when[1]) > day(when[2]):
        raise Fault("the last day is before the first")
    return {
        "kind": kind,
        "trigger": article.span(event.get("trig", ""), number),
        "sentence": article.bytes(*article.sentences[number]),
        "modality": one_of(event.get("mod", "asserted"), MODALITIES, "modality"),
        "phase": one_of(phase, PHASES, "phase") if phase else None,
        "actors": [party(article, entry, number) for entry in event.get("actors", [])],
        "targets": [party(article, entry, number) for entry in event.get("targets", [])],
        "places": [{"span": article.span(words, number), "norm": norm, "relation": one_of(relation, RELATIONS, "relation")}
                   for words, norm, relation in places],
        "when": {"span": article.span(when[0], number), "start": when[1], "end": when[2]} if when else None,
        "figures": [{"of": one_of(of, COUNTED, "figure"), "value": value, "bound": one_of(bound, BOUNDS, "bound"), "span": article.span(words, number)}
                    for of, value, bound, words in event.get("figs", [])],
        "sources": [party(article, entry, number, earlier=True) for entry in event.get("src", [])],
    }


def expected(articles, path):
    """([{"id", "records"}, ...], [fault, ...]) of the notation in the file `path`."""
    with open(path, encoding="utf-8") as file:
        notation = json.load(file)
    out, faults, seen = [], [], set()
    for entry in notation:
        name = entry["id"]
        if name not in articles or name in seen:
            faults.append(f"{name}: {'there twice' if name in seen else 'no such article'}")
            continue
        seen.add(name)
        article, records = Article(articles[name]), []
        for event in entry["events"]:
            try:
                records.append(record_of(article, event))
            except (Fault, TypeError, ValueError) as fault:
                faults.append(f"{name}: sentence {event.get('s')}, {event.get('kind')} «{event.get('trig')}»: {fault}")
        out.append({"id": name, "records": sorted(records, key=lambda record: record["trigger"])})
    return out, faults


def main(arguments):
    if arguments[:1] == ["--sentences"] and len(arguments) > 1:
        for name, article in read_articles(arguments[1]).items():
            if len(arguments) == 2 or name in arguments[2:]:
                print("#", name, article.get("published"), article.get("title", ""))
                for number, (start, end) in enumerate(sentences(article["text"])):
                    print(number, article["text"][start:end])
        return 0
    check = arguments[:1] == ["--check"]
    if len(arguments) != 2 + check or arguments[0] in ("-h", "--help"):
        print(__doc__, file=sys.stderr)
        return 2
    articles, faults = expected(read_articles(arguments[-2]), arguments[-1])
    for fault in faults:
        print(f"{arguments[-1]}: {fault}", file=sys.stderr)
    if faults:
        return 1
    if not check:
        for article in articles:
            print(json.dumps(article, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
