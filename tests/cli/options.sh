# What the command line may say.
. "$KIJI_ROOT/tests/cli/lib.sh"
article a.txt

run -h
ok '-h: one screen' sh -c '[ "$(wc -l < out)" -le 24 ] && [ "$(wc -L < out)" -le 80 ]'
ok '-h: status 0, on standard output' status_is 0
run --help
ok '--help: status 0' status_is 0
ok '--help: the default number of jobs' grep -q 'several run [0-9]* at a time' out
if command -v taskset > /dev/null && first=$(taskset -cp $$ 2> /dev/null | sed -n 's/.*: \([0-9]*\).*/\1/p') && [ -n "$first" ]; then
    taskset -c "$first" "$KIJI" --help > out
    ok '--help: the default counts the processors that we may use' grep -q 'several run 1 at a time' out
else
    skip '--help: the default counts the processors that we may use' 'no taskset here'
fi
run --help
ok '--help: the unit of offsets' has out 'Unicode code points'
ok '--help: at most 80 columns' sh -c '[ "$(wc -L < out)" -le 80 ]'
run --version
ok '--version: status 0' status_is 0
ok '--version: kiji alone on the first line' sh -c 'head -n 1 out | grep -qx "kiji [0-9]*\.[0-9]*\.[0-9]*"'
for part in mecab icu libyaml jansson; do
    ok "--version: $part" grep -qi "^$part" out
done
run -V
ok '-V' grep -q '^kiji ' out

for wrong in -f --format=x '-f x' '-s x' '-t x' '-s entities,x' '-j x' '-j -1' '--date=2024-13-01' '--date=20240728' \
    --max-size=0 --max-size=1T --max-size=99999999999999999999 '-E klingon' --strict=1 --input=x --generate=x --top=x; do
    # shellcheck disable=SC2086
    run $wrong a.txt
    ok "wrong: $wrong: status 2" status_is 2
    ok "wrong: $wrong: one line that points to the help" sh -c '[ "$(grep -c "see kiji --help$" err)" = 1 ] && [ "$(wc -l < err)" = 1 ]'
done
run -f tsv -s quotes,keywords a.txt
ok 'tsv with two sections: status 2' status_is 2
KIJI_JOBS=x "$KIJI" a.txt > out 2> err
ok 'KIJI_JOBS that is no number' has err 'KIJI_JOBS'

run a.txt -f jsonl
cp out want
run -fjsonl a.txt
ok 'options behind operands, and joined' same out want
run --form=jsonl a.txt
ok 'long options may be cut short' same out want
POSIXLY_CORRECT=1 "$KIJI" a.txt -f jsonl > out
ok 'POSIXLY_CORRECT changes nothing' same out want
run -qfjsonl a.txt
ok 'short options combine' same out want
LC_ALL=C "$KIJI" -f jsonl a.txt > out
ok 'the locale changes nothing' same out want
KIJI_JOBS=3 "$KIJI" -f jsonl a.txt > out
ok 'KIJI_JOBS' same out want

run -f jsonl -s quotes a.txt
ok '-s quotes: quotes alone' sh -c 'grep -q "\"quotes\"" out && ! grep -q "\"entities\"" out && ! grep -q "\"keywords\"" out'
run -f jsonl -s mentions a.txt
ok '-s mentions: entities with them' has out '"mentions":[{'
run -f jsonl -t place a.txt
ok '-t place: no people' has_not out '"type":"minister"'
ok '-t place: a speaker that is not shown becomes null, the words stay' grep -q '"speaker":null,"speaker_text":"[^"]' out
run -f jsonl --with-text a.txt
ok '--with-text' has out '"text":"首相が演説\n\n　岸田文雄首相は10日'
run -f jsonl --date=2024-07-28 a.txt
ok '--date' has out '"date":"2024-07-28"'
run -f jsonl --top=1 a.txt
ok '--top' sh -c '[ "$(grep -o "\"term\"" out | wc -l)" -le 1 ]'
run -f jsonl --explain a.txt
ok '--explain' has out '"why":'

if command -v script > /dev/null 2>&1; then
    script -qec "$KIJI" /dev/null > out 2>&1 < /dev/null
    echo $? > status
    ok 'no operand, standard input a terminal: status 2' status_is 2
    ok 'no operand, standard input a terminal: usage' has out 'usage: kiji'
else
    skip 'standard input a terminal' 'script(1) is not installed'
fi

"$KIJI" --generate=complete-bash > bash
ok 'bash completion: syntax' bash -n bash
ok 'bash completion: works' bash -c '. ./bash; COMP_WORDS=(kiji -s entities,q); COMP_CWORD=2; _kiji 2> /dev/null; [ "${COMPREPLY[*]}" = entities,quotes ]'
ok 'bash completion: options' bash -c '. ./bash; COMP_WORDS=(kiji --expl); COMP_CWORD=1; _kiji 2> /dev/null; [ "${COMPREPLY[*]}" = --explain ]'
for shell in zsh fish; do
    "$KIJI" --generate=complete-$shell > $shell
    if command -v $shell > /dev/null 2>&1; then ok "$shell completion: syntax" $shell -n $shell; fi
done
ok 'shipped completion: bash' same bash "$KIJI_ROOT/data/completions/kiji.bash"
ok 'shipped completion: zsh' same zsh "$KIJI_ROOT/data/completions/_kiji"
ok 'shipped completion: fish' same fish "$KIJI_ROOT/data/completions/kiji.fish"
end
