#!/usr/bin/env bash
# Measure keeping; `script/bench store` calls it. MARSAD_BENCH_RECORDS: how many records the large archive holds (a million).
set -euo pipefail
cd "$(dirname "$0")/.."

records=${MARSAD_BENCH_RECORDS:-1000000}
script/build release
script/build release bench_store
build=build/release
bench=$build/bench_store
folder=build/bench
mkdir -p "$folder"

articles=$folder/all.jsonl
# shellcheck source=articles.sh disable=SC1091
source bench/articles.sh
prepare_articles "$articles"

# What an archive took to make, from the lines of bench_store in the file $1.
show()
{
    awk '{ wall[$1] = $2; cpu[$1] = $3 }
    END {
        store = wall["add"] + wall["commit"]; store_cpu = cpu["add"] + cpu["commit"]
        printf "%d articles, %d records, %d incidents\n", wall["articles"], wall["records"], wall["incidents"]
        if (wall["draft"] > 0) {
            all = wall["draft"] + store; all_cpu = cpu["draft"] + store_cpu
            printf "reading and storing %10.0f articles/s   %10.0f records/s   (of the processor alone %.0f and %.0f)\n",
                wall["articles"] / all, wall["records"] / all, wall["articles"] / all_cpu, wall["records"] / all_cpu
        }
        printf "storing alone       %10.0f articles/s   %10.0f records/s   (of the processor alone %.0f and %.0f)\n",
            wall["articles"] / store, wall["records"] / store, wall["articles"] / store_cpu, wall["records"] / store_cpu
        printf "incidents made      %10.1f s            %10.0f records/s   (of the processor alone %.1f s)\n",
            wall["refresh"], wall["records"] / wall["refresh"], cpu["refresh"]
        printf "archive             %10.1f MB           %10.0f bytes/article\n", wall["bytes"] / 1e6, wall["bytes"] / wall["articles"]
        printf "peak memory         %10.1f MiB beside mapped files\n", wall["peak"] / 1024
    }' "$1"
}

show_answers() { awk '$1 == "ask" { printf "%-22s %6d rows   median %8.2f ms   p99 %8.2f ms\n", $2, $3, $4, $5 }' "$1"; }

echo "bench: reading the news into an archive"
"$bench" ingest "$build/lexicon.bin" "$build/gazetteer.bin" "$build/rules" "$folder/news.marsad" "$articles" >"$folder/ingest"
"$bench" ask "$build/rules" "$folder/news.marsad" >"$folder/ingest-ask"
echo "bench: making an archive of $records records"
"$bench" fill "$build/rules" "$folder/large.marsad" "$records" gazetteer/*.tsv >"$folder/fill"
"$bench" ask "$build/rules" "$folder/large.marsad" >"$folder/fill-ask"

echo
echo "news: $(show "$folder/ingest")"
show_answers "$folder/ingest-ask"
echo
echo "made: $(show "$folder/fill")"
show_answers "$folder/fill-ask"
