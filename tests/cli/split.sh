# Several articles in one text (--split), records that end in NUL (-0), offsets in bytes.
. "$KIJI_ROOT/tests/cli/lib.sh"
one='岸田文雄首相は「協力を深める」と述べた。'
two='木原防衛相は東京で会見した。'
printf '%s\n' "$one" > 1.txt
printf '%s\n' "$two" > 2.txt
"$KIJI" -f jsonl 1.txt 2.txt | sed 's/"source":"[^"]*",//; s/"characters":[0-9]*,//' > want
bare() { sed 's/"source":"[^"]*",//; s/"characters":[0-9]*,//' out > got; }

printf '\n\n%s\n \t\r\n\n%s' "$one" "$two" | "$KIJI" -f jsonl --split=blank > out 2> err
bare
ok 'blank: pieces are articles' same got want
field out source > sources
printf -- '-:1\n-:2\n' > names
ok 'blank: sources' same sources names
printf '%s\f%s\f' "$one" "$two" > both.txt
run -f jsonl --split=FF both.txt
bare
ok 'FF in a file' same got want
ok 'FF: source' has out '"source":"both.txt:2"'
printf '%s\0\n\0%s\0' "$one" "$two" | "$KIJI" -f jsonl --split=NUL > out 2> err
bare
ok 'NUL; a piece of blanks is none' same got want
printf '%s\n%s\n\n%s\n' "$one" "$two" "$two" | "$KIJI" -f jsonl --split=blank > out
ok 'blank: lines stay together' lines_are out 2
"$KIJI" -f jsonl -j1 --split=FF both.txt > alone
"$KIJI" -f jsonl -j2 --split=FF both.txt > together
ok 'the same for each number of workers' same alone together
mkdir folder
cp both.txt folder/b.txt
echo '{"id": "line", "text": "a"}' > folder/c.jsonl
run -f jsonl --split=FF folder
ok 'JSON Lines stay what they are' lines_are out 3
printf '\n \n' | "$KIJI" -f jsonl --split=blank > out
ok 'nothing but blanks: nothing' empty out
python3 -c 'print("x" * 70000 + "\n\nshort\n\n" + ("y" * 30000 + "\n") * 3)' > long.txt
run -f jsonl --split=blank --max-size=64K long.txt
ok 'an article over --max-size is left out' lines_are out 1
ok 'the others are done' has out '"source":"long.txt:2"'
ok 'and it is named: a long line' has err 'kiji: long.txt: article 1: longer than 65536 bytes (see --max-size)'
ok 'and it is named: many lines' has err 'kiji: long.txt: article 3: longer than 65536 bytes (see --max-size)'
ok 'status 1' status_is 1
printf 'good\n\nbad \377\n' | "$KIJI" -E utf-8 -f jsonl --split=blank > out 2> err
ok 'a warning names the article' has err 'kiji: -: article 2: '
run --split=page 1.txt
ok 'an unknown place to cut' has err "--split: 'page' is not known"

run -f jsonl -0 1.txt 2.txt
tr '\0' '\n' < out > lines
"$KIJI" -f jsonl 1.txt 2.txt > want
ok '-0: records end in NUL' same lines want
ok '-0: and in nothing else' test "$(tr -dc '\n' < out | wc -c)" -eq 0
run -f tsv -s quotes --null 1.txt
tr '\0' '\n' < out > lines
"$KIJI" -f tsv -s quotes 1.txt > want
ok '--null: the header and the rows of a table' same lines want
# A NUL byte far behind the begin does not make a text binary data.
python3 -c 'print("本文です。\n" * 2000 + "首相は「協力\0を深める」と述べた。")' > nul.txt
run -E utf-8 -f tsv -s quotes -0 nul.txt
ok 'a value with NUL is an error, no record of its own' has err ': a value holds a NUL byte, and --null ends records'
ok 'a value with NUL: status 1' status_is 1
run -E utf-8 -f jsonl -0 nul.txt
ok 'JSON writes it as an escape' status_is 0
run -f yaml -0 1.txt
ok 'yaml has no such records' status_is 2

cat > check.py <<'PY'
import csv, json, sys
text = open(sys.argv[1], 'rb').read().decode('utf-8-sig')
data = text.encode()
record = json.load(open('bytes.json'))
plain = json.load(open('plain.json'))
assert record.pop('offsets') == 'byte' and 'offsets' not in plain
assert record['characters'] == len(text) == plain['characters']
def parts(r): return [m for e in r['entities'] for m in e['mentions']] + r['quotes']
assert len(parts(record)) == len(parts(plain)) > 3
for b, c in zip(parts(record), parts(plain)):
    assert data[b['start']:b['end']].decode() == b['text'] == c['text'] == text[c['start']:c['end']]
for section in ('mentions', 'quotes'):
    rows = list(csv.reader(open(section + '.tsv', encoding='utf-8'), delimiter='\t', quoting=csv.QUOTE_NONE))
    at = {name: i for i, name in enumerate(rows[0])}
    assert len(rows) > 1
    for row in rows[1:]:
        piece = data[int(row[at['start_byte']]):int(row[at['end_byte']])].decode()
        assert piece.replace('\\', '\\\\').replace('\n', '\\n') == row[at['text']], (piece, row)
PY
text="$KIJI_ROOT/data/articles/kyodo-enshu.txt"
{ printf '\357\273\277'; cat "$text"; } > bom.txt
for t in "$text" bom.txt; do
    "$KIJI" -f jsonl --offsets=byte "$t" > bytes.json
    "$KIJI" -f jsonl --offsets=codepoint "$t" > plain.json
    "$KIJI" -f tsv -s mentions --offsets=byte "$t" > mentions.tsv
    "$KIJI" -f tsv -s quotes --offsets=byte "$t" > quotes.tsv
    ok "--offsets=byte: $(basename "$t")" python3 check.py "$t"
done
run --offsets=line 1.txt
ok 'an unknown unit' status_is 2
end
