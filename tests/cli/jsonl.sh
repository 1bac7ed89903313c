# Articles as lines of JSON.
. "$KIJI_ROOT/tests/cli/lib.sh"
cat > a.jsonl <<'J'
{"id": "w1", "title": "首相が演説", "text": "岸田文雄首相は「協力を深める」と述べた。", "date": "2024-07-28T09:00:00+09:00"}
{"id": 7, "text": "本文。", "other": [1, {"x": null}]}

{"source": "s3", "text": "\ud842\udfb7野家で会見した。", "title": null}
{"text": ""}
J
run -f jsonl a.jsonl
ok 'status 0' status_is 0
field out source > sources
printf 'w1\n7\ns3\na.jsonl:5\n' > want
ok 'id, number, source, place' same sources want
field out date > dates
printf '2024-07-28\nNone\nNone\nNone\n' > want
ok 'dates' same dates want
ok 'titles' sh -c 'head -n 1 out | grep -qF "\"title\":\"首相が演説\""'
"$KIJI" -f jsonl --input=jsonl < a.jsonl > piped
sed 's/a\.jsonl:5/-:5/' out > want
ok '--input=jsonl on standard input' same piped want

printf '\357\273\277{"id":"bom","text":"a"}\r\n{"id":"2",\n[1]\n{"text":5}\n{"id":"n"}\n{"id":"d","text":"a","date":"x"}\n"\n{"id":"\377","text":"a"}\n{"id":"last","text":"b"}' > bad.jsonl
run -f jsonl bad.jsonl
field out source > sources
printf 'bom\nlast\n' > want
ok 'bad lines: the good ones are done' same sources want
ok 'bad lines: status 1' status_is 1
ok 'bad lines: file, line, place, reason' grep -q '^kiji: bad.jsonl: line 2: byte [0-9]*: not valid JSON' err
ok 'bad lines: each is named' lines_are err 7
ok 'bad lines: no object' has err 'bad.jsonl: line 3: not a JSON object'
ok 'bad lines: no text' has err 'bad.jsonl: line 5: member "text" is missing'
ok 'bad lines: no date' has err 'bad.jsonl: line 6: member "date" is not a date YYYY-MM-DD'

i=0
while [ $i -lt 25 ]; do i=$((i + 1)); echo '{'; done > many.jsonl
run -f jsonl many.jsonl
ok 'ten messages a file, then a count' lines_are err 11
ok 'the count' has err 'kiji: many.jsonl: 15 more messages'

python3 -c 'print("{\"id\":\"long\",\"text\":\"" + "a" * 100000 + "\"}"); print("{\"id\":\"short\",\"text\":\"a\"}")' > long.jsonl
run -f jsonl --max-size=64K long.jsonl
ok 'a line over --max-size is passed over' has out '"source":"short"'
ok 'a line over --max-size is named' has err 'kiji: long.jsonl: line 1: longer than 65536 bytes (see --max-size)'

cat > own.jsonl <<'J'
{"url": "https://example.jp/1", "headline": "首相が演説", "body": "岸田文雄首相は「協力を深める」と述べた。", "published": "2024-07-28T09:00:00+09:00", "tags": ["政治", "\u0000\n"], "n": {"x": 1.5, "y": null}, "id": 7, "text": "別の欄"}
{"body": "本文。"}
{"url": "3", "text": "本文。"}
{"url": "4", "body": "本文。", "published": "昨日"}
J
run -f jsonl --fields=id=url,title=headline,text=body,date=published own.jsonl
ok '--fields: status 1' status_is 1
ok '--fields: source, title, date' has out '"source":"https://example.jp/1","title":"首相が演説","date":"2024-07-28","characters":20'
ok '--fields: no member' has err 'kiji: own.jsonl: line 3: member "body" is missing'
ok '--fields: no date' has err 'kiji: own.jsonl: line 4: member "published" is not a date YYYY-MM-DD'
ok '--fields: without --keep nothing is kept' has_not out kept
run -f jsonl --fields=id=url,title=headline --fields=text=body,date=published --keep -s quotes own.jsonl
ok '--keep: the other members' has out '"kept":{"tags":["政治","\u0000\n"],"n":{"x":1.5,"y":null},"id":7,"text":"別の欄"}}'
ok '--keep: none' has out '{"schema":"kiji/1","source":"own.jsonl:2","characters":3,"quotes":[],"warnings":[]}'
head -n 1 own.jsonl | "$KIJI" -f json --input=jsonl --fields=text=body --keep > out
ok '--keep: json' python3 -c 'import json; kept = json.load(open("out"))[0]["kept"]; assert kept["url"] and "body" not in kept and "id" not in kept, kept'
head -n 1 own.jsonl | "$KIJI" -0 -f jsonl --input=jsonl --fields=text=body --keep > out
ok '--keep: -0 ends one record' python3 -c 'assert open("out", "rb").read().count(b"\0") == 1'
run -f yaml --keep own.jsonl
ok '--keep: not in yaml' status_is 2
ok '--keep: not in yaml: why' has err '--keep goes with --format=jsonl or json'
for list in '' id id= =url id=url, who=x id=url,,text=b "text=$(printf '%064d' 0)"; do
    run --fields="$list" own.jsonl
    ok "--fields='$list' is refused" status_is 2
done
run --fields=who=x own.jsonl
ok '--fields: why' has err "kiji: --fields: 'who=x' is not id=, title=, text= or date=NAME"

python3 - "$KIJI" > log 2>&1 <<'PY'
# A record leaves when it is done, while the writer still holds the pipe open.
import subprocess, sys
for jobs in ('-j1', '-j4'):
    p = subprocess.Popen([sys.argv[1], '-f', 'jsonl', '--input=jsonl', jobs], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE)
    p.stdin.write(b'{"id":"first","text":"a"}\n'); p.stdin.flush()
    assert b'"first"' in p.stdout.readline()
    p.stdin.close()
    assert p.stdout.read() == b'' and p.wait() == 0
PY
ok 'streaming' test ! -s log
end
