#!/usr/bin/env python3
"""kiji.css and kiji.js -> src/write/html_assets.c, with the hashes by which the pages allow them and nothing else.

python3 data/html/embed.py          after a change of either file; tests/lint/assets.py fails where it was forgotten
"""
import base64, hashlib, os, sys

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(os.path.dirname(os.path.dirname(HERE)), 'src/write/html_assets.c')


def rows(name, text):
    lines = ''.join('    "' + line.replace('\\', '\\\\').replace('"', '\\"') + '\\n",\n' for line in text.splitlines())
    return f'const char *const kiji_html_{name}[] = {{\n{lines}    NULL,\n}};\n'


parts = ['/* Made by data/html/embed.py from kiji.css and kiji.js; do not edit. */\n#include "write/html.h"\n\n/* clang-format off */\n']
policy = []
for name, directive in (('css', 'style'), ('js', 'script')):
    text = open(f'{HERE}/kiji.{name}', encoding='utf-8').read()
    assert '</' not in text, 'an end tag would end the element'
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    policy.append(f"{directive}-src 'sha256-{digest}'")
    parts.append(rows(name, text))
parts.append(f'const char kiji_html_policy[] =\n    "default-src \'none\'; img-src data:; {policy[0]}; "\n'
             f'    "{policy[1]}; base-uri \'none\'; form-action \'none\'";\n')
made = ''.join(parts)
if sys.argv[1:] == ['--check']:
    sys.exit(0 if open(OUT, encoding='utf-8').read() == made else 'src/write/html_assets.c is older than data/html')
open(OUT, 'w', encoding='utf-8').write(made)
