"""How many members of a cabinet are typed minister with the right office and country, when only their name with 氏 and
the date are given: python3 ministers.py [N] [SEED] (KIJI, KIJI_ROOT; LOST=1 lists the rest)."""
import concurrent.futures, datetime, glob, json, os, random, subprocess, sys

root = os.environ.get('KIJI_ROOT') or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
kiji = os.environ.get('KIJI') or os.path.join(root, 'build/release/kiji')
n, seed = (int(a) for a in (sys.argv[1:] + ['400', '1'][len(sys.argv) - 1:])[:2])
FLOORS = [.99, .99]
PLAIN = ['会合には、{}氏も出席した。', '{}氏は会見で述べた。']
RANKS = ('head_of_state', 'head_of_government', 'cabinet')
LATEST = datetime.date(2026, 1, 1)  # who is in office is asked for up to this day


def rows(path):
    lines = [line for line in open(path, encoding='utf-8').read().splitlines() if line and not line.startswith('#')]
    return [dict(zip(lines[0].split('\t'), line.split('\t'))) for line in lines[1:]]


def day(text, missing):
    """The day of a cell: of a month alone, the `missing` day, which is in the term for sure."""
    return datetime.date.fromisoformat(text if len(text) == 10 else f'{text}-{missing:02}')


def inside(row, draw):
    """A day of the term of office, not the first or the last one: two people share those."""
    first = day(row['first'], 28)
    last = LATEST if row['last'] == '-' else day(row['last'], 1)
    return first + datetime.timedelta(days=1 + draw.randrange(max(1, (last - first).days - 1)))


def records(question):
    row, date = question
    name = row['name'].replace(' ', '')
    text = ''.join(json.dumps({'text': p.format(name)}, ensure_ascii=False) + '\n' for p in PLAIN)
    command = [kiji, '--input=jsonl', '-f', 'jsonl', '--date', date.isoformat(), '-']
    out = subprocess.run(command, input=text.encode(), capture_output=True).stdout
    return [json.loads(line) for line in out.decode().splitlines()]


def right(row, record):
    country = row['country'] if row['country'] != '-' else None
    return any(e['type'] == 'minister' and [m['text'] for m in e['mentions']] == [row['name'].replace(' ', '')] and
               any(o['title'] == row['office'] and o.get('country') == country and o['status'] == 'current'
                   for o in e.get('offices', []))
               for e in record['entities'])


rank = {row['title']: row['rank'] for row in rows(os.path.join(root, 'dict/offices.tsv'))}
terms = [row for path in sorted(glob.glob(os.path.join(root, 'dict/ministers*.tsv'))) for row in rows(path)
         if rank[row['office']] in RANKS]
draw = random.Random(seed)
sample = [(row, inside(row, draw)) for row in draw.sample(terms, min(n, len(terms)))]
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    got = list(pool.map(records, sample))
for i, (pattern, floor) in enumerate(zip(PLAIN, FLOORS)):
    lost = [(row, date, found[i]) for (row, date), found in zip(sample, got) if not right(row, found[i])]
    share = 1 - len(lost) / len(sample)
    print(f"{'ok' if share >= floor else 'not ok'} - ministers in {pattern} {share:.3f}, floor {floor}")
    if os.environ.get('LOST'):
        for row, date, record in lost:
            print('#', row['name'], row['office'], row['country'], row['first'], row['last'], date,
                  [(e['type'], e['name'], e.get('offices')) for e in record['entities']])
