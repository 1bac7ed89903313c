# Crawls in WARC: responses with pages, whatever the server did to them.
. "$KIJI_ROOT/tests/cli/lib.sh"
cp "$KIJI_ROOT/tests/golden/html/input.html" page.html
cat > make.py <<'P'
"""A crawl as crawlers write it: each record a member of gzip."""
import gzip, zlib

def record(kind, uri, body, content='application/http; msgtype=response', extra=b''):
    head = (f'WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-08-01T00:00:00Z\r\n'
            f'Content-Type: {content}\r\nContent-Length: {len(body)}\r\n').encode()
    return head + extra + b'\r\n' + body + b'\r\n\r\n'

def http(body, *fields, status='200 OK', kind='text/html; charset=utf-8'):
    lines = [f'HTTP/1.1 {status}'] + ([f'Content-Type: {kind}'] if kind else []) + list(fields)
    return '\r\n'.join(lines).encode() + b'\r\n\r\n' + body

def chunks(body, size=100):
    out = b''
    for at in range(0, len(body), size):
        piece = body[at:at + size]
        out += b'%x;name=value\r\n' % len(piece) + piece + b'\r\n'
    return out + b'0\r\nTrailer: x\r\n\r\n'

page = open('page.html', 'rb').read()
text = page.decode()
sjis = text.replace('<meta charset="utf-8">', '').encode('cp932', 'replace')
url = 'https://example.jp/'
news = [
    record('warcinfo', '', b'software: own', 'application/warc-fields'),
    record('request', url + 'plain', b'GET / HTTP/1.1\r\n\r\n', 'application/http; msgtype=request'),
    record('response', url + 'plain', http(page)),
    record('response', '<' + url + 'chunked>', http(chunks(page), 'transfer-encoding: Chunked')),
    record('response', url + 'gzip', http(gzip.compress(page), 'Content-Encoding: gzip')),
    record('response', url + 'both', http(chunks(gzip.compress(page)), 'Content-Encoding: x-gzip', 'Transfer-Encoding: chunked')),
    record('response', url + 'deflate', http(zlib.compress(page), 'Content-Encoding: deflate')),
    record('response', url + 'decoded', http(page, 'Content-Encoding: gzip', 'Transfer-Encoding: chunked')),
    record('response', url + 'sjis', http(sjis, kind='text/html; charset="Shift_JIS"')),
    record('response', url + 'untyped', http(page, kind=None)),
    record('resource', url + 'resource', page, 'text/html'),
    record('metadata', url + 'plain', page, 'text/html'),
    record('revisit', url + 'plain', http(b'')),
    record('response', url + 'moved', http(page, status='301 Moved Permanently')),
    record('response', url + 'missing', http(page, status='404 Not Found')),
    record('response', url + 'image', http(b'\x89PNG\r\n' + bytes(200000), kind='image/png')),
    record('response', url + 'style', http(b'p{}', kind=None)),
    record('response', 'dns:example.jp', b'20240801\r\nexample.jp. 1 IN A 192.0.2.1\r\n', 'text/dns'),
    record('conversion', url + 'text', '木原稔防衛相は「守る」と述べた。'.encode(), 'text/plain'),
]
open('news.warc', 'wb').write(b''.join(news))
open('news.warc.gz', 'wb').write(b''.join(gzip.compress(r) for r in news))
bad = [
    record('response', url + 'br', http(b'\x1b\x03', 'Content-Encoding: br')),
    record('response', url + 'cut-gzip', http(gzip.compress(page)[:300], 'Content-Encoding: gzip')),
    record('response', url + 'bomb', http(gzip.compress(bytes(5000000)), 'Content-Encoding: gzip')),
    record('response', url + 'cut-chunk', http(b'5\r\nabcde\r\n50\r\nabc', 'Transfer-Encoding: chunked')),
    record('response', url + 'large', http(b'a' * 2000000)),
    record('response', url + 'index', http('<ul><li><a href=1>記事の題、その一。</a></ul>'.encode())),
    record('response', url + 'good', http(page)),
]
open('bad.warc', 'wb').write(b''.join(bad))
open('cut.warc', 'wb').write(b''.join(news)[:4000])
open('other.warc', 'wb').write(news[2] + b'no record\r\n')
open('length.warc', 'wb').write(b'WARC/1.0\r\nWARC-Type: response\r\n\r\n')
open('head.warc', 'wb').write(b'WARC/1.0\r\n' + b'X: y\r\n' * 100000)
P
python3 make.py

run -f jsonl --with-text news.warc
ok 'status 0' status_is 0
field out source > now
for name in plain chunked gzip both deflate decoded sjis untyped resource text; do echo "https://example.jp/$name"; done > want
ok 'pages and texts, by their addresses' same now want
ok 'the same page, whatever the server did' test "$(head -n 9 out | sed 's/"source":"[^"]*"//' | sort -u | wc -l)" -eq 1
ok 'headline and day' has out '"title":"防衛相、与那国島を視察　住民と意見交換","date":"2024-07-28"'
ok 'a text' has out '"characters":16,"text":"木原稔防衛相は「守る」と述べた。"'
cp out want
run -f jsonl --with-text news.warc.gz
ok 'compressed' same out want
run -f jsonl --with-text -j3 news.warc.gz
ok 'several workers' same out want
"$KIJI" -f jsonl --with-text < news.warc.gz > out
ok 'standard input' same out want
cp news.warc.gz crawl
run -f jsonl --with-text crawl
ok 'known by its content' same out want
cp news.warc crawl.txt
run -f jsonl --with-text --input=warc crawl.txt
ok '--input=warc' same out want
mkdir in && cp news.warc.gz in && tar -cf crawls.tar -C in news.warc.gz
run -f jsonl --with-text --ext=warc in
ok 'in a folder' same out want

run -f jsonl --max-size=1M --errors=errors bad.warc
ok 'bad records: status 1' status_is 1
ok 'bad records: a coding that is not read' has err 'kiji: bad.warc: article 1: Content-Encoding br is not read'
ok 'bad records: gzip that ends' has err 'kiji: bad.warc: article 2: the compressed response is damaged: it ends too early'
ok 'bad records: a bomb' has err 'kiji: bad.warc: article 3: larger than 1048576 bytes (see --max-size)'
ok 'bad records: chunks that end' has err 'kiji: bad.warc: article 4: the chunks of the response are damaged'
ok 'bad records: too large' has err 'kiji: bad.warc: article 5: larger than 1048576 bytes (see --max-size)'
ok 'bad records: no article' has err 'kiji: bad.warc: article 6: no article in this page'
ok 'bad records: the last one is done' has out '"source":"https://example.jp/good"'
ok 'bad records: each in --errors' lines_are errors 6
run -f jsonl cut.warc other.warc length.warc head.warc news.warc
ok 'damaged crawls: status 1' status_is 1
ok 'damaged crawls: the end is missing' has err 'kiji: cut.warc: ends within a record'
ok 'damaged crawls: no record' has err 'kiji: other.warc: not a WARC record'
ok 'damaged crawls: no length' has err 'kiji: length.warc: a WARC record without Content-Length'
ok 'damaged crawls: a head without end' has err 'kiji: head.warc: the head of a record is longer than 256 KiB'
ok 'damaged crawls: what is whole is done' lines_are out 12

python3 - "$KIJI" > log 2>&1 <<'P'
# Memory follows the largest page, not the crawl.
import os, resource, subprocess, sys
exec(open('make.py').read())
def peak(n):
    with open('many.warc', 'wb') as out:
        for i in range(n):
            out.write(record('response', f'{url}{i}', http(page)))
            out.write(record('response', f'{url}{i}.png', http(bytes(300000), kind='image/png')))
    child = subprocess.Popen([sys.argv[1], '-j1', '-f', 'jsonl', '-s', 'quotes', 'many.warc'], stdout=subprocess.PIPE)
    assert child.stdout.read().count(b'\n') == n
    return os.wait4(child.pid, 0)[2].ru_maxrss
few, many = peak(20), peak(200)
assert many < few * 1.1 + 1000, (few, many)
P
ok 'constant memory' test ! -s log
end
