# The views: who said what, colours and width, formats for other programs, folders.
. "$KIJI_ROOT/tests/cli/lib.sh"
printf '防衛相が会見\n\n木原稔防衛相は10日、東京で「抑止力を高める」と述べた。岸田文雄首相は「協力を深める」と語った。\n' > a.txt
cp a.txt b.txt
esc=$(printf '\033')

run --who a.txt
ok '--who: both speak' sh -c 'grep -q 木原稔 out && grep -q 岸田文雄 out'
ok '--who: no colour where there is no terminal' has_not out "$esc"
run --who=防衛相 a.txt
ok '--who=OFFICE' sh -c 'grep -q 抑止力を高める out && ! grep -q 協力を深める out'
run --who=岸田 a.txt b.txt
ok '--who=NAME, each article' sh -c '[ "$(grep -c 協力を深める out)" -eq 2 ] && ! grep -q 抑止力 out'
run --fail-empty --who=だれもいない a.txt
ok '--who of nobody: nothing, and 3 with --fail-empty' sh -c '[ ! -s out ] && [ "$(cat status)" = 3 ]'
run --who a.txt --color=always
ok '--color=always' has out "$esc["
NO_COLOR=1 run --who a.txt --color=always
ok 'the option wins over NO_COLOR' has out "$esc["
if command -v script > /dev/null 2>&1; then
    script -qec "'$KIJI' --who a.txt" /dev/null > tty.out 2> /dev/null < /dev/null
    ok 'colours on a terminal' has tty.out "$esc["
    NO_COLOR=1 script -qec "'$KIJI' --who a.txt" /dev/null > tty.out 2> /dev/null < /dev/null
    ok 'NO_COLOR' has_not tty.out "$esc["
    script -qec "'$KIJI' -f yaml a.txt" /dev/null > tty.out 2> /dev/null < /dev/null
    ok 'YAML is never coloured' has_not tty.out "$esc["
else
    skip 'colours on a terminal' 'script is not installed'
fi
run -f text --width=20 a.txt
ok '--width: no line is wider' python3 -c '
import unicodedata
for line in open("out", encoding="utf-8"):
    assert sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip("\n")) <= 20, line'
run -f text a.txt
ok '-f text: names in marks' has out '[閣:木原稔]防衛相'
printf '首相は「\033[31m\033]0;x\a赤」と述べた。\n' > evil.txt
run -f text evil.txt --color=always
ok 'controls of the article are shown, not sent' sh -c 'grep -q "␛\[31m" out && ! grep -q "$(printf "\033\[31m")" out && ! grep -q "$(printf "\a")" out'

run -f json a.txt b.txt
ok '-f json: one array' python3 -c 'import json; assert len(json.load(open("out"))) == 2'
run -f json missing.txt
ok '-f json: an array also of nothing' python3 -c 'import json; assert json.load(open("out")) == []'
run -f conll a.txt b.txt
ok '-f conll: two articles' sh -c '[ "$(grep -c "^-DOCSTART-" out)" -eq 2 ] && grep -q "B-MINISTER$" out'
run -f brat a.txt
ok '-f brat' grep -q "$(printf 'T[0-9]*\tMinister')" out
run -f brat a.txt b.txt
ok '-f brat: one article a stream' sh -c '[ "$(cat status)" = 2 ] && grep -q "a folder: -o" err'
run -f brat -o brat/ a.txt b.txt
ok '-f brat -o FOLDER/: .txt and .ann' sh -c 'cmp brat/a.txt a.txt && [ -s brat/b.ann ] && [ "$(ls brat | wc -l)" -eq 4 ]'
mkdir one many
for format in yaml jsonl json text html brat; do
    "$KIJI" -f $format -s keywords,quotes,entities a.txt > one.out 2> err
    "$KIJI" -f $format -s entities,quotes,keywords a.txt > other.out 2>> err
    ok "-s: the order of the list does not matter to $format" same one.out other.out
done
run -f html -j1 -o one a.txt b.txt a.txt evil.txt
run -f html -j4 -o many a.txt b.txt a.txt evil.txt
ok '-f html -o FOLDER: the same for each -j' diff -r one many
ok 'pages, index, who said what' sh -c 'cd one && ls a.html a-2.html b.html evil.html index.html who.html'
ok 'no temporary files stay' sh -c '! ls -A one | grep -q tmp'
run --corpus-keywords --top 15 a.txt b.txt a.txt evil.txt
tail -n +2 out | cut -f 1 > terms
sed -n 's/.*対数尤度比）: \([^"]*\)".*/\1/p' one/index.html | sed 's/ [0-9.]*\(、\|$\)/\n/g' | sed '/^$/d' > plotted
ok 'the index plots the terms of --corpus-keywords' sh -c 'test -s terms && diff terms plotted'
run -f html -s quotes -o other/ a.txt b.txt
ok 'the index has no terms where keywords were not asked for' sh -c '! grep -q 尤度 other/index.html'
run -f html --no-model -o untaught/ a.txt b.txt
ok 'without the model: the index plots terms by articles' grep -q '語（記事数）: ' untaught/index.html
run -f html -o a.txt/ a.txt
ok 'a folder that is a file: 2' sh -c '[ "$(cat status)" = 2 ] && cmp a.txt b.txt'
run -f html a.txt
ok '-f html: one page' sh -c 'head -n 1 out | grep -q "<!doctype html>" && tail -n 1 out | grep -q "</html>"'
run --list-formats
for format in yaml tsv jsonl json text who html conll brat; do
    ok "--list-formats: $format" grep -q "^$format " out
    "$KIJI" -f $format a.txt > one.out 2> err
    ok "-f $format" test -s one.out
done
end
