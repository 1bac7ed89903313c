# Feeds: RSS 2.0, RSS 1.0, Atom; how they are known, what is refused.
. "$KIJI_ROOT/tests/cli/lib.sh"
cp "$KIJI_ROOT/tests/golden/feed/input.xml" rss.xml
cat > atom.xml <<'X'
<?xml version="1.0" encoding="UTF-8"?>
<!-- 見本 -->
<feed xmlns="http://www.w3.org/2005/Atom"><title>みなと新報</title><id>urn:feed</id><updated>2024-07-20T00:00:00Z</updated>
<entry><title type="text">1 &lt; 2 と首相</title><link rel="self" href="https://example.jp/self"/>
<id>tag:example.jp,2024:1</id><updated>2024-07-29T00:00:00Z</updated><published>2024-07-28T09:00:00+09:00</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>上川陽子外相は<em>韓国</em>を訪れた。</p><p>A &lt; B。</p></div></content>
<summary>要約。</summary></entry>
<entry><title type="html">&lt;i&gt;米&lt;/i&gt;大統領</title><link rel="self" href="https://example.jp/x"/><link href="https://example.jp/b"/>
<updated>2024-07-28T20:00:00Z</updated><summary type="html">&lt;p&gt;バイデン大統領が演説した。&lt;/p&gt;</summary></entry></feed>
X
cat > rdf.utf8 <<'X'
<?xml version="1.0" encoding="Shift_JIS"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.jp/rdf"><title>みなと新報</title></channel>
<item rdf:about="https://example.jp/3"><title>ﾄﾖﾀ、能登に工場</title><link>https://example.jp/three</link>
<description>泉健太代表は「反対だ」と表示した。</description><dc:date>2024-07-28T10:00:00+09:00</dc:date></item></rdf:RDF>
X
iconv -f UTF-8 -t SHIFT_JIS rdf.utf8 > rdf.xml
sed 's/Shift_JIS/EUC-JP/' rdf.utf8 | iconv -f UTF-8 -t EUC-JP > rdf-euc.xml
sed 's/Shift_JIS/UTF-16/' rdf.utf8 | iconv -f UTF-8 -t UTF-16 > rdf-16.xml

run -f jsonl --with-text rss.xml
ok 'RSS 2.0: status 0' status_is 0
field out source > now
printf 'minato-1\nhttps://example.jp/2\nrss.xml:3\n' > want
ok 'RSS 2.0: guid, link, number' same now want
field out date > now
printf '2024-07-28\nNone\nNone\n' > want
ok 'RSS 2.0: the day in Japan' same now want
ok 'RSS 2.0: title and content' has out '"text":"防衛相「守り固める」 - 与那国\n木原稔防衛相は28日、与那国島で「守りを固める」と述べた。\n町長も同席した。\n"'
for word in 偽 短い要約 別の題 みなと新報 政治の記事; do
    ok "RSS 2.0: not in the text: $word" has_not out "$word"
done
ok 'RSS 2.0: references are resolved twice, brackets stay' has out '"title":"AT&T <新社長>と首相"'

run -f jsonl --with-text atom.xml
ok 'Atom: id, title, day' has out '"source":"tag:example.jp,2024:1","title":"1 < 2 と首相","date":"2024-07-28"'
ok 'Atom: xhtml' has out '上川陽子外相は韓国を訪れた。\nA < B。\n"'
ok 'Atom: link, html, updated' has out '"source":"https://example.jp/b","title":"米大統領","date":"2024-07-29"'
ok 'Atom: content before summary' has_not out 要約

run -f jsonl --with-text rdf.xml
cp out want
ok 'RSS 1.0 in Shift_JIS' has out '"source":"https://example.jp/3","title":"ﾄﾖﾀ、能登に工場","date":"2024-07-28"'
ok 'RSS 1.0 in Shift_JIS: characters whose second byte is ASCII' has out 泉健太代表は「反対だ」と表示した。
run -f jsonl --with-text rdf-euc.xml
ok 'RSS 1.0 in EUC-JP' same out want
run -f jsonl --with-text rdf-16.xml
ok 'RSS 1.0 in UTF-16' same out want

run -f jsonl --with-text -j1 rss.xml atom.xml
cp out want
run -f jsonl --with-text -j4 rss.xml atom.xml
ok 'several workers' same out want
cat rss.xml | "$KIJI" -f jsonl | field /dev/stdin source > now
printf 'minato-1\nhttps://example.jp/2\n-:3\n' > want
ok 'standard input, known by its content' same now want
gzip -c rss.xml > rss.xml.gz
mkdir in && cp rss.xml atom.xml in && tar -cf feeds.tar in
run -f jsonl --ext=xml rss.xml.gz feeds.tar in
ok 'compressed, in an archive, in a folder' lines_are out 13
run -f jsonl --input=text rss.xml
ok '--input=text' lines_are out 1
run -f jsonl -o made/ rss.xml
ok 'a file an item' test "$(find made -name '*.jsonl' | wc -l)" -eq 3

cat > laughs.xml <<'X'
<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ああ"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss><channel><item><title>&b;</title></item></channel></rss>
X
echo '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;</title></item></channel></rss>' > outside.xml
echo '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY % a SYSTEM "file:///etc/passwd">%a;]><rss/>' > parameter.xml
echo '<rss><channel><item><title>岸田文雄首相</title></item><item><title>次の' > cut.xml
echo '<rss><channel><item><title>a &nbsp; b</title></item></channel></rss>' > unknown.xml
echo '<opml><item/></opml>' > other.xml
printf '<?xml version="1.0" encoding="x-martian"?><rss/>' > martian.xml
run -f jsonl --input=feed --errors=errors laughs.xml outside.xml parameter.xml cut.xml unknown.xml other.xml martian.xml atom.xml
ok 'refused: status 1' status_is 1
ok 'refused: billion laughs' has err 'kiji: laughs.xml: byte 47: declares entities: not read'
ok 'refused: outside entity' has err 'kiji: outside.xml: byte 74: declares entities: not read'
ok 'refused: parameter entity' has err 'kiji: parameter.xml: byte 76: declares entities: not read'
ok 'refused: unfinished' has err 'kiji: cut.xml: byte 80: not valid XML: no element found'
ok 'refused: unknown entity' has err 'not valid XML: undefined entity'
ok 'refused: no feed' has err 'kiji: other.xml: byte 0: neither RSS nor Atom'
ok 'refused: encoding' has err 'not valid XML: unknown encoding'
ok 'refused: nothing of a file of the system' has_not out root:
ok 'what came before the damage, and what follows' lines_are out 3
ok 'refused: in --errors' lines_are errors 7

python3 - <<'P'
open('deep.xml', 'w').write('<rss>' + '<a>' * 3000000)
open('tag.xml', 'w').write('<rss><channel><item a="' + 'x' * 10000000 + '">')
open('large.xml', 'w').write('<rss><channel><item><guid>1</guid><description>' + 'あ' * 1000000 + '</description></item>'
                             '<item><title>次の記事。</title></item></channel></rss>')
item = '<item><title>岸田文雄首相が会見</title><description>岸田首相は「やる」と述べた。</description></item>'
open('many.xml', 'w').write('<rss><channel>' + item * 3000 + '</channel></rss>')
P
run -f jsonl --max-size=1M deep.xml tag.xml large.xml many.xml
ok 'limits: depth' has err 'kiji: deep.xml: byte 3002: more than 1000 elements inside each other'
ok 'limits: a tag' has err 'kiji: tag.xml: byte 14: a tag is longer than 1 MiB'
ok 'limits: an item' has err 'kiji: large.xml: article 1: larger than 1048576 bytes (see --max-size)'
ok 'limits: the others are done' lines_are out 3001

python3 - "$KIJI" > log 2>&1 <<'PY'
# An item leaves when it is done, while the writer still holds the pipe open.
import subprocess, sys
p = subprocess.Popen([sys.argv[1], '-f', 'jsonl', '--input=feed'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
p.stdin.write(b'<rss><channel><item><guid>first</guid></item>'); p.stdin.flush()
assert b'"first"' in p.stdout.readline()
p.stdin.write(b'</channel></rss>'); p.stdin.close()
assert p.stdout.read() == b'' and p.wait() == 0
PY
ok 'streaming' test ! -s log
end
