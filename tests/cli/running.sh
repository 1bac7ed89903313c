# Progress, the summary, an interrupted run.
. "$KIJI_ROOT/tests/cli/lib.sh"
i=0
while [ $i -lt 40 ]; do i=$((i + 1)); article "a$i.txt"; done
run -f jsonl a1.txt
ok 'no terminal: nothing on standard error' empty err
run -v -f jsonl a1.txt missing.txt a2.txt
ok 'summary with -v' grep -qE '^kiji: 3 articles, 1 failure, [0-9]+\.[0-9][0-9] s, [0-9.]+ a second$' err
run -f jsonl -v -q a1.txt
ok 'a summary that is asked for is not silenced' grep -q '^kiji: 1 article, 0 failures, ' err

i=0
while [ $i -lt 15 ]; do i=$((i + 1)); echo '{'; done > many.jsonl
run -v -f jsonl many.jsonl
ok '-v: each message, not only ten' lines_are err 16

# on_terminal ARGUMENT...: standard error is a terminal of 60 columns; one article every 50 ms; what the terminal got
cat > on_terminal.py <<'PY'
import os, pty, struct, subprocess, sys, termios, fcntl, time
here, there = pty.openpty()
fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 60, 0, 0))
p = subprocess.Popen([os.environ['KIJI'], '-f', 'jsonl', '-j1', *sys.argv[1:]], stdin=subprocess.PIPE,
                     stdout=subprocess.DEVNULL, stderr=there)
os.close(there)
for i in range(30):
    line = b'{"text": "\xe6\x9c\xac"}\n' if i != 25 else b'{"no": 1}\n'
    p.stdin.write(line); p.stdin.flush(); time.sleep(0.05)
p.stdin.close()
got = b''
try:
    while piece := os.read(here, 65536):
        got += piece
except OSError:
    pass
sys.stdout.write(repr(got) + '\n')
PY
python3 on_terminal.py --input=jsonl > drawn
# Under valgrind, what these see is over before the first article.
timed() { [ "$KIJI" != "$KIJI_BUILD/kiji" ] || ok "$@"; }
timed 'a terminal sees the count, the rate, the failures' \
    grep -qE 'kiji: [0-9]+ articles, [0-9.]+ a second, [01] failed' drawn
timed 'not before a second has passed' grep -qvE 'kiji: [1-9] articles' drawn
timed 'the line gives way to a message' grep -qF '\r\x1b[Kkiji: -: line 26: member "text" is missing' drawn
timed 'and to a summary at the end' \
    grep -qE '\\r.x1b\[Kkiji: 30 articles, 1 failure, [0-9.]+ s, [0-9.]+ a second(\\r)?\\n.$' drawn
python3 on_terminal.py --input=jsonl --no-progress > drawn
ok '--no-progress' has_not drawn 'a second'
python3 on_terminal.py --input=jsonl -q > drawn
ok '-q: only errors' has_not drawn 'a second'

cat > slow.py <<'PY'
import os, subprocess, sys, time
p = subprocess.Popen([os.environ['KIJI'], '-f', 'jsonl', '--progress', '--input=jsonl', '-j2'], stdin=subprocess.PIPE,
                     stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
for i in range(30):
    p.stdin.write(b'{"text": "a"}\n'); p.stdin.flush(); time.sleep(0.05)
p.stdin.close()
sys.stdout.buffer.write(p.stderr.read())
PY
python3 slow.py > lines
timed '--progress: whole lines where there is no terminal' grep -qE '^kiji: [0-9]+ articles, [0-9.]+ a second, 0 failed$' lines

cat > time_left.py <<'PY'
# Files through FIFOs would not be counted: a slow reader of the output makes the run last.
import os, subprocess, sys, time
p = subprocess.Popen([os.environ['KIJI'], '-f', 'jsonl', '--with-text', '--progress', '-j1', *sys.argv[1:]],
                     stdout=subprocess.PIPE, stderr=subprocess.PIPE)
time.sleep(1.6)
p.stdout.read()
sys.stdout.buffer.write(p.stderr.read())
PY
left='[0-9]+:[0-9][0-9]:[0-9][0-9] left'
i=0; set --
while [ $i -lt 20 ]; do i=$((i + 1)); set -- "$@" a*.txt; done
python3 time_left.py "$@" > lines
ok 'time left where the inputs can be counted' \
    grep -qE "^kiji: [0-9]+ of 800 articles, [0-9.]+ a second, $left, 0 failed\$" lines
ok 'a summary where progress was shown' grep -qE '^kiji: 800 articles, 0 failures, [0-9.]+ s, [0-9.]+ a second$' lines
mkdir -p corpus/sub corpus/.hidden
i=0
while [ $i -lt 400 ]; do i=$((i + 1)); cp a1.txt "corpus/$i.txt"; cp a1.txt "corpus/sub/$i.txt"; done
cp a1.txt corpus/.hidden; ln -s ../a1.txt corpus/link.txt; cp a1.txt corpus/not.md
python3 time_left.py corpus > lines
ok 'time left of a folder: its files are counted' \
    grep -qE "^kiji: [0-9]+ of 800 articles, [0-9.]+ a second, $left, 0 failed\$" lines
python3 -c 'import json
for i in range(800): print(json.dumps({"text": open("a1.txt", encoding="utf-8").read()}))' > large.jsonl
python3 time_left.py large.jsonl > lines
ok 'time left of records: by their bytes' grep -qE "^kiji: [0-9]+ articles, [0-9.]+ a second, $left, 0 failed\$" lines
gzip -k large.jsonl
python3 time_left.py large.jsonl.gz > lines
ok 'no time left where nobody knows' sh -c 'grep -q "a second, 0 failed" lines && ! grep -q left lines'
rm -rf corpus

cat > interrupted.py <<'PY'
import json, os, signal, subprocess, sys
for jobs in ('-j1', '-j2'):
    p = subprocess.Popen([os.environ['KIJI'], '-f', 'jsonl', '--input=jsonl', jobs, *sys.argv[1:]],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    p.stdin.write(b'{"text": "a"}\n{"text": "b"}\n'); p.stdin.flush()
    records = [] if sys.argv[1:] else [json.loads(p.stdout.readline()) for _ in range(2)]
    if sys.argv[1:]:
        import time; time.sleep(1 if os.environ['KIJI'] == os.environ['KIJI_BUILD'] + '/kiji' else 20)  # valgrind
    p.send_signal(signal.SIGINT)
    rest, err = p.communicate()
    assert p.returncode == -signal.SIGINT and rest == b'', (p.returncode, rest)
    print(jobs, err.decode(), end='')
PY
python3 interrupted.py > words 2> err
ok 'interrupted: what is done, how to go on' \
    grep -qxF -- '-j1 kiji: interrupted behind 2 articles, whole and written; to go on, give what comes behind -:2' words
ok 'the same with several workers' \
    grep -qxF -- '-j2 kiji: interrupted behind 2 articles, whole and written; to go on, give what comes behind -:2' words
ok 'one line each' lines_are words 2
python3 interrupted.py -o whole.jsonl > words 2> err
ok 'interrupted with -o: the file is as it was' has words 'interrupted behind 2 articles; whole.jsonl is as it was: to go on, begin again'
ok 'and nothing lies about' sh -c '! ls -A | grep whole'

# Blocks to a file, a record at a time to a pipe: counted by the kernel.
if command -v strace > /dev/null 2>&1; then
    strace -f -qq -e trace=write -o calls "$KIJI" -f jsonl -j1 a*.txt > blocks
    ok 'blocks to a file' test "$(grep -c 'write(1, "{' calls)" -le 2
    strace -f -qq -e trace=write -o calls "$KIJI" -f jsonl -j1 a*.txt | cat > piped
    ok 'a record at a time to a pipe' test "$(grep -c 'write(1, "{' calls)" -eq 40
else
    skip 'blocks to a file, records to a pipe' 'strace is not installed'
fi
end
