. "$KIJI_ROOT/tests/cli/lib.sh"
check 'no MeCab dictionary' 2 '"$KIJI" --mecab-dict /no/such "$one"'
says 'what was looked for' '/no/such' "$err"
mkdir data
check 'no dictionary of kiji' 2 'KIJI_DATA=data "$KIJI" "$one"'
says 'and how to name it' 'KIJI_DATA' "$err"
cp "$KIJI_BUILD/kiji.weights" data
head -c 1000 "$KIJI_BUILD/kiji.dic" > data/kiji.dic
check 'a dictionary cut short' 2 'KIJI_DATA=data "$KIJI" "$one"'
says 'damaged' 'damaged' "$err"
python3 - "$KIJI_BUILD/kiji.dic" <<'END'
import sys
b = bytearray(open(sys.argv[1], 'rb').read())
b[len(b) // 2] ^= 4
open('data/kiji.dic', 'wb').write(b)
END
check 'one bit turned over' 2 'KIJI_DATA=data "$KIJI" "$one"'
says 'the checksum' 'checksum' "$err"
cp "$KIJI_BUILD/kiji.dic" data/kiji.dic
python3 - "$KIJI_BUILD/kiji.weights" <<'END'
import sys
b = bytearray(open(sys.argv[1], 'rb').read())
b[-1000] ^= 1
open('data/kiji.weights', 'wb').write(b)
END
check 'damaged weights' 2 'KIJI_DATA=data "$KIJI" "$one"'
says 'are named' 'kiji.weights' "$err"
check 'and can be left out' 0 'KIJI_DATA=data "$KIJI" --no-model "$one"'
printf 'weapon\tforms\tkind\tcountry\tcontext\n零式光線砲\tゼロ砲\tレーザー兵器\tJP\t-\n' > own.tsv
printf '研究所は零式光線砲を公開した。\n' > own.txt
check 'a dictionary of the user' 0 '"$KIJI" -f tsv -s mentions -t weapon --dict own.tsv own.txt'
says 'knows its weapon' '零式光線砲' "$out"
printf 'weapon\tforms\tkind\tcountry\tcontext\n零式光線砲\tゼロ砲\t\tJPN\t-\n' > broken.tsv
check 'a broken one stops the run' 2 '"$KIJI" --dict broken.tsv own.txt'
says 'with line and column' 'broken.tsv:2: kind' "$err"
says 'and every fault' 'broken.tsv:2: country' "$err"
