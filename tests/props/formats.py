#!/usr/bin/env python3
"""Over all sample and golden inputs: YAML, JSON Lines and TSV say the same, offsets fit, runs repeat (TAP)."""
import csv, glob, json, os, subprocess, sys

try:
    import yaml
except ImportError:
    print('ok - YAML against JSON # SKIP python3-yaml is not installed')
    raise SystemExit(0)

KIJI, ROOT = os.environ['KIJI'], os.environ['KIJI_ROOT']
INPUTS = sorted(p for pattern in ('data/articles/*.txt', 'tests/golden/*/input*.txt') for p in
                glob.glob(os.path.join(ROOT, pattern)))
TYPES = ['person', 'minister', 'place', 'organization', 'weapon']
failed = 0


def kiji(*args, stdin=None):
    return subprocess.run([KIJI, *args], input=stdin, capture_output=True).stdout


def ok(good, name):
    global failed
    failed += not good
    print(f"{'ok' if good else 'not ok'} - {name}", flush=True)


def unescape(cell):
    out, i = [], 0
    while i < len(cell):
        if cell[i] == '\\':
            out.append({'t': '\t', 'n': '\n', 'r': '\r', '\\': '\\'}[cell[i + 1]])
            i += 1
        else:
            out.append(cell[i])
        i += 1
    return ''.join(out)


def table(section, *args):
    lines = kiji('-f', 'tsv', '-s', section, *args, *INPUTS).decode('utf-8').split('\n')
    assert lines.pop() == ''
    header = lines[0].split('\t')
    rows = [dict(zip(header, map(unescape, line.split('\t')))) for line in lines[1:]]
    assert all(line.count('\t') == len(header) - 1 for line in lines)
    return rows


raw = kiji('-f', 'jsonl', '--with-text', '--explain', *INPUTS)
records = [json.loads(line) for line in raw.decode('utf-8').split('\n')[:-1]]
ok(len(records) == len(INPUTS), 'a record an input')
documents = list(yaml.safe_load_all(kiji('-f', 'yaml', '--with-text', '--explain', *INPUTS).decode('utf-8')))
ok(documents == records, 'YAML, read by PyYAML, equals JSON Lines')
ok('\\u' not in raw.decode('utf-8'), 'JSON Lines: non-ASCII as it is')
ok(kiji('-f', 'jsonl', '--with-text', '--explain', *INPUTS) == raw, 'twice the same')

spans = [(r, s) for r in records for s in [m for e in r['entities'] for m in e['mentions']] + r['quotes']]
ok(all(r['text'][s['start']:s['end']] == s['text'] for r, s in spans), 'text[start:end] is text')
ok(all(r['characters'] == len(r['text']) for r in records), 'characters')
ok(all(e['type'] in TYPES and e['mentions'] for r in records for e in r['entities']), 'types, no entity without mention')
ids = [{e['id'] for e in r['entities']} for r in records]
ok(all(len(i) == len(r['entities']) for i, r in zip(ids, records)), 'ids are unique')
ok(all(q['speaker'] is None or q['speaker'] in i for i, r in zip(ids, records) for q in r['quotes']), 'speakers exist')
for r in records:
    with open(os.path.join(ROOT, r['source']) if not os.path.isabs(r['source']) else r['source'], 'rb') as f:
        data = f.read()
    if r['source'].startswith(os.path.join(ROOT, 'data')):
        ok(data.decode('utf-8') == r['text'], f'the text as given: {os.path.basename(r["source"])}')

rows = table('entities')
want = [(r['source'], e['id'], e['type'], e['name'], e.get('key', ''), e.get('country', ''), e.get('kind', ''),
         '|'.join(f"{o['title']}:{o.get('country', '')}:{o['status']}" for o in e.get('offices', [])),
         str(len(e['mentions']))) for r in records for e in r['entities']]
ok([tuple(x.values()) for x in rows] == want, 'TSV entities')
rows = table('mentions', '--explain')
want = [(r['source'], e['id'], e['type'], e['name'], str(m['start']), str(m['end']), m['text'], m.get('why', ''))
        for r in records
        for m, e in sorted(((m, e) for e in r['entities'] for m in e['mentions']),
                           key=lambda x: (x[0]['start'], x[0]['end']))]
ok([tuple(x.values()) for x in rows] == want, 'TSV mentions, in the order of the text')
rows = table('quotes')
ok([(x['source'], x['kind'], x['text'], x['start'], x['end'], x['verb']) for x in rows] ==
   [(r['source'], q['kind'], q['text'], str(q['start']), str(q['end']), q['verb'] or '')
    for r in records for q in r['quotes']], 'TSV quotes')
rows = table('keywords')
ok([(x['source'], x['term'], float(x['score']), int(x['count'])) for x in rows] ==
   [(r['source'], k['term'], k['score'], k['count']) for r in records for k in r['keywords']], 'TSV keywords')

for one in TYPES:
    few = [json.loads(line) for line in kiji('-f', 'jsonl', '-t', one, *INPUTS).decode('utf-8').split('\n')[:-1]]
    good = True
    for r, f in zip(records, few):
        shown = {e['id'] for e in f['entities']}
        good &= all(e['type'] == one for e in f['entities'])
        good &= shown == {e['id'] for e in r['entities'] if e['type'] == one}
        good &= [q['speaker'] if q['speaker'] in shown else None for q in r['quotes']] == \
            [q['speaker'] for q in f['quotes']]
    ok(good, f'-t {one}: those entities, speakers that are hidden become null')


def comparable(record):
    return {k: v for k, v in record.items() if k not in ('source', 'warnings')}


for path in INPUTS:
    with open(path, 'rb') as f:
        try:
            text = f.read().decode('utf-8')
        except UnicodeDecodeError:
            continue
    # 〜 ‖ − ￢ … have two mappings in Shift_JIS, EUC-JP and ISO-2022-JP.
    if any(c in text for c in '〜～‖∥−－¢￢£¬—―\ufeff'):
        continue
    want = None
    for codec, name in (('utf-8', 'utf-8'), ('utf-8-sig', None), ('utf-16', None), ('utf-16-le', 'utf-16le'),
                        ('utf-16-be', 'utf-16be'), ('cp932', 'shift_jis'), ('cp932', None), ('euc_jp', 'euc-jp'),
                        ('euc_jp', None), ('iso2022_jp', 'iso-2022-jp'), ('iso2022_jp', None)):
        try:
            data = text.encode(codec)
        except UnicodeEncodeError:
            continue
        got = kiji('-f', 'jsonl', '--with-text', *(['-E', name] if name else []), stdin=data)
        got = comparable(json.loads(got)) if got else None
        want = want or got
        if got != want:
            ok(False, f'{os.path.basename(path)} as {codec}, {"told" if name else "detected"}')
            break
    else:
        ok(True, f'the same record from each encoding: {os.path.relpath(path, ROOT)}')
raise SystemExit(1 if failed else 0)
