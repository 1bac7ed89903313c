#!/bin/sh
# Libraries of rare features are loaded where they are used: without them the rest works.
. "$KIJI_ROOT/tests/cli/lib.sh"
article a.txt
gzip -c a.txt > a.txt.gz
mkdir absent
for name in libarchive.so.13 libarchive.so libsqlite3.so.0 libsqlite3.so; do : > absent/$name; done
without() { LD_LIBRARY_PATH=$PWD/absent run "$@"; }

without -f jsonl a.txt
ok 'an article needs neither' status_is 0
ok 'and says nothing' empty err
without -f jsonl < a.txt
ok 'nor does standard input' status_is 0
without -f jsonl a.txt a.txt.gz
ok 'an archive: the article fails' status_is 1
ok 'named with its package' has err 'kiji: a.txt.gz: libarchive (Debian: libarchive13) cannot be loaded'
ok 'the other one is done' lines_are out 1
without -o a.db a.txt
ok 'a database: nothing to rely on' status_is 2
ok 'named as well' has err 'SQLite (Debian: libsqlite3-0) cannot be loaded'
without query a.db
ok 'a query, too' has err 'SQLite (Debian: libsqlite3-0) cannot be loaded'
without --version
ok 'the versions say it' has out 'sqlite is not installed'
run -f jsonl a.txt.gz
ok 'with it: an archive' lines_are out 1
run -f jsonl < a.txt.gz
ok 'on standard input' lines_are out 1
mkdir folder && cp a.txt.gz folder/b.txt
run -f jsonl folder
ok 'in a folder, under whatever name' lines_are out 1
find folder -name b.txt > list
run -f jsonl --files-from=list
ok 'by a list' lines_are out 1
if [ -r /proc/self/maps ] && command -v readelf > /dev/null 2>&1; then
    ok 'the program itself is not linked with them' \
        sh -c '! readelf -dW "$KIJI_BUILD/kiji" | grep -E "NEEDED.*(archive|sqlite)"'
else
    skip 'the program is not linked with them' 'no readelf'
fi
end
