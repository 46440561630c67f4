# shellcheck shell=bash
# The articles that `script/bench store` and `script/bench server` read into an archive: puts them into the file $1, unless they are there.
prepare_articles()
{
    local news=../shared/data/news/bulk.jsonl.zst
    [ ! -s "$1" ] || return 0
    if [ -f "$news" ]; then
        echo "bench: unpacking the news beside this tree"
        zstd -dcq "$news" >"$1"
        return
    fi
    echo "bench: no news beside this tree, the samples are repeated, each time on a later day"
    python3 - samples/*.jsonl >"$1" <<'END'
import json, sys
from datetime import date, timedelta
samples = [json.loads(line) for name in sys.argv[1:] for line in open(name, encoding="utf-8")]
for i in range(30_000):
    article = dict(samples[i % len(samples)])
    article["published"] = str(date.fromisoformat(article["published"]) + timedelta(days=i // len(samples) * 40))
    print(json.dumps(article, ensure_ascii=False))
END
}
