# A corpus with every kind of bad file in it: the run comes to its end, each is named, with its reason, the rest is done.
. "$KIJI_ROOT/tests/cli/lib.sh"
mkdir -p in/sub
article in/good.txt
article in/sub/last.txt
cat > make.py <<'PY'
import bz2, gzip, io, json, lzma, os, socket, sys, tarfile, zipfile
good = open('in/good.txt', encoding='utf-8').read()
expected = {}  # name -> what is said of it
lossy = ['in/encoding.txt', 'in/utf16.txt']  # done, with a warning
def bad(name, data, why):
    with open(f'in/{name}', 'wb') as f:
        f.write(data)
    expected[f'in/{name}'] = why
def cut(data):
    return data[:len(data) // 2]
def tar(mode):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as t:
        info = tarfile.TarInfo('a.txt')
        data = os.urandom(5000).hex().encode()
        info.size = len(data)
        t.addfile(info, io.BytesIO(data))
    return out.getvalue()
text = os.urandom(3000).hex().encode()
bad('binary.txt', b'binary\0\0\1', 'binary data')
bad('control.txt', b'\x89PNG\r\n\x1a\n\1\2', 'binary data')
bad('encoding.txt', (good + '後').encode('shift_jis', 'replace') + b'\x81', 'not valid in')
bad('utf16.txt', good.encode('utf-16')[:-1], 'not valid in UTF-16LE')
bad('large.txt', good.encode() * 30000, 'larger than 1048576 bytes')
bad('cut.txt.gz', cut(gzip.compress(text)), 'is damaged')
bad('cut.txt.bz2', cut(bz2.compress(text)), 'is damaged')
bad('cut.txt.xz', cut(lzma.compress(text)), 'is damaged')
bad('twice.txt.gz', gzip.compress(gzip.compress(text)), 'compressed more than once')
bad('bomb.txt.gz', gzip.compress(b'a' * (40 << 20)), 'larger than 1048576 bytes')
bad('cut.tar', cut(tar('w')), None)
bad('cut.tar.gz', cut(tar('w:gz')), None)
bad('cut.zip', b'PK\3\4' + bytes(9), 'is damaged')
bad('menu.html', b'<!DOCTYPE html><html><body><ul><li><a href=1>x</a></ul></body></html>', 'no article in this page')
bad('cut.xml', '<rss><channel><item><title>会見'.encode(), 'not valid XML')
bad('head.warc', b'WARC/1.0\r\nWARC-Type: response\r\n\r\n', 'without Content-Length')
bad('lines.jsonl', b'{"id": "x"\n[]\n{"id": "x"}\n{"text": 5}\n', None)
for line, why in ((1, 'not valid JSON'), (2, 'not a JSON object'), (3, '"text" is missing'), (4, 'is not a string')):
    expected[f'in/lines.jsonl:{line}'] = why
for name in ('cut.tar', 'cut.tar.gz'):
    expected[f'in/{name}!a.txt'] = 'is damaged'
expected = {name: why for name, why in expected.items() if why}
os.mkfifo('in/fifo.txt')
socket.socket(socket.AF_UNIX).bind('in/socket.txt')
os.symlink('nowhere', 'in/dangling.txt')
os.symlink('..', 'in/sub/loop')
open('in/empty.txt', 'w').close()
expected['missing.txt'] = 'No such file'
expected['in/socket.txt'] = 'is a socket'
if os.geteuid() != 0:
    bad('locked.txt', b'', 'Permission denied')
    os.chmod('in/locked.txt', 0)
json.dump([expected, lossy], open('expected', 'w'))
PY
python3 make.py
ext=txt,html,xml,jsonl,warc,tar,zip
for jobs in 1 3; do
    timeout 120 "$KIJI" -f jsonl "-j$jobs" -v "--ext=$ext" --max-size=1M --timeout=60 "--errors=errors$jobs" \
        in missing.txt in/socket.txt in/sub/last.txt > "out$jobs" 2> "err$jobs"
    echo $? > status
    ok "-j$jobs: status 1" status_is 1
done
ok 'the same records with -j3' same out1 out3
ok 'the same failures with -j3' same errors1 errors3
ok 'each is named with its reason, nothing else is' python3 -c '
import json
expected, lossy = json.load(open("expected", encoding="utf-8"))
rows = [json.loads(line) for line in open("errors1", encoding="utf-8")]
found = {r["source"]: r["reason"] for r in rows}
want = set(expected) - set(lossy)
assert set(found) == want and len(rows) == len(found), set(found) ^ want
said = open("err1", encoding="utf-8").read().split("\n")
def is_said(name, why):
    head = "kiji: " + name.replace("jsonl:", "jsonl: line ") + ": "
    return any(line.startswith(head) and why in line for line in said)
silent = [name for name, why in expected.items() if not is_said(name, why)]
assert not silent, silent
assert not [n for n, why in found.items() if why == ""]'
ok 'what is good or can be read with a warning is done' python3 -c '
import json
names = [json.loads(line)["source"] for line in open("out1", encoding="utf-8")]
assert names.count("in/good.txt") == 1 and names[-1] == "in/sub/last.txt" and names.count("in/sub/last.txt") == 2, names
assert "in/empty.txt" in names and "in/encoding.txt" in names, names'
end
