# Where records go.
. "$KIJI_ROOT/tests/cli/lib.sh"
article a.txt
article b.txt

run -o out.yaml a.txt b.txt
ok '-o: nothing on standard output' empty out
"$KIJI" a.txt b.txt > want
ok '-o: the same bytes' same out.yaml want
rm -f out err status want ok.log
ok '-o: nothing else is left' sh -c '[ "$(ls -A | grep -v "^ok.log$" | tr "\n" " ")" = "a.txt b.txt out.yaml " ]'
mkdir real; ln -s real/target.yaml link.yaml; chmod 640 out.yaml
"$KIJI" -o link.yaml a.txt
ok '-o: a link stays a link' test -h link.yaml -a -f real/target.yaml
"$KIJI" -o out.yaml a.txt
ok '-o: the mode stays' sh -c '[ "$(stat -c %a out.yaml)" = 640 ]'
cp out.yaml want
run -o out.yaml --mecab-dict=/nonexistent a.txt
ok '-o: a run that fails leaves the old file' same out.yaml want
run -o nowhere/out.yaml a.txt
ok '-o in a folder that is not there: status 2' status_is 2
ok '-o in a folder that is not there: said' has err 'kiji: nowhere/out.yaml: cannot be written: No such file'
mkdir tree.d sub
run -o tree.d a.txt ./sub/../a.txt /dev/null
ok '-o a folder: a file an article' test -f tree.d/a.txt.yaml -a -f tree.d/dev/null.yaml
ok '-o a folder: no way out of it' test -f tree.d/sub/%2E%2E/a.txt.yaml -a ! -e a.txt.yaml
"$KIJI" a.txt > want.tree
ok '-o a folder: the same record' same tree.d/a.txt.yaml want.tree
cp a.txt same.txt
run -o same.txt b.txt same.txt
ok 'output that is also an input: status 2' status_is 2
ok 'output that is also an input: it stays' same a.txt same.txt
ok 'output that is also an input: named' has err 'kiji: same.txt: is input and output'
"$KIJI" same.txt >> same.txt 2> err
echo $? > status
ok 'standard output that is also an input: status 2' status_is 2
mkdir walked; article walked/a.txt; article walked/out.txt
run -o walked/out.txt -f jsonl walked
ok 'output inside a folder that is walked: passed over, named' has err 'kiji: walked/out.txt: is input and output'

"$KIJI" a.txt 2>&- >&-
echo $? > status
ok 'stdout and stderr closed: status 2' status_is 2
"$KIJI" a.txt >&- 2> err
ok 'stdout closed: said' has err 'kiji: standard output: cannot be written: Bad file descriptor'
ok 'stdout closed: no input was written to' grep -q 述べた a.txt

if (ulimit -f 1 2> /dev/null); then
    seq 1 60 | sed 's/.*/a.txt/' > list
    (trap '' XFSZ; ulimit -f 8; "$KIJI" -o limited.yaml --files-from=list 2> err; echo $? > status)
    ok 'file size limit: status 2' status_is 2
    ok 'file size limit: no half file' test ! -e limited.yaml
fi

mkdir folder
for i in 1 2 3 4 5 6 7 8 9; do article "folder/$i.txt"; done
cp "$KIJI_ROOT"/data/articles/*.txt folder
printf '{"id":"x","text":"上川氏は「進む」と述べた。"}\n{\n' > folder/r.jsonl
for format in yaml jsonl 'tsv -s mentions' 'tsv -s quotes'; do
    # shellcheck disable=SC2086
    "$KIJI" -f $format -j1 folder missing > one 2> one.err
    # shellcheck disable=SC2086
    "$KIJI" -f $format -j8 folder missing > eight 2> eight.err
    ok "$format: -j8 writes the bytes of -j1" same one eight
    ok "$format: -j8 says what -j1 says" same one.err eight.err
done
"$KIJI" -f jsonl folder missing > default 2> /dev/null
"$KIJI" -f jsonl -j1 folder missing > one 2> /dev/null
ok 'the default number of jobs, too' same one default
"$KIJI" -f yaml folder > out 2> /dev/null
ok 'YAML: a document a record' python3 -c 'import yaml; assert len(list(yaml.safe_load_all(open("out")))) >= 13'
"$KIJI" -f tsv a.txt | cut -f1 > out
ok 'TSV: cut -f1' grep -qx source out
"$KIJI" -f tsv --no-header a.txt > out
ok '--no-header' has_not out 'source	'

"$KIJI" -f jsonl --fail-empty --type=weapon -s entities a.txt > out
echo $? > status
ok '--fail-empty, nothing found: status 3' status_is 3
"$KIJI" -f jsonl --fail-empty a.txt > out
echo $? > status
ok '--fail-empty, something found: status 0' status_is 0
"$KIJI" -f jsonl --fail-empty --type=weapon -s entities a.txt missing > out 2> err
echo $? > status
ok '--fail-empty, but an input failed: status 1' status_is 1

python3 - "$KIJI" > log 2>&1 <<'PY'
# Ctrl-C: whole records, no temporary file, death by the signal.
import os, signal, subprocess, sys, time, json
for output in ([], ['-o', 'interrupted.jsonl']):
    p = subprocess.Popen([sys.argv[1], '-f', 'jsonl', '--input=jsonl', '-j2'] + output, stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    p.stdin.write(b'{"id":"first","text":"a"}\n' * 3); p.stdin.flush()
    if not output:
        for _ in range(3): json.loads(p.stdout.readline())
    else:
        deadline = time.time() + 60
        while not [n for n in os.listdir('.') if n.endswith('.tmp')] and time.time() < deadline: time.sleep(0.05)
    p.send_signal(signal.SIGINT)
    status = p.wait(timeout=60)
    assert status in (-signal.SIGINT, 130), status
    assert not [n for n in os.listdir('.') if n.endswith('.tmp') or n.startswith('interrupted')], os.listdir('.')
PY
ok 'interrupted' test ! -s log
[ ! -s log ] || sed 's/^/# /' log
end
