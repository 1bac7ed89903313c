#!/bin/sh
# setup.sh check              say in one line what is missing to build kiji; exit 1 then
# setup.sh install [TOOL...]  install what is missing to build and test it (root or sudo, Debian packages), else say it
set -u
mode=${1:-check}
[ $# -gt 0 ] && shift
missing=

have() { command -v "$1" > /dev/null 2>&1; }
need() { missing="$missing $*"; }
has_library() { have pkg-config && pkg-config --exists "$1"; }

compiler=${CC:-cc}
have "${compiler%% *}" || need gcc
[ -e /usr/include/stdio.h ] || [ "$(uname -s)" != Linux ] || need libc6-dev
have pkg-config || need pkg-config
has_library icu-i18n || need libicu-dev
has_library yaml-0.1 || need libyaml-dev
has_library jansson || need libjansson-dev
has_library sqlite3 || need libsqlite3-dev
has_library libarchive || need libarchive-dev
has_library zlib || need zlib1g-dev
has_library gumbo || need libgumbo-dev
has_library expat || need libexpat1-dev
have mecab-config || need libmecab-dev
ipadic=$(find /var/lib/mecab/dic/ipadic-utf8 /usr/lib/*/mecab/dic/ipadic-utf8 /usr/local/lib/mecab/dic/ipadic* \
    -name sys.dic 2> /dev/null | head -n 1)
[ -n "$ipadic" ] || need mecab-ipadic-utf8
if [ "$mode" = install ]; then
    have mecab || need mecab
    has_library cmocka || need libcmocka-dev
    have sqlite3 || need sqlite3
    have python3 || need python3
    python3 -c 'import yaml' > /dev/null 2>&1 || need python3-yaml
    python3 -c 'import jsonschema' > /dev/null 2>&1 || need python3-jsonschema
    for tool in "$@"; do
        if [ "$tool" = venv ]; then # Debian's python3 cannot make one by itself
            python3 -c 'import ensurepip, venv' > /dev/null 2>&1 || need python3-venv
            continue
        fi
        have "$tool" || need "$(echo "$tool" | sed 's/^node$/nodejs/; s/^java$/default-jre-headless/; s/^afl-fuzz$/afl++/')"
    done
fi
[ -n "$missing" ] || exit 0

as_root=
[ "$(id -u)" -eq 0 ] || as_root='sudo -n'
if [ "$mode" = install ] && have apt-get && { [ -z "$as_root" ] || sudo -n true 2> /dev/null; }; then
    echo "installing:$missing" >&2
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    if $as_root apt-get -qq update > /dev/null &&
        $as_root apt-get -qq -y --no-install-recommends install $missing > /dev/null; then
        exit 0
    fi
fi
echo "kiji: missing here, as Debian calls it:$missing" >&2
exit 1
