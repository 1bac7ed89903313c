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
    image = open(target, 'rb').read()
    sections = [list(struct.unpack_from('<QQ', image, 32 + 16 * i)) for i in range(6)]
    # Of the trie (section 0) the units that are taken, each behind its number; without the filter of endings (section
    # 4): the target makes both whole.
    (at, size), (endings, n) = sections[0], sections[4]
    units = b''.join(struct.pack('<I', i) + image[at + 16 * i:at + 16 * i + 16] for i in range(size // 16)
                     if i == 0 or struct.unpack_from('<I', image, at + 16 * i + 4)[0] != 0xFFFFFFFF)
    units += b'\0' * (-len(units) % 8)
    parts = [units] + [image[o:o + n] for o, n in sections[1:4]] + [b'', image[slice(sections[5][0], sum(sections[5]))]]
    body, at = b'', 128
    for i, part in enumerate(parts):
        sections[i] = [at, len(part)]
        body += part + b'\0' * (-len(part) % 8)
        at = 128 + len(body)
    image = image[:32] + b''.join(struct.pack('<QQ', *s) for s in sections) + body
    if name == 'whole':
        # The first entry without a name: was accepted once, and became an entity without one.
        entries = sections[2][0]
        write('../crashes/lexicon', 'entry-without-name',
              image[:entries + 8] + struct.pack('<I', 0) + image[entries + 12:])
    write('lexicon', name, image)

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
