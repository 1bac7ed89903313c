#!/bin/sh
# demo.sh KIJI - the main job on the sample articles, as make demo shows it.
set -eu
kiji=$1
here=$(dirname "$0")
say() { printf '\n$ %s\n' "$1"; }
say 'kiji data/articles/kyodo-enshu.txt'
"$kiji" "$here/articles/kyodo-enshu.txt" | head -n 60
say 'cat data/articles/shusho-enzetsu.txt | kiji -f tsv -s quotes'
"$kiji" -f tsv -s quotes < "$here/articles/shusho-enzetsu.txt"
say 'kiji -f jsonl data/articles | wc -l'
"$kiji" -f jsonl "$here/articles" | wc -l
