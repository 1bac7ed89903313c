# Dictionaries and weights: missing, damaged, the user's own.
. "$KIJI_ROOT/tests/cli/lib.sh"
article a.txt
# Changes one byte of a file.
turn() { python3 -c 'import sys
b = bytearray(open(sys.argv[1], "rb").read()); b[int(sys.argv[2])] ^= int(sys.argv[3])
open(sys.argv[1], "wb").write(b)' "$@"; }

mkdir data
export KIJI_DATA=data
run a.txt
ok 'no dictionary of kiji: status 2' status_is 2
ok 'no dictionary of kiji: how to name it' has err KIJI_DATA
cp "$KIJI_BUILD/kiji.weights" data
head -c 1000 "$KIJI_BUILD/kiji.dic" > data/kiji.dic
run a.txt
ok 'a dictionary cut short: status 2' status_is 2
ok 'a dictionary cut short: said' has err damaged
cp "$KIJI_BUILD/kiji.dic" data/kiji.dic
turn data/kiji.dic "$(($(wc -c < data/kiji.dic) / 2))" 4
run a.txt
ok 'one bit turned over: status 2' status_is 2
ok 'one bit turned over: the checksum' has err checksum
cp "$KIJI_BUILD/kiji.dic" data/kiji.dic
turn data/kiji.weights -1000 1
run a.txt
ok 'damaged weights: status 2' status_is 2
ok 'damaged weights: named' has err kiji.weights
run --no-model a.txt
ok 'damaged weights: --no-model does without' status_is 0
export KIJI_DATA="$KIJI_BUILD"

printf 'weapon\tforms\tkind\tcountry\tcontext\n零式光線砲\tゼロ砲\tレーザー兵器\tJP\t-\n' > own.tsv
printf '研究所は零式光線砲を公開した。\n' > own.txt
run -f tsv -s mentions -t weapon --dict own.tsv own.txt
ok "the user's dictionary: status 0" status_is 0
ok "the user's dictionary: its weapon is found" has out 零式光線砲
printf 'weapon\tforms\tkind\tcountry\tcontext\n零式光線砲\tゼロ砲\t\tJPN\t-\n' > broken.tsv
run --dict broken.tsv own.txt
ok 'a broken one: status 2' status_is 2
ok 'a broken one: line and column' has err 'broken.tsv:2: kind'
ok 'a broken one: every fault' has err 'broken.tsv:2: country'

printf '甲砲\t-\t砲\tQQ\t-\n甲砲\t-\t砲\tJP\n甲砲\t-\t砲\tJP\t-\n' >> broken.tsv
run --check-dict broken.tsv --check-dict own.tsv --check-dict none.tsv
ok 'checked: status 2' status_is 2
ok 'checked: line and column' has out 'broken.tsv:2: country: not an ISO'
ok 'checked: a row cut short' has out 'broken.tsv:4: 4 columns, not the 5'
ok 'checked: a country that is none' has out 'broken.tsv:3: country: no row of countries.tsv has the code: QQ'
ok 'checked: the same name twice' has out 'broken.tsv:5: weapon: a second row'
ok 'checked: a file that is not there' has out 'none.tsv: No such file'
ok 'checked: nothing of a good file' has_not out own.tsv
printf 'key\tname\tshort\treading\taliases\toffice\tcountry\tfirst\tlast\n' > people.tsv
printf 'person/ko-otsu\t甲 乙\t甲\t-\t-\t首相\tJP\t2030-01\t2032-01-01\n' >> people.tsv
cp people.tsv clash.tsv
printf 'person/hei-tei\t丙 丁\t丙\t-\t-\t首相\tJP\t2031-02-30\t-\n' >> clash.tsv
printf 'person/hei-tei\t丙 丁\t丙\t-\t-\t首相\tJP\t2031-02-03\t-\n' >> clash.tsv
printf 'person/hei-tei\t丙 丁\t丙\t-\t-\t大魔王\tJP\t2031-03-03\t2030-01-01\n' >> clash.tsv
run --check-dict clash.tsv
ok 'checked: a day that no month has' has out 'clash.tsv:3: first: not a date'
ok 'checked: two in one seat' has out 'clash.tsv:4: first: overlaps'
ok 'checked: an office that is none' has out 'clash.tsv:5: office: no row of offices.tsv'
run --check-dict people.tsv --check-dict own.tsv
ok 'checked, good: status 0' status_is 0
ok 'checked, good: nothing said' empty out
KIJI_DATA=nowhere run --check-dict own.tsv
ok 'checked without kiji.dic: status 2' status_is 2
end
