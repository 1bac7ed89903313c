# The examples of README.md are real (tests/readme.py --accept brings them up to date).
. "$KIJI_ROOT/tests/cli/lib.sh"
ok 'the examples of README.md' python3 "$KIJI_ROOT/tests/readme.py"
end
