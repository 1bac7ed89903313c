"""Every format tells the same, in other parsers' eyes; offsets give the text; encodings do not matter."""
import json, os, subprocess, sys
import yaml

kiji, root = os.environ['KIJI'], os.environ['KIJI_ROOT']
folder = os.path.join(root, 'data', 'articles')
names = sorted(n for n in os.listdir(folder) if n.endswith('.txt'))


def run(*args, data=None):
    p = subprocess.run([kiji, *args], input=data, capture_output=True)
    return p.returncode, p.stdout


def say(good, name, detail=''):
    print(('ok' if good else 'not ok') + ' - ' + name)
    if not good:
        print('# ' + str(detail)[:300])


def spans(node):
    if isinstance(node, dict):
        if {'start', 'end', 'text'} <= node.keys():
            yield node
        for v in node.values():
            yield from spans(v)
    elif isinstance(node, list):
        for v in node:
            yield from spans(v)


for name in names:
    path = os.path.join(folder, name)
    raw = open(path, 'rb').read()
    text = raw.decode()
    _, jsonl = run('-f', 'jsonl', path)
    record = json.loads(jsonl)
    _, out = run(path)
    docs = list(yaml.safe_load_all(out))
    say(docs == [record], f'{name}: YAML and JSON Lines are equal', 'they differ')
    bad = [s for s in spans(record) if text[s['start']:s['end']] != s['text']]
    say(not bad and sum(1 for _ in spans(record)) > 5, f'{name}: text[start:end] is text', bad[:1])
    ids = [e['id'] for e in record['entities']]
    say(len(ids) == len(set(ids)) and all(q['speaker'] in ids + [None] for q in record['quotes']),
        f'{name}: ids resolve')
    for encoding in ('cp932', 'euc_jp', 'iso2022_jp', 'utf-16', 'utf-16-le', 'utf-8-sig'):
        status, other = run('-f', 'jsonl', data=text.encode(encoding))
        other = json.loads(other)
        say(status == 0 and other['entities'] == record['entities'] and other['quotes'] == record['quotes'],
            f'{name}: the same in {encoding}', other['warnings'])
    for ends in ('\r\n', '\r'):
        status, other = run('-f', 'jsonl', data=text.replace('\n', ends).encode())
        got = [m['text'] for e in json.loads(other)['entities'] for m in e['mentions']]
        want = [m['text'] for e in record['entities'] for m in e['mentions']]
        say(status == 0 and got == want, f'{name}: line ends {ends!r}')
    status, other = run('-f', 'tsv', '-s', 'mentions', path)
    rows = [line.split('\t') for line in other.decode().splitlines()]
    column = {n: i for i, n in enumerate(rows[0])}
    got = sorted((int(r[column['start']]), r[column['text']]) for r in rows[1:])
    want = sorted((m['start'], m['text']) for e in record['entities'] for m in e['mentions'])
    say(got == want and all(len(r) == len(rows[0]) for r in rows), f'{name}: the table of mentions')
    status, _ = run('-f', 'jsonl', data=raw[:200] + b'\xff\xfe\xff' + raw[200:])
    say(status == 1, f'{name}: lost bytes are exit status 1', status)
