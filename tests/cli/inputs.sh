# Where articles come from.
. "$KIJI_ROOT/tests/cli/lib.sh"
article a.txt
article b.txt

cat a.txt | "$KIJI" -f jsonl > out
field out source > sources
echo - > want
ok 'no operand: standard input' same sources want
"$KIJI" -f jsonl < /dev/null > out
echo $? > status
ok 'kiji < /dev/null: a record with nothing in it' has out '"characters":0,"entities":[],"quotes":[],"keywords":[]'
ok 'kiji < /dev/null: status 0' status_is 0
(cat a.txt; sleep 1; cat b.txt) | "$KIJI" -f jsonl > out
cat a.txt b.txt | "$KIJI" -f jsonl > want
ok 'a slow writer is waited for' same out want
"$KIJI" - - < a.txt > out 2> err
echo $? > status
ok '- twice: status 2' status_is 2
"$KIJI" a.txt - <&- > out 2> err
echo $? > status
ok 'standard input closed: status 1' status_is 1
ok 'standard input closed: said' has err 'kiji: -: cannot be read: Bad file descriptor'

printf 'a.txt\n\nmissing.txt\nb.txt' > list
run -f jsonl --files-from=list
ok '--files-from: both' lines_are out 2
ok '--files-from: a missing one is named' has err 'kiji: missing.txt: '
name=$(printf 'two\nlines.txt')
article "$name"; article ' blank .txt'; article '記事.txt'
find . -maxdepth 1 -name '*.txt' -print0 | "$KIJI" -f jsonl --files0-from=- > out 2> err
echo $? > status
ok '--files0-from=-: names with newline, blank, Japanese' lines_are out 5
ok '--files0-from=-: status 0' status_is 0
run -f jsonl --files-from=missing
ok 'a missing list: status 1' status_is 1

latin=$(printf 'bad\377name.txt')
if article "$latin" 2> /dev/null; then
    run -f yaml "$latin"
    ok 'a name that is not UTF-8: status 0' status_is 0
    ok 'a name that is not UTF-8: the output is valid' python3 -c 'import yaml; yaml.safe_load(open("out", encoding="utf-8"))'
    rm -- "$latin"
fi
escape=$(printf 'no\033[31msuch\nfile')
run "$escape"
ok 'control characters of a name do not reach the terminal' has err 'kiji: no\x1B[31msuch\nfile: '

if [ "$(id -u)" -ne 0 ]; then
    article closed.txt; chmod 000 closed.txt
    run -f jsonl closed.txt a.txt
    ok 'no permission: named, the other is done' has err 'kiji: closed.txt: Permission denied'
    ok 'no permission: status 1' status_is 1
    rm -f closed.txt
else
    skip 'no permission' 'root may read everything'
fi
ln -s loop1 loop2; ln -s loop2 loop1
run loop1
ok 'a link loop: status 1' status_is 1
ok 'a link loop: named' has err 'kiji: loop1: Too many levels of symbolic links'
mkfifo fifo
(cat a.txt > fifo) &
run -f jsonl fifo
ok 'a FIFO is read' lines_are out 1
wait
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'
run -f jsonl sock a.txt
ok 'a socket: named, the other is done' has err 'kiji: sock: is a socket'
ok 'a socket: status 1' status_is 1
printf 'a\000b\000\001\002\003' > binary
run -f jsonl binary a.txt
ok 'binary data: named' has err 'kiji: binary: '
ok 'binary data: the other is done' lines_are out 1
ok 'binary data: status 1' status_is 1
: > empty.txt
run -f yaml empty.txt
ok 'an empty file: a record without entities' has out 'entities: []'
ok 'an empty file: status 0' status_is 0

head -c 5000 /dev/zero | tr '\0' a > long.txt
run -f jsonl --max-size=4K long.txt a.txt
ok '--max-size: named' has err 'kiji: long.txt: larger than 4096 bytes (see --max-size)'
ok '--max-size: the other is done' lines_are out 1
run --max-size=4K - < long.txt
ok '--max-size on standard input: status 1' status_is 1
run -f jsonl /dev/zero --max-size=1M
ok 'an endless device ends at --max-size' has err 'kiji: /dev/zero: larger than'

mkdir shrinking
python3 - "$KIJI" > log 2>&1 <<'PY'
import os, subprocess, sys
# A file that says it is longer than it is: sparse, cut while kiji may be at it.
with open('shrinking/a.txt', 'wb') as f:
    f.write('短い。\n'.encode() * 100); f.truncate(3000)
p = subprocess.Popen([sys.argv[1], '-f', 'jsonl', 'shrinking'], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
os.truncate('shrinking/a.txt', 10)
out, err = p.communicate(timeout=120)
assert p.returncode in (0, 1), (p.returncode, err)
PY
ok 'a file that shrinks' test ! -s log

mkdir ext; article ext/a.news; article ext/b.txt
run -f jsonl --ext=news ext
field out source > sources
echo ext/a.news > want
ok '--ext' same sources want
end
