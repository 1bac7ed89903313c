# Option table, help and man page say the same.
. "$KIJI_ROOT/tests/cli/lib.sh"
run --help
grep -oE '^  (-[A-Za-z], |    )--[a-z0-9-]+|^  -[a-zA-Z] ' out | tr -d ' ' | tr ',' '\n' | grep . | sort > in_help
sed -n 's/^\.It Fl \([A-Za-z]\) .*, Fl -\([a-z0-9-]*\).*/-\1\n--\2/p; s/^\.It Fl \([A-Za-z]\)$/-\1/p; s/^\.It Fl \([A-Za-z]\) , Fl -\([a-z0-9-]*\).*/-\1\n--\2/p; s/^\.It Fl -\([a-z0-9-]*\).*/--\1/p' \
    "$KIJI_ROOT/src/cli/kiji.1" | sort -u > in_manual
sort -u in_help > want
ok 'the man page has the options of --help' diff want in_manual
if command -v mandoc > /dev/null 2>&1; then
    ok 'mandoc -Tlint has nothing to say' sh -c 'mandoc -Tlint -Wwarning "$KIJI_ROOT/src/cli/kiji.1" > lint; cat lint; [ ! -s lint ]'
else
    skip 'mandoc -Tlint' 'mandoc is not installed'
fi
for section in 'EXIT STATUS' ENVIRONMENT FILES EXAMPLES BUGS; do
    ok "man page: $section" grep -qE "^\.Sh \"?$section" "$KIJI_ROOT/src/cli/kiji.1"
done
version=$("$KIJI" --version | sed -n 's/^kiji //p')
ok 'the changelog begins with this version' sh -c "grep -m 1 '^## ' '$KIJI_ROOT/CHANGELOG.md' | grep -qF '$version'"
end
