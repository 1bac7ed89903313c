# The recipe for GNU parallel in docs/cluster.md: pieces of a stream of JSON Lines to several processes.
. "$KIJI_ROOT/tests/cli/lib.sh"
if ! command -v parallel > /dev/null 2>&1 || ! parallel --version 2> /dev/null | grep -q '^GNU parallel'; then
    skip 'GNU parallel: the lines of the single run' 'parallel is not installed'
    end
    exit
fi
python3 - "$KIJI_ROOT/data/articles" > in.jsonl <<'PY'
import glob, json, sys
for i in range(20):
    for name in sorted(glob.glob(sys.argv[1] + '/*.txt')):
        print(json.dumps({'id': f'{i}-{name}', 'text': open(name, encoding='utf-8').read()}, ensure_ascii=False))
PY
"$KIJI" -f jsonl --input=jsonl -j1 < in.jsonl | LC_ALL=C sort > want
parallel --will-cite -j2 --pipe --block 32K "$KIJI" -f jsonl --input=jsonl -j1 < in.jsonl 2> err > out
echo $? > status
LC_ALL=C sort out > got
ok 'parallel --pipe: sorted, the lines of the single run' same got want
ok 'parallel --pipe: status 0' status_is 0
ok 'parallel --pipe: there were several pieces' test "$(wc -c < in.jsonl)" -gt 100000
parallel --will-cite -k -j2 --pipe --block 32K "$KIJI" -f jsonl --input=jsonl -j1 < in.jsonl > out
"$KIJI" -f jsonl --input=jsonl < in.jsonl > want
ok 'parallel -k --pipe: in the order of the input' same out want
parallel --will-cite -j2 --pipepart --block 32K -a in.jsonl "$KIJI" -f jsonl --input=jsonl -j1 | LC_ALL=C sort > got
LC_ALL=C sort want > sorted
ok 'parallel --pipepart: the same' same got sorted
{ head -n 50 in.jsonl; echo '{"id": "bad'; tail -n +51 in.jsonl; } |
    parallel --will-cite -j2 --pipe --block 32K "$KIJI" -f jsonl --input=jsonl -j1 > out 2> err
echo $? > status
ok 'a bad line: the others are done' lines_are out "$(wc -l < in.jsonl)"
ok 'a bad line: it is named' has err 'not valid JSON'
ok 'a bad line: the status says so' status_is 1
end
