#!/usr/bin/env python3
"""Write the binary seeds again: small dictionaries, a small weights file, texts in other encodings (seeds.py DICTC)."""
import glob, os, struct, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
dictc = sys.argv[1] if len(sys.argv) > 1 else 'build/release/dictc'


def write(target, name, data):
    folder = os.path.join(HERE, 'seeds', target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), 'wb') as f:
        f.write(data)


# A dictionary of each table alone, and of all of them.
sources = sorted(glob.glob(f'{HERE}/seeds/tsv/*.tsv'))
for name, files in [('whole', sources), ('country', [f'{HERE}/seeds/tsv/countries.tsv'])]:
    target = os.path.join(HERE, 'seeds', 'lexicon', name)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    subprocess.run([dictc, '-o', target] + files, check=True)

# Tables of the smallest shape that the tagger takes; the target makes size and checksum right.
shapes = [('entities', 256, 9), ('entity-moves', 10, 18), ('hints-news', 16, 1), ('brackets', 16, 1),
          ('reports', 16, 1), ('speakers', 16, 1), ('frequencies', 16, 1)]
directory, body = b'', b''
at = (40 + 48 * len(shapes) + 63) // 64 * 64
for name, rows, columns in shapes:
    n = rows * columns
    directory += struct.pack('<16sQQIIfI', name.encode(), at, n, rows, columns, 0.01, 0)
    values = bytes((i * 7 + i // 9 * 5) % 23 for i in range(n))
    size = (n + 16 + 63) // 64 * 64
    body += values + bytes(size - n)
    at += size
head = struct.pack('<8sIIQQII', b'KIJIWTS', 1, 0x01020304, at, 0, len(shapes), 0)
write('weights', 'small', (head + directory).ljust((40 + 48 * len(shapes) + 63) // 64 * 64, b'\0') + body)

text = '港の集会で市長は「橋を直す」と述べた。～－∥①㈱ｶﾞｷﾞ\n'
for number, name in [(0, 'utf-8'), (1, 'utf-8-sig'), (2, 'shift_jis'), (3, 'cp932'), (4, 'euc-jp'), (5, 'utf-16'),
                     (6, 'utf-16-le'), (7, 'utf-16-be'), (9, 'iso2022_jp')]:
    write('decode', name, bytes([number]) + text.encode(name, 'ignore'))
    write('decode', name + '-found', bytes([0]) + text.encode(name, 'ignore'))
