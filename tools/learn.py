#!/usr/bin/env python3
"""Learn the weights of the models from annotated articles.

usage: learn.py SEEN.tsv GOLD.jsonl... [-o WEIGHTS.tsv] [--folds N]

SEEN.tsv is what learn_see printed for the same articles, read with an empty weights.tsv. Each model answers yes-or-no questions by a sum of weights:
logistic regression, one for each question, by AdaGrad with a penalty on squares. Everything is in a fixed order: the same input gives the same weights.
With --folds it learns N times without a part of the articles, and prints how right the answers are on the part left out beside the rules alone.
"""
import argparse
import collections
import csv
import hashlib
import json
import math
import sys

PRIOR = 2.0  # how far the rules are believed where nothing was learned: TRUST in src/event/see.h
PASSES, RATE, PENALTY, SEEN_LEAST, SMALLEST = 10, 0.03, 0.04, 4, 0.05
QUESTIONS = {"mood": ("planned",), "attach": ("actor", "target", "place"), "keep": ("record",), "unite": ("one",), "weapon": ("attack", "shelling", "airstrike", "bombing")}
ASSAULT = ("clash", "airstrike", "shelling", "bombing", "attack", "killing", "destruction")


def load(paths):
    gold = {}
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for article in map(json.loads, filter(str.strip, lines)):
                gold[article["id"]] = article
    return gold


def touch(a, b):
    return a[0] < b[1] and b[0] < a[1]


def sentence_of(article, at):
    return next((i for i, (start, end) in enumerate(article["sentences"]) if start <= at < end), None)


def match(article, events):
    """Pair what was read, {(start, end, kind)}, with gold records: the same kind and touching triggers, then the same kind in the sentence."""
    pairs, left = {}, list(range(len(article["records"])))
    for same in (lambda g, e: touch(g["trigger"], e[:2]), lambda g, e: sentence_of(article, g["trigger"][0]) == sentence_of(article, e[0])):
        for event in sorted(events):
            for i in left:
                if event not in pairs and article["records"][i]["kind"] == event[2] and same(article["records"][i], event):
                    pairs[event] = article["records"][i]
                    left.remove(i)
                    break
    return pairs


def fillers(record, role, spans):
    """The phrases that fill a role in the gold record: of those that touch a filler, the one that begins nearest to where it begins."""
    chosen = set()
    for filler in record[role]:
        touching = [span for span in spans if touch(filler["span"], span)]
        if touching:
            chosen.add(min(touching, key=lambda span: (abs(span[0] - filler["span"][0]), -span[1])))
    return chosen


def prior(model, question, features):
    """What the rules alone say, in logits."""
    if model in ("mood", "unite"):
        return -PRIOR
    if model == "weapon":
        return PRIOR if f"rule={question}" in features else -PRIOR
    if model == "keep":
        return -PRIOR if "rule=mere" in features else PRIOR
    rule = next(f for f in features if f.startswith("rule=") and "|" not in f)
    return PRIOR if question in rule or rule == "rule=all" else -PRIOR


class Instance:
    __slots__ = ("article", "model", "features", "labels", "priors")


def instance(article, model, features, labels):
    x = Instance()
    x.article, x.model, x.features, x.labels = article, model, features, labels
    x.priors = [prior(model, q, features) for q in QUESTIONS[model]]
    return x


def answers_attach(article, things):
    pairs = match(article, {event for event, _ in things})
    spans = collections.defaultdict(set)
    for event, span in things:
        spans[event].add(span)
    roles = {event: [fillers(record, role, spans[event]) for role in ("actors", "targets", "places")] for event, record in pairs.items()}
    return [[int(span in filled) for filled in roles[event]] if event in roles else None for event, span in things]


def answers_keep(article, things):
    pairs = match(article, {event for event, _ in things})
    return [[int(event in pairs)] for event, _ in things]


def answers_unite(article, things):
    """Part of the other: no gold record has the one as trigger, and the nearest violent one that a gold record has is the other."""
    def told(span):
        return any(r["kind"] in ASSAULT and touch(r["trigger"], span) for r in article["records"])
    others = collections.defaultdict(list)
    for event, other in things:
        if told(other):
            others[event].append(other)
    out = []
    for event, other in things:
        if told(event[:2]):
            out.append([0])
        elif others[event] and other == min(others[event], key=lambda o: (abs(o[0] - event[0]), o)):
            out.append([1])
        else:
            out.append([0] if not told(other) else None)
    return out


def answers_weapon(article, things):
    out = []
    for event, _ in things:
        told = [r["kind"] for r in article["records"] if r["kind"] in QUESTIONS["weapon"] and touch(r["trigger"], event[:2])]
        out.append([int(question == told[0]) for question in QUESTIONS["weapon"]] if told else None)
    return out


def answers_mood(article, things):
    pairs = match(article, {event for event, _ in things})
    return [[int(question == pairs[event]["modality"]) for question in QUESTIONS["mood"]] if event in pairs else None for event, _ in things]


ANSWERS = {"mood": answers_mood, "weapon": answers_weapon, "attach": answers_attach, "keep": answers_keep, "unite": answers_unite}


def instances(seen_path, gold):
    seen = collections.defaultdict(list)
    with open(seen_path, encoding="utf-8") as lines:
        for line in lines:
            article, model, start, end, kind, first, last, *features = line.rstrip("\n").split("\t")
            if article in gold:
                seen[article, model].append((((int(start), int(end), kind), (int(first), int(last))), features))
    out = []
    for article, model in sorted(seen):
        things = seen[article, model]
        for (_, features), labels in zip(things, ANSWERS[model](gold[article], [thing for thing, _ in things])):
            if labels is None:
                continue
            out.append(instance(article, model, features, labels))
    return out


FAMILIES = {"assault": ASSAULT + ("abduction", "abuse", "capture"), "protest": ("protest",)}


def sentence_instances(seen_path, folder):
    """Sentences of other reports that people judged as telling of an assault or a protest, or as easily seen to tell of none: for `keep` alone."""
    verdicts = {}
    for family in FAMILIES:
        with open(f"{folder}/{family}_gsr.csv", encoding="utf-8", newline="") as rows:
            for number, row in enumerate(csv.DictReader(rows)):
                if row["label"] in ("yes", "easy no"):
                    verdicts[f"{family}-{number}"] = int(row["label"] == "yes")
        with open(f"{folder}/{family}_spans.json", encoding="utf-8") as spans:
            verdicts.update({f"{family}-span-{number}": 1 for number in range(len(json.load(spans)))})
    out = []
    with open(seen_path, encoding="utf-8") as lines:
        for line in lines:
            article, model, _, _, kind, _, _, *features = line.rstrip("\n").split("\t")
            if model == "keep" and article in verdicts and kind in FAMILIES[article.split("-")[0]]:
                alone = [f for f in features if "known=" not in f]  # each of them is the first of its article
                out.append(instance(article, model, alone, [verdicts[article]]))
    return out


def sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x > -30 else 0.0


def order(item):
    return hashlib.sha256(item.encode()).hexdigest()


def learn(data, model):
    """{feature: [weight per question]}"""
    data = [x for x in data if x.model == model]
    counts = collections.Counter(f for x in data for f in set(x.features))
    number = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= SEEN_LEAST))}
    rows = [([number[f] for f in x.features if f in number], x.labels, x.priors) for x in data]
    shuffled = sorted(range(len(rows)), key=lambda i: order(f"{i}"))
    questions = len(QUESTIONS[model])
    weights = [[0.0] * len(number) for _ in range(questions)]
    for q in range(questions):
        w, squares = weights[q], [1e-6] * len(number)
        for _ in range(PASSES):
            for i in shuffled:
                features, labels, priors = rows[i]
                error = labels[q] - sigmoid(priors[q] + sum(w[f] for f in features))
                if -0.001 < error < 0.001:
                    continue
                for f in features:
                    gradient = error - PENALTY * w[f]
                    squares[f] += gradient * gradient
                    w[f] += RATE * gradient / math.sqrt(squares[f])
    return {f: [weights[q][i] for q in range(questions)] for f, i in number.items()}


def score(weights, x, q):
    return x.priors[q] + sum(weights[f][q] for f in x.features if f in weights)


class Tally:
    def __init__(self):
        self.right = self.gold = self.said = 0

    def add(self, truth, said):
        self.right += truth and said
        self.gold += truth
        self.said += said

    def f1(self):
        return 2 * self.right / (self.gold + self.said) if self.gold + self.said else 0.0

    def __str__(self):
        return f"F1 {self.f1():.3f} P {self.right / max(1, self.said):.3f} R {self.right / max(1, self.gold):.3f} gold {self.gold}"


def cross_validate(data, model, folds):
    articles = sorted({x.article for x in data}, key=order)
    rule, learned = collections.defaultdict(Tally), collections.defaultdict(Tally)
    for fold in range(folds):
        held = set(articles[fold::folds])
        weights = learn([x for x in data if x.article not in held], model)
        for x in data:
            if x.model == model and x.article in held:
                for q, question in enumerate(QUESTIONS[model]):
                    rule[question].add(x.labels[q], int(x.priors[q] > 0))
                    learned[question].add(x.labels[q], int(score(weights, x, q) > 0))
    for question in QUESTIONS[model]:
        print(f"{model}.{question:8} rules {rule[question]}   learned {learned[question]}")


def write(out, data):
    print("model\tfeature\tweights\tsource", file=out)
    for model in sorted(QUESTIONS):
        for feature, weights in sorted(learn(data, model).items()):
            if any(abs(w) >= SMALLEST for w in weights):
                print(model, feature, " ".join(str(round(1000 * w)) for w in weights), "learned", sep="\t", file=out)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("seen")
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--sentences", nargs=2, metavar=("SEEN.tsv", "FOLDER"), help="judged sentences, seen, and the folder with their verdicts")
    parser.add_argument("-o", "--output")
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    data = instances(options.seen, load(options.gold))
    if options.sentences:
        data += sentence_instances(*options.sentences)
    print(f"{len(data)} questions of {len({x.article for x in data})} articles", file=sys.stderr)
    for model in sorted(QUESTIONS):
        if options.folds:
            cross_validate(data, model, options.folds)
    if options.output:
        with open(options.output, "w", encoding="utf-8") as out:
            write(out, data)


if __name__ == "__main__":
    main()
