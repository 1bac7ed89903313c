#!/usr/bin/env python3
"""Write the binary seeds again: small dictionaries, a small weights file, texts in other encodings (seeds.py DICTC)."""
import bz2, glob, gzip, io, itertools, lzma, os, struct, subprocess, sys, tarfile, zipfile

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

# Archives of two small articles: one folder name, one entry that is passed over, one link.
def tar(mode, format=tarfile.USTAR_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f'w:{mode}' if mode else 'w', format=format) as t:
        for name, body in [('a/one.txt', text), ('二.txt', text * 3), ('../three', ''), ('/four', 'four')]:
            entry = tarfile.TarInfo(name)
            entry.size = len(body.encode())
            t.addfile(entry, io.BytesIO(body.encode()))
        link = tarfile.TarInfo('link')
        link.type, link.linkname = tarfile.SYMTYPE, '/etc/passwd'
        t.addfile(link)
    return out.getvalue()


def zipped(method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as z:
        for name, body in [('a/one.txt', text), ('二.txt', text * 3), ('../three', '')]:
            z.writestr(zipfile.ZipInfo(name), body, method)
    return out.getvalue()


plain = tar('')
for number, (name, data) in enumerate([
        ('tar', plain[:6144]), ('pax', tar('', tarfile.PAX_FORMAT)[:8192]), ('gnu', tar('', tarfile.GNU_FORMAT)[:6144]),
        ('tar-gz', gzip.compress(plain, mtime=0)), ('tar-bz2', bz2.compress(plain)), ('tar-xz', lzma.compress(plain)),
        ('zip-stored', zipped(zipfile.ZIP_STORED)), ('zip', zipped(zipfile.ZIP_DEFLATED)),
        ('gz-text', gzip.compress(text.encode(), mtime=0)), ('empty-gz', gzip.compress(b'', mtime=0)),
        ('gz-of-gz', gzip.compress(gzip.compress(text.encode(), mtime=0), mtime=0))]):
    write('archive', name, bytes([number * 5 % 16]) + data)
for name, data in [('one', gzip.compress(text.encode(), mtime=0)),
                   ('two', gzip.compress(text.encode(), mtime=0) + gzip.compress(b'more', mtime=0)),
                   ('rubbish-behind', gzip.compress(text.encode(), mtime=0) + b'\0\0\0'),
                   ('stored', gzip.compress(text.encode(), 0, mtime=0))]:
    write('gunzip', name, bytes([9]) + data)


def record(strings):
    """An input of the target roundtrip: three of each part, each string the next one of `strings`."""
    names = itertools.cycle(strings)

    def one():
        raw = next(names)
        raw = raw if isinstance(raw, bytes) else raw.encode()
        return bytes([len(raw)]) + raw

    out = one() + one() + b'\x50' + one() + b'\x03'
    for i in range(3):
        out += bytes([i]) + one() + one() + one() + one() + one() + b'\x01\x01\x09' + one() + one() + b'\x01'
    out += b'\x03'
    for i in range(3):
        out += bytes([i, i]) + one() + one() + one() + one() + one() + one()
    return out + b'\x03' + (one() + b'\x99\x02') * 3 + b'\x02' + one() + one()


write('roundtrip', 'words', record(['木原稔', '防衛相', 'NO', '12:30', '2024-07-28', 'null', '~', '1_000', '0x1F', 'on']))
write('roundtrip', 'marks', record(['- a: b', '# c', '\t\r\n\\', '"\'', '\u2028\u0085\ufeff', '\U00020bb7野家', ' a ', '']))
write('roundtrip', 'bytes', record([b'\xff\xfe', b'\x00\x01\x7f', b'\xed\xa0\x80', b'\xf4\x90\x80\x80', '\ufffe\uffff']))


def trie(words):
    """The double array over [(bytes, value)]: children of base b stand at b + byte + 1, the value at b."""
    cells = {}

    def place(base, at, rest):
        ends = [v for w, v in rest if len(w) == at]
        nexts = sorted({w[at] for w, v in rest if len(w) > at})
        spots = ([base] if ends else []) + [base + byte + 1 for byte in nexts]
        if ends:
            cells[base] = [-(ends[0] + 1), base]
        for byte in nexts:
            cells[base + byte + 1] = [0, base]
        for byte in nexts:
            below = [(w, v) for w, v in rest if len(w) > at and w[at] == byte]
            wanted = [0] + [w[at + 1] + 1 for w, v in below if len(w) > at + 1]
            free = next(b for b in itertools.count(1) if all(b + i not in cells for i in wanted) and
                        b not in used)
            used.add(free)
            cells[base + byte + 1][0] = free
            place(free, at + 1, below)
        return spots

    used = {1}
    cells[0] = [1, 0]
    place(1, 0, words)
    n = (max(cells) + 8) // 8 * 8
    return b''.join(struct.pack('<iI', *cells.get(i, [0, 0])) for i in range(n))


def entries(rows):
    """[(surface, left, right, posid, cost, feature)] -> cells, entries, features."""
    words, body, features = [], b'', b''
    for i, (surface, left, right, posid, cost, feature) in enumerate(rows):
        words.append((surface.encode(), i << 8 | 1))
        body += struct.pack('<HHHhII', left, right, posid, cost, len(features), 0)
        features += feature.encode() + b'\0'
    return trie(words), body, features.ljust((len(features) + 3) // 4 * 4, b'\0')


def mecab(known, unknown, n=4):
    cells, body, features = entries(known)
    ucells, ubody, ufeatures = entries(unknown)
    assert len(cells) % 64 == 0 and max(len(cells), len(ucells)) < 256 * 64
    kinds = [struct.pack('<I', 1 << i | i << 18 | 2 << 26 | 1 << 30) for i in range(8)]
    names = b''.join(row[0].encode().ljust(32, b'\0') for row in unknown)
    return (bytes([0, n, n, len(cells) // 64, len(known), len(ucells) // 64, len(unknown), len(unknown),
                   len(features) // 4, len(ufeatures) // 4]) + b''.join(kinds) +
            b''.join(struct.pack('<h', (i * 37 % 11 - 5) * 100) for i in range(n * n)) +
            cells + body + features + ucells + ubody + ufeatures + names)


noun, verb, particle = '名詞,一般,*,*,*,*', '動詞,自立,*,*,一段,連用形', '助詞,係助詞,*,*,*,*'
unknown = [(f'K{i}', 1, 1, 38, 3000, noun) for i in range(8)]
write('mecab_dict', 'words', mecab([('防衛', 1, 1, 38, 10, noun + ',防衛,ボウエイ,ボウエイ'), ('防', 1, 1, 38, 900, noun),
                                    ('木原', 2, 2, 43, 20, '名詞,固有名詞,人名,姓,*,*,木原,キハラ,キハラ'),
                                    ('は', 3, 3, 16, 5, particle + ',は,ハ,ワ'), ('述べ', 1, 3, 31, 7, verb + ',述べる,ノベ,ノベ')],
                                   unknown))
write('mecab_dict', 'one', mecab([('と', 0, 0, 14, 1, '助詞')], unknown[:1], 1))
