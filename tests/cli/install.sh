# make install puts all in place, and the installed program finds its data.
. "$KIJI_ROOT/tests/cli/lib.sh"
article a.txt
if [ "$(basename "$KIJI_BUILD")" != release ]; then
    skip 'make install' 'done with the release build alone'
    end
    exit
fi
prefix=$PWD/prefix
# A build of its own: the installed place is compiled in.
make -s -C "$KIJI_ROOT" install PREFIX="$prefix" DESTDIR="$PWD/stage" FLAVOUR=install CFLAGS=-O0 > log 2>&1
ok 'make install' test $? -eq 0
(cd "$PWD/stage$prefix" && find . -type f | sort) > got
sort > want <<'F'
./bin/kiji
./share/bash-completion/completions/kiji
./share/fish/vendor_completions.d/kiji.fish
./share/kiji/kiji.dic
./share/kiji/kiji.weights
./share/man/man1/kiji.1
./share/zsh/site-functions/_kiji
F
ok 'all files, nothing else' diff want got
mv "stage$prefix" prefix
ok 'the installed program finds its data' prefix/bin/kiji a.txt
make -s -C "$KIJI_ROOT" uninstall PREFIX="$prefix" FLAVOUR=install > log 2>&1
ok 'make uninstall leaves no file' sh -c '[ -z "$(find prefix -type f)" ]'
end
