#!/bin/sh
# count.sh FROM TO   Run FROM/kiji, which counts where it passes, over our articles in the usual ways; the counts of
# FROM's objects go to the same places under TO. (It writes them when it ends: the sandbox would not let it.)
set -eu
from=$1 to=$2
find "$from" -name '*.gcda' -exec rm {} +
json=$from/articles.jsonl
for file in data/articles/*.txt; do
    awk 'BEGIN { printf "{\"text\":\"" } { gsub(/[\\"]/, "\\\\&"); printf "%s\\n", $0 } END { print "\"}" }' "$file"
done > "$json"
set --
for round in 1 2 3 4 5 6 7 8; do
    set -- "$@" "$json"
done
export KIJI_DATA="$from"
for format in jsonl jsonl jsonl yaml tsv text who; do
    "$from/kiji" --no-sandbox -j1 -f "$format" "$@" > "$from/out"
done
"$from/kiji" --no-sandbox -j1 -f jsonl data/articles > "$from/out"
find "$from" -name '*.gcda' | while read -r counts; do
    mkdir -p "$to/$(dirname "${counts#"$from"/}")"
    cp "$counts" "$to/${counts#"$from"/}"
done
