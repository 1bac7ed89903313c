. "$KIJI_ROOT/tests/cli/lib.sh"
check 'the reader closes the pipe' 0 '"$KIJI" "$articles" | head -n 1'
if [ ! -s "$err" ]; then echo 'ok - quietly'; else echo 'not ok - quietly'; fi
check 'a full disk' 2 '"$KIJI" "$one" > /dev/full'
says 'the reason' 'No space left' "$err"
"$KIJI" -f jsonl -j1 "$articles" "$one" "$articles" > j1
"$KIJI" -f jsonl -j8 "$articles" "$one" "$articles" > j8
same 'the same bytes for one job and eight' j1 j8
"$KIJI" "$one" > first
"$KIJI" "$one" > second
same 'the same bytes twice' first second
check '-o writes a file' 0 '"$KIJI" -o result.yaml "$one"'
same 'which holds the same' first result.yaml
check '-o into a missing folder' 2 '"$KIJI" -o no/such/folder/x "$one"'
check 'columns of mentions' 0 '"$KIJI" -f tsv -s mentions "$one" | cut -f 4 | sort -u'
says 'names among them' '海上自衛隊\|海自' "$out"
check 'one type only' 0 '"$KIJI" -f tsv -s entities -t weapon "$one"'
says 'a weapon' 'イージス艦' "$out"
check 'an unknown format' 2 '"$KIJI" -f nonsense "$one"'
check 'the help' 0 '"$KIJI" --help'
says 'the exit status in it' 'format' "$out"
check 'the versions' 0 '"$KIJI" --version'
says 'its own first' '^kiji [0-9]' "$out"
says 'MeCab' 'mecab' "$out"
check 'completion for bash' 0 '"$KIJI" --generate=complete-bash | bash -n'
check 'rules alone' 0 '"$KIJI" --no-model "$one"'
