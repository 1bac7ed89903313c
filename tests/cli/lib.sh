# lib.sh - for tests of the command: each runs in a fresh empty folder, says TAP, and is `sh`, not bash.
# KIJI is the program under test (perhaps under valgrind), KIJI_ROOT the source tree, KIJI_BUILD the build folder.
n=0
failures=0

# ok NAME COMMAND...: the command succeeds
ok() {
    name=$1
    shift
    n=$((n + 1))
    if "$@" > ok.log 2>&1; then
        echo "ok $n - $name"
    else
        failures=$((failures + 1))
        echo "not ok $n - $name"
        printf '# failed: %s\n' "$*"
        sed 's/^/#   /' ok.log | head -n 20
        [ ! -s err ] || sed 's/^/# stderr: /' err | head -n 20
    fi
}

skip() {
    n=$((n + 1))
    echo "ok $n - $1 # SKIP $2"
}

# run ARGUMENT...: kiji with stdout, stderr and exit status in the files out, err, status
run() {
    "$KIJI" "$@" > out 2> err
    echo $? > status
}

status_is() { [ "$(cat status)" = "$1" ]; }
empty() { [ ! -s "$1" ]; }
lines_are() { [ "$(wc -l < "$1")" -eq "$2" ]; }
has() { grep -qF -- "$2" "$1"; }
has_not() { ! grep -qF -- "$2" "$1"; }
same() { cmp -- "$1" "$2"; }

# field FILE.jsonl KEY: the values of a member, one a line
field() { python3 -c 'import json, sys
for line in open(sys.argv[1], encoding="utf-8"): print(json.loads(line).get(sys.argv[2]))' "$1" "$2"; }

# article NAME: a small article
article() { printf '首相が演説\n\n　岸田文雄首相は10日、東京で「協力を深める」と述べた。\n' > "$1"; }

end() {
    echo "1..$n"
    [ "$failures" -eq 0 ]
}
