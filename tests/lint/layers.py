#!/usr/bin/env python3
"""A stage knows the stages before it, never one after it: checks the #include lines of src/ (TAP)."""
import glob, os, re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KNOWS = {
    'base': {'base'},
    'doc': {'base', 'doc'},
    'read': {'base', 'read'},
    'words': {'base', 'read', 'words'},
    'find': {'base', 'read', 'words', 'find', 'doc'},
    'write': {'base', 'doc', 'write'},
    'cli': {'base', 'read', 'doc', 'write', 'cli'},
    'tools': {'base', 'read', 'words', 'find', 'doc', 'tools'},
    'main.c': {'cli'},
}
# System headers that one file alone may see.
ALONE = {'mecab.h': {'words/libmecab.c'}, 'yaml.h': {'write/yaml.c', 'write/write.c'},
         'unicode/ucnv.h': {'read/decode.c', 'read/feed_charset.c'},
         'gumbo.h': {'read/libgumbo.h'}, 'expat.h': {'read/libexpat.h'}}

failed = 0
for path in sorted(glob.glob(f'{ROOT}/src/**/*.[ch]', recursive=True)):
    name = os.path.relpath(path, f'{ROOT}/src')
    room = name.split('/')[0]
    for number, line in enumerate(open(path, encoding='utf-8'), 1):
        own = re.match(r'#include "(\w+)/', line)
        system = re.match(r'#include <(.*)>', line)
        bad = (own and own.group(1) not in KNOWS[room]) or (system and name not in ALONE.get(system.group(1), {name}))
        if bad:
            failed += 1
            print(f'not ok - src/{name}:{number}: {line.strip()}')
if not failed:
    print('ok - each room includes only rooms before it')
raise SystemExit(1 if failed else 0)
