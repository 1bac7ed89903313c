# Terms of all articles together: what is counted, by month and source, the same for each number of jobs.
. "$KIJI_ROOT/tests/cli/lib.sh"
mkdir -p one two
for i in 1 2 3; do
    printf '新型対空網の配備\n\n2024年7月%s日、防衛省は新型対空網の配備を始めた。\n' "$i" > "one/$i.txt"
    printf '古代漆器の展示\n\n2024年8月%s日、博物館は古代漆器の展示を始めた。\n' "$i" > "two/$i.txt"
done
: > two/empty.txt
run --corpus-keywords one two
ok '--corpus-keywords: a table' sh -c 'head -n 1 out | grep -q "^term	count	documents	articles	news	expected	keyness$"'
ok '--corpus-keywords: three of seven articles' sh -c 'grep -q "^新型対空網	6	3	7	0	" out'
ok '--corpus-keywords: the furthest out first' sh -c 'tail -n +2 out | cut -f 7 | sort -c -r -n'
cp out want
run -j 8 --corpus-keywords one two
ok '--corpus-keywords: the same for each -j' same out want

run --corpus-keywords=month one two
ok 'by month: each has its own' sh -c 'grep -q "^2024-07	新型対空網	6	3	3	" out && grep -q "^2024-08	古代漆器	6	3	3	" out'
ok 'by month: not the other one' sh -c '! grep -q "^2024-08	新型対空網" out'
run --corpus-keywords=source -f jsonl one two
ok 'by source: a record each' lines_are out 2
ok 'by source: folder and articles' has out '"source":"two","articles":4'
run --corpus-keywords --top 1 one two
ok '--top: lines' lines_are out 2
run --corpus-keywords < /dev/null
ok 'no term: the header alone' lines_are out 1
for wrong in --corpus-keywords=year '--corpus-keywords -f html' '--corpus-keywords -s quotes' '--corpus-keywords --no-model'; do
    # shellcheck disable=SC2086
    run $wrong one
    ok "wrong: $wrong: status 2" status_is 2
done
end
