"""Articles for a run, in files: parts of the news, with a line here and there that nobody can read."""
import itertools
import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import articles

UNREADABLE_EVERY = 200


def parts(folder, count, number):
    """`count` lines in `number` files; returns the files."""
    lines = articles.news(count)
    files = []
    for part in range(number):
        files.append(os.path.join(folder, f"part-{part + 1}.jsonl"))
        size = count * (part + 1) // number - count * part // number
        with open(files[-1], "w", encoding="utf-8") as out:
            for at, line in enumerate(itertools.islice(lines, size)):
                out.write(f"{{\"id\": \"{part}-{at}\", \"text\": {at}}}\n" if at % UNREADABLE_EVERY == UNREADABLE_EVERY // 2 else line)
    return files
