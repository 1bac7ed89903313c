# The rows of the table that compares command-line tools: what others get wrong, kiji gets right.
. "$KIJI_ROOT/tests/cli/lib.sh"
article a.txt
article b.txt

run -f jsonl a.txt missing.txt b.txt
ok 'good and missing file: the others are done' lines_are out 2
ok 'good and missing file: status 1' status_is 1
ok 'good and missing file: the missing one is named' has err 'kiji: missing.txt: No such file or directory'

run -f jsonl missing.txt a.txt
ok 'missing file first: the other is done' lines_are out 1

run -f jsonl b.txt a.txt
field out source > sources
printf 'b.txt\na.txt\n' > want
ok 'two good files: both, in the order given' same sources want
ok 'two good files: status 0' status_is 0

mkdir -p folder/sub folder/.hidden
article folder/b.txt; article folder/a.txt; article folder/sub.txt; article folder/sub/c.txt; article folder/B.txt
article folder/.hidden/h.txt; article folder/.h.txt; article folder/note.md
ln -s ../folder folder/loop; ln -s a.txt folder/link.txt
run -f jsonl folder
field out source > sources
printf 'folder/%s\n' B.txt a.txt b.txt sub.txt sub/c.txt > want
ok 'a folder is walked, names in byte order, no hidden ones, no links' same sources want
ok 'a folder: status 0' status_is 0
run -f jsonl folder/note.md folder/link.txt
ok 'a file or link named on the command line is always read' lines_are out 2

if [ -e /dev/full ]; then
    for format in yaml jsonl tsv; do
        "$KIJI" -f "$format" a.txt > /dev/full 2> err
        echo $? > status
        ok "$format > /dev/full: status 2" status_is 2
        ok "$format > /dev/full: a message" has err 'kiji: standard output: cannot be written: No space left on device'
    done
    run -o /dev/full a.txt
    ok '-o /dev/full: status 2' status_is 2
    "$KIJI" --help > /dev/full 2> err
    echo $? > status
    ok '--help > /dev/full: status 2' status_is 2
else
    skip '/dev/full' 'no such device'
fi

run --unknown a.txt
ok 'unknown option: status 2' status_is 2
ok 'unknown option: nothing on stdout' empty out
ok 'unknown option: one line' lines_are err 1
ok 'unknown option: it points to the help' has err "unknown option '--unknown'; see kiji --help"

"$KIJI" -f jsonl b.txt - < a.txt > out
field out source > sources
printf 'b.txt\n-\n' > want
ok '- is standard input, in its place' same sources want
article -a.txt
run -f jsonl -- -a.txt
ok 'operands behind --' lines_are out 1
run -f jsonl -- -f
ok 'behind -- nothing is an option' has err 'kiji: -f: No such file'

# A shell may have SIGPIPE ignored for us; python puts it back.
python3 - "$KIJI" folder > piped <<'PY'
import subprocess, sys
p = subprocess.Popen([sys.argv[1], '-f', 'jsonl'] + [sys.argv[2]] * 400, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
p.stdout.readline(); p.stdout.close()
err = p.stderr.read()
print(p.wait(), err)
PY
if [ "$(basename "$(dirname "$KIJI")")" = "$(basename "$KIJI_BUILD")" ]; then
    ok 'the reader closes the pipe: SIGPIPE, nothing said' grep -qx "\-13 b''" piped
fi

run --mecab-dict=/nonexistent a.txt
ok 'dictionary missing: status 2' status_is 2
ok 'dictionary missing: the path tried is named' has err /nonexistent
ok 'dictionary missing: how to set it' has err --mecab-dict
ok 'dictionary missing: nothing written' empty out
KIJI_DATA=/nonexistent "$KIJI" a.txt > out 2> err
echo $? > status
ok 'data missing: status 2' status_is 2
ok 'data missing: path and variable' grep -q '/nonexistent/kiji.dic.*KIJI_DATA' err

# One byte in the middle of a file: seen at the first text, before a record leaves. An empty input needs neither file.
: > empty.txt
for damaged in kiji.dic kiji.weights; do
    mkdir -p broken
    cp "$KIJI_BUILD/kiji.dic" "$KIJI_BUILD/kiji.weights" broken
    python3 -c 'import sys; f = open(sys.argv[1], "r+b"); f.seek(1000000); c = f.read(1); f.seek(1000000); f.write(bytes([c[0] ^ 1]))' \
        "broken/$damaged"
    for jobs in 1 2; do
        KIJI_DATA=broken "$KIJI" -f tsv -j $jobs a.txt a.txt > out 2> err
        echo $? > status
        ok "$damaged damaged, -j $jobs: status 2" status_is 2
        ok "$damaged damaged, -j $jobs: said once" test "$(grep -c "broken/$damaged: damaged" err)" = 1
        ok "$damaged damaged, -j $jobs: nothing written" empty out
    done
    KIJI_DATA=broken "$KIJI" -o out.yaml a.txt 2> err
    ok "$damaged damaged: no file" test ! -e out.yaml
    KIJI_DATA=broken "$KIJI" --version > out 2> err
    echo $? > status
    ok "$damaged damaged, --version: status 2" status_is 2
    KIJI_DATA=broken "$KIJI" -f jsonl empty.txt > out 2> err
    ok "$damaged damaged: enough for an empty input" has out '"characters":0'
done
printf x >> broken/kiji.dic
KIJI_DATA=broken "$KIJI" empty.txt > out 2> err
echo $? > status
ok 'a dictionary of another size: status 2 at once' status_is 2

iconv -f UTF-8 -t CP932 a.txt > sjis.txt
run -f tsv -s mentions --no-header a.txt; cut -f2- out > want
run -f tsv -s mentions --no-header sjis.txt; cut -f2- out > got
ok 'Shift_JIS: detected, the same entities' same got want
run -f tsv -s mentions --no-header -E shift_jis sjis.txt; cut -f2- out > got
ok 'Shift_JIS: as told' same got want
printf '\203A\203\n\201\202\377\n' >> sjis.txt
run -f jsonl -E shift_jis sjis.txt
ok 'bad bytes: status 1' status_is 1
ok 'bad bytes: the record is there' lines_are out 1
ok 'bad bytes: their place is named' grep -q '^kiji: sjis.txt: byte [0-9]*' err
run -q -f jsonl -E shift_jis sjis.txt
ok 'bad bytes with -q: status 1, nothing said' empty err
run --strict -f jsonl -E shift_jis sjis.txt
ok 'bad bytes with --strict: no record' empty out
ok 'bad bytes with --strict: status 1' status_is 1
end
