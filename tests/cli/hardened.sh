#!/bin/sh
# The program is hardened: position independent, relocations read-only, stack protector, checked libc calls.
set -u
file=$KIJI_BUILD/kiji
if ! command -v readelf > /dev/null 2>&1; then
    echo 'ok - hardened # SKIP no readelf'
    exit 0
fi
case $KIJI_BUILD in
*/release) ;;
*)
    echo 'ok - hardened # SKIP not the release build'
    exit 0
    ;;
esac
said() { # NAME PATTERN, over readelf's words on stdin
    if grep -Eq "$2"; then echo "ok - $1"; else echo "not ok - $1"; fi
}
readelf -hW "$file" | said 'position independent' 'Type: +DYN'
readelf -lW "$file" | said 'relocations become read-only' 'GNU_RELRO'
readelf -dW "$file" | said 'all of them before main' 'BIND_NOW|Flags:.*NOW'
readelf -lW "$file" | said 'stack is not executable' 'GNU_STACK .* RW +0x'
readelf -sW --dyn-syms "$file" | said 'stack protector' '__stack_chk_fail'
readelf -sW --dyn-syms "$file" | said 'checked calls of the C library' '__(snprintf|vsnprintf|memcpy|fprintf|read)_chk'
