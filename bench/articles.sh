# shellcheck shell=bash
# The articles that `script/bench store` and `script/bench server` read into an archive: puts them into the file $1, unless they are there.
prepare_articles()
{
    [ ! -s "$1" ] || return 0
    echo "bench: writing articles"
    tests/articles.py 30000 >"$1"
}
