# Compressed files and archives as inputs: streamed, named, limited.
. "$KIJI_ROOT/tests/cli/lib.sh"
article a.txt
article b.txt
printf '首相が会見\n\n　木原稔防衛相は11日、「備えを強める」と語った。\n' > c.txt
cat > make.py <<'PY'
import bz2, gzip, io, json, lzma, os, tarfile, zipfile
text = {n: open(n, 'rb').read() for n in ('a.txt', 'b.txt', 'c.txt')}
open('a.txt.gz', 'wb').write(gzip.compress(text['a.txt']))
open('a.txt.bz2', 'wb').write(bz2.compress(text['a.txt']))
open('a.txt.xz', 'wb').write(lzma.compress(text['a.txt']))
open('twice.gz', 'wb').write(gzip.compress(gzip.compress(text['a.txt'])))
lines = ''.join(json.dumps({'id': n, 'text': t.decode()}) + '\n' for n, t in text.items()).encode()
open('lines.jsonl.gz', 'wb').write(gzip.compress(lines))
names = {'z/a.txt': text['a.txt'], 'b.txt': text['b.txt'], 'news.jsonl': lines, 'picture.png': b'\x89PNG',
         '.hidden.txt': text['a.txt'], '/abs.txt': text['c.txt'], '../up.txt': text['c.txt'],
         'odd\n\x1b[31m.txt': b'a\0\1\2\0', '記事.txt': text['c.txt']}
def tar(path, mode, names):
    with tarfile.open(path, mode) as t:
        for name, data in names.items():
            info = tarfile.TarInfo(name); info.size = len(data)
            t.addfile(info, io.BytesIO(data))
for path, mode in (('all.tar', 'w'), ('all.tar.gz', 'w:gz'), ('all.tar.xz', 'w:xz')):
    tar(path, mode, names)
with zipfile.ZipFile('all.zip', 'w', zipfile.ZIP_DEFLATED) as z:
    for name, data in names.items():
        z.writestr(name, data)
tar('good.tar.gz', 'w:gz', {f'{i}.txt': text['c.txt'] + os.urandom(3000).hex().encode() for i in range(40)})
whole = open('good.tar.gz', 'rb').read()
open('cut.tar.gz', 'wb').write(whole[:len(whole) // 2])
flipped = bytearray(whole); flipped[len(whole) // 2] ^= 255; flipped[len(whole) // 2 + 1] ^= 255
open('flipped.tar.gz', 'wb').write(flipped)
with gzip.open('bomb.txt.gz', 'wb') as f:
    for _ in range(100): f.write(b'a' * (1 << 20))
with lzma.open('bomb.tar.xz', 'wb', preset=0) as f:
    info = tarfile.TarInfo('big.bin'); info.size = 100 << 20; f.write(info.tobuf())
    for _ in range(100): f.write(b'a' * (1 << 20))
PY
python3 make.py

for ending in gz bz2 xz; do
    run -f jsonl a.txt.$ending
    field out source > sources
    echo "a.txt.$ending" > want
    ok "$ending: one article under its own name" same sources want
done
if command -v zstd > /dev/null; then
    zstd -q a.txt
    run -f tsv -s quotes --no-header a.txt.zst
    ok 'zst: the quote' has out '協力を深める'
else
    skip 'zst' 'zstd is not installed'
fi
"$KIJI" -f jsonl < a.txt.gz > out
ok 'a compressed stream on standard input' has out '"source":"-"'
run -f jsonl lines.jsonl.gz
ok 'jsonl.gz: its lines' lines_are out 3

printf 'X!z/a.txt\nX!b.txt\na.txt\nb.txt\nc.txt\nX!/abs.txt\nX!../up.txt\nX!記事.txt\n' > names
for archive in all.tar all.tar.gz all.tar.xz all.zip; do
    run -f jsonl $archive
    field out source > sources
    sed "s|^X|$archive|" names > want
    ok "$archive: entries in order, none hidden, none of another kind" same sources want
    ok "$archive: a bad entry is named, safe for terminals" has err "kiji: $archive!odd\\n\\x1B[31m.txt: "
    ok "$archive: status 1" status_is 1
    "$KIJI" -f jsonl -j4 $archive > four 2> /dev/null
    ok "$archive: the same bytes with -j4" same out four
done
run -f brat -o out.brat/ all.tar.gz
ok 'names of entries stay inside the output folder' test ! -e ../up.ann -a ! -e /abs.ann -a -e out.brat/up.ann

run -f jsonl --include='[ab].txt' all.tar.gz
ok '--include: base name' lines_are out 2
run -f jsonl --include='z/*' all.tar.gz
ok '--include with a slash: path' lines_are out 1
run -f jsonl --exclude='*.jsonl' --exclude='../*' all.tar.gz
ok '--exclude, twice' lines_are out 4
mkdir folder; cp a.txt.gz lines.jsonl.gz b.txt folder
run -f jsonl folder
ok 'compressed files in a folder' lines_are out 5
run -f jsonl --exclude='*.gz' folder
ok '--exclude in a folder' lines_are out 1
run --input=archive a.txt
ok '--input=archive: text is none' status_is 1

for bad in cut flipped; do
    run -f jsonl $bad.tar.gz b.txt
    ok "$bad: named" has err "kiji: $bad.tar.gz"
    ok "$bad: the archive is damaged" has err 'is damaged'
    ok "$bad: status 1" status_is 1
    ok "$bad: entries before are done, the next input too" test "$(wc -l < out)" -ge 5 -a "$(wc -l < out)" -lt 41
    ok "$bad: the next input is done" has out '"source":"b.txt"'
done
run -f jsonl twice.gz b.txt
ok 'compressed twice: refused' has err 'kiji: twice.gz: compressed more than once'
run -f jsonl --max-size=1M bomb.txt.gz all.tar.gz
ok '--max-size holds for what comes out' has err 'kiji: bomb.txt.gz: larger than 1048576 bytes'
run -f jsonl bomb.txt.gz bomb.tar.xz b.txt
ok 'a bomb: refused' has err 'kiji: bomb.txt.gz: unpacks to more than 1000 times its size'
ok 'a bomb of another kind: refused' has err 'kiji: bomb.tar.xz: unpacks to more than 1000 times its size'
ok 'bombs: the next input is done' lines_are out 1

run -f jsonl --errors=failed.jsonl all.tar.gz missing.txt
ok '--errors: source, stage, reason, byte' python3 -c '
import json
rows = [json.loads(line) for line in open("failed.jsonl", encoding="utf-8")]
assert [(r["source"], r["stage"]) for r in rows] == [("all.tar.gz!odd\n\x1b[31m.txt", "decode"), ("missing.txt", "read")], rows
assert all(set(r) == {"source", "stage", "reason", "byte"} and r["reason"] for r in rows)'
run --errors=no/such/folder a.txt
ok '--errors: a file that cannot be made: status 2' status_is 2

cat > stream.py <<'PY'
import io, resource, subprocess, sys, tarfile, random
def peak(megabytes):
    p = subprocess.Popen([sys.argv[1], '-j1', '-f', 'jsonl', '--include=*.txt', '-'], stdin=subprocess.PIPE,
                         stdout=subprocess.DEVNULL)
    article = open('a.txt', 'rb').read()
    filler = random.Random(1).randbytes(1 << 20)
    with tarfile.open(fileobj=p.stdin, mode='w|gz') as t:
        for i in range(megabytes):
            for name, data in ((f'{i}.txt', article), (f'{i}.bin', filler)):
                info = tarfile.TarInfo(name); info.size = len(data)
                t.addfile(info, io.BytesIO(data))
    try:
        p.stdin.close()
    except BrokenPipeError:  # behind the end of the archive nothing is read
        pass
    assert p.wait() == 0
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
small = peak(10)
assert peak(200) <= small * 1.1, small
PY
ok '200 MB through a pipe in the memory of 10 MB' python3 stream.py "$KIJI"
end
