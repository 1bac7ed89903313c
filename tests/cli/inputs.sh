. "$KIJI_ROOT/tests/cli/lib.sh"
check 'standard input' 0 'cat "$one" | "$KIJI"'
says 'standard input is called -' '^source: "-"' "$out"
check 'a file among others and -' 0 '"$KIJI" -f jsonl "$one" - "$one" < "$one"'
if [ "$(wc -l < "$out")" = 3 ]; then echo 'ok - three records'; else echo 'not ok - three records'; fi
check 'an empty input is a record' 0 '"$KIJI" -f jsonl < /dev/null'
says 'it has no entities' '"entities": *\[\]' "$out"
check 'a missing file, the others done' 1 '"$KIJI" -f jsonl missing.txt "$one"'
says 'its name and reason' 'kiji: missing.txt: No such file' "$err"
says 'the other one is out' '"schema"' "$out"
printf 'abc\000\001\002def' > binary.txt
check 'binary data is refused' 1 '"$KIJI" binary.txt "$one"'
says 'binary is named' 'kiji: binary.txt: .*binary data' "$err"
check 'an unknown option' 2 '"$KIJI" --no-such-option'
if [ ! -s "$out" ]; then echo 'ok - nothing on standard output'; else echo 'not ok - nothing on standard output'; fi
check 'a directory is walked in byte order' 0 '"$KIJI" -f jsonl "$articles" | sed -n "s/.*\"source\": *\"\([^\"]*\)\".*/\1/p" > names; sort -c names'
cp "$one" ./-a.txt
check 'a name that begins with a dash' 0 '"$KIJI" -- -a.txt'
cp "$one" '日 本.txt'
check 'a Japanese name with a blank' 0 '"$KIJI" "日 本.txt"'
mkdir empty
check 'a folder without articles' 0 '"$KIJI" empty'
check 'names from a file' 0 'printf "%s\0" "$one" | "$KIJI" -f jsonl --files0-from=-'
says 'the record of it' '"schema"' "$out"
printf '{"id":"r1","title":"日米首脳が会談","text":"岸田文雄首相は「歓迎する」と述べた。","date":"2023-01-13"}\n{bad\n{"id":"r2","text":"終わり。"}\n' > records.jsonl
check 'records, a bad one in the middle' 1 '"$KIJI" -f jsonl records.jsonl'
says 'file and line of the bad one' 'records.jsonl' "$err"
if [ "$(wc -l < "$out")" = 2 ]; then echo 'ok - the other two are out'; else echo 'not ok - the other two are out'; fi
says 'the record has its own id' '"source": *"r1"' "$out"
