#!/usr/bin/env python3
"""What kiji says about an article does not depend on the articles before it, nor on the number of workers (TAP)."""
import glob, gzip, json, os, subprocess

KIJI, ROOT = os.environ['KIJI'], os.environ['KIJI_ROOT']
CORPUS = os.path.join(os.environ.get('KIJI_SHARED') or os.path.join(ROOT, '../shared'), 'corpus/wikinews.jsonl.gz')
MOST = 400

lines = []
for path in sorted(glob.glob(f'{ROOT}/data/articles/*.txt') + glob.glob(f'{ROOT}/tests/golden/*/input*.txt')):
    with open(path, encoding='utf-8', errors='replace') as f:
        lines.append(json.dumps({'id': os.path.relpath(path, ROOT), 'text': f.read()}))
if os.path.exists(CORPUS):
    with gzip.open(CORPUS, 'rt', encoding='utf-8') as f:
        lines += [line.rstrip('\n') for line, _ in zip(f, range(MOST))]


def records(order, jobs):
    run = subprocess.run([KIJI, '-f', 'jsonl', '--input=jsonl', '--explain', jobs], input='\n'.join(order).encode(),
                         capture_output=True)
    return {json.loads(line)['source']: line for line in run.stdout.decode('utf-8').split('\n')[:-1]}


failed = 0
want = records(lines, '-j1')
for name, order, jobs in (('backwards', lines[::-1], '-j1'), ('from the middle', lines[len(lines) // 2:] + lines, '-j1'),
                          ('with eight workers', lines, '-j8')):
    got = records(order, jobs)
    other = [k for k in want if got.get(k) != want[k]]
    failed += bool(other) or len(want) < 10
    print(f"{'ok' if not other and len(want) >= 10 else 'not ok'} - {len(want)} articles {name}: the same records")
    for k in other[:3]:
        print(f'# {k}')
raise SystemExit(1 if failed else 0)
