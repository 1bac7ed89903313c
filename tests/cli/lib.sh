# lib.sh - what the command tests share: `check NAME STATUS COMMAND` runs a shell command and compares its exit status.
out=out.txt
err=err.txt
check() {
    name=$1 want=$2
    shift 2
    sh -c "$*" > "$out" 2> "$err"
    got=$?
    if [ "$got" = "$want" ]; then echo "ok - $name"; else echo "not ok - $name"; echo "# exit status $got, not $want: $*"; sed 's/^/# /' "$err" | head -n 5; fi
}
# `says NAME PATTERN FILE`: the file has a line that matches.
says() {
    if grep -q -e "$2" "$3"; then echo "ok - $1"; else echo "not ok - $1"; echo "# no line of $3 matches $2"; sed 's/^/# /' "$3" | head -n 5; fi
}
# `same NAME A B`: two files are equal.
same() {
    if cmp -s "$2" "$3"; then echo "ok - $1"; else echo "not ok - $1"; diff "$2" "$3" | head -n 6 | sed 's/^/# /'; fi
}
articles=$KIJI_ROOT/data/articles
one=$articles/kyodo-enshu.txt
export KIJI articles one
