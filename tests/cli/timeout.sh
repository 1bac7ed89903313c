# --timeout: an article that takes too long is given up, the others go on.
. "$KIJI_ROOT/tests/cli/lib.sh"
article a.txt
article z.txt
python3 - <<'P'
line = '木原稔防衛相は「米国と話す」と述べた。'
open('long.txt', 'w').write((line + '\n') * 500000)
open('page.html', 'w').write('<html><body>' + f'<p>{line}' * 200000)
P
run -f jsonl --timeout=1 --errors=errors -j1 a.txt long.txt page.html z.txt
ok 'status 1' status_is 1
field out source > now
printf 'a.txt\nz.txt\n' > want
ok 'the others are done' same now want
for name in long.txt page.html; do
    ok "$name is named" has err "kiji: $name: took longer than 1.000 seconds (see --timeout)"
done
ok 'in --errors' has errors '{"source":"long.txt","stage":"analyze","reason":"took longer than 1.000 seconds (see --timeout)","byte":null}'
cp out want
run -f jsonl --timeout=1 -j3 a.txt long.txt page.html z.txt
ok 'several workers' same out want
run -f jsonl a.txt
cp out want
run -f jsonl --timeout=1000 a.txt
ok 'in time: the same record' same out want
for value in 0 0.000 '' x 1. .5 -1 1.2345 99999999999999999999; do
    run --timeout="$value" a.txt
    ok "--timeout='$value' is refused" status_is 2
done
run --timeout=x a.txt
ok 'refused: why' has err "kiji: --timeout: 'x' is no time in seconds such as 10 or 0.5"
end
