# HTML pages: how they are known, what is taken, what is refused.
. "$KIJI_ROOT/tests/cli/lib.sh"
cp "$KIJI_ROOT/tests/golden/html/input.html" page.html
run -f jsonl --with-text page.html
ok 'a page: status 0' status_is 0
ok 'a page: headline and day' has out '"title":"防衛相、与那国島を視察　住民と意見交換","date":"2024-07-28"'
for word in みなと新報 政治 シェア 偽の記事 関連記事 李強 コメント 安倍 書き込み 岸田 増税 無断転載 ぼうえい; do
    ok "not in the text: $word" has_not out "$word"
done
python3 - out > log 2>&1 <<'P'
import json, sys
for line in open(sys.argv[1], encoding='utf-8'):
    record = json.loads(line)
    assert record['characters'] == len(record['text'])
    mentions = [m for e in record['entities'] for m in e['mentions']]
    assert len(mentions) > 5
    for m in mentions + record['quotes']:
        assert record['text'][m['start']:m['end']] == m['text'], m
P
ok 'offsets are those of the text' test ! -s log

sed 's/page.html/page.txt/' out > want
cp page.html page.txt
run -f jsonl --with-text page.txt
ok 'known by its content' same out want
sed 's/page.html/-/' want | sed 's/page.txt/-/' > want2
"$KIJI" -f jsonl --with-text < page.html > out
ok 'known by its content: standard input' same out want2
for charset in SHIFT_JIS EUC-JP ISO-2022-JP UTF-16; do
    iconv -f UTF-8 -t $charset page.html | sed "s/charset=\"utf-8\"/charset=\"$charset\"/" > page.txt
    run -f jsonl --with-text page.txt
    ok "the same in $charset" same out want
done
printf '<div>\n<p>木原稔防衛相は「守る」と述べた。</p><nav>案内する。</nav></div>' > part.html
run -f jsonl --with-text part.html
ok 'known by its name' has out '"text":"木原稔防衛相は「守る」と述べた。\n"'
cp part.html part
run -f jsonl --with-text part
ok 'not known: text' has out '<div>'
run -f jsonl --with-text --input=html part
ok '--input=html' has_not out '<div>'
run -f jsonl --with-text --input=text page.html
ok '--input=text' has out '<!DOCTYPE html>'
run -f jsonl --date=2020-01-01 page.html
ok '--date comes first' has out '"date":"2020-01-01"'

gzip -c page.html > page.html.gz
run -f jsonl page.html.gz
ok 'compressed' has out '"title":"防衛相、与那国島を視察'
mkdir folder
cp page.html folder/a.html
cp page.html folder/b.htm
tar -cf pages.tar folder
run -f jsonl folder pages.tar
field out source > sources
printf 'folder/a.html\nfolder/b.htm\npages.tar!folder/a.html\npages.tar!folder/b.htm\n' > want
ok 'in folders and archives' same sources want

printf '<html><title>目次</title><body><ul><li><a href=1>記事の題、その一。</a></ul></html>' > none.html
python3 -c 'print("<div>" * 2000000, end="")' > deep.html
python3 -c 'print("<html><svg><![CDATA[</svg>]]><style>" + "<div>" * 20000 + "<p>底の文。", end="")' > hidden.html
printf '<html><p>壊れた<b>記事<p>岸田文雄首相が<i>話した</b>。<table><tr>' > broken.html
run -f jsonl --with-text --errors=errors none.html deep.html broken.html
ok 'refused pages: status 1' status_is 1
ok 'refused pages: no article' has err 'kiji: none.html: no article in this page'
ok 'refused pages: too deep' has err 'kiji: deep.html: byte 5000: more than 1000 elements inside each other'
ok 'refused pages: in --errors' lines_are errors 2
ok 'the others are done' has out '岸田文雄首相が話した。'
run -f jsonl hidden.html
ok 'depth that the guard does not see ends all the same' test "$(cat status)" -le 1

run -f jsonl -o made/ page.html
ok 'a file a page' test -s made/page.html.jsonl
end
