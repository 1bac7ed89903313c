#!/usr/bin/env python3
"""bench.py KIJI: user CPU and peak memory as a ratio to bare mecab on the same text, in the same run.

Text: the corpus beside this checkout (../shared/corpus, KIJI_SHARED), else data/articles often enough. Runs of both
programs alternate; the ratio is that of the medians.
"""
import glob, gzip, json, os, statistics, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KIJI = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, 'build/release/kiji'))
ROUNDS = int(os.environ.get('ROUNDS', '5'))
SHARED = os.environ.get('KIJI_SHARED', os.path.join(ROOT, '../shared'))
CORPUS = os.path.join(SHARED, 'corpus/wikinews.jsonl.gz')
DICTIONARIES = ['/var/lib/mecab/dic/ipadic-utf8']


def articles():
    if os.path.exists(CORPUS):
        with gzip.open(CORPUS, 'rt', encoding='utf-8') as f:
            return 'the corpus', [json.loads(line) for line in f]
    texts = [open(p, encoding='utf-8').read() for p in sorted(glob.glob(f'{ROOT}/data/articles/*.txt'))]
    return 'data/articles, 300 times', [{'id': str(i), 'text': t} for i, t in enumerate(texts * 300)]


def measure(argv):
    """-> (user seconds, peak KiB) of one run."""
    with open(os.devnull, 'w') as null:
        p = subprocess.Popen(argv, stdout=null, stderr=null)
        _, status, usage = os.wait4(p.pid, 0)
    if status != 0:
        raise SystemExit(f'{argv[0]} ended with {status}')
    return usage.ru_utime, usage.ru_maxrss


with tempfile.TemporaryDirectory(prefix='kiji-bench-') as work:
    name, records = articles()
    nbytes = 0
    with open(f'{work}/all.txt', 'w', encoding='utf-8') as text, open(f'{work}/all.jsonl', 'w', encoding='utf-8') as lines:
        for r in records:
            nbytes += text.write(r['text'].rstrip('\n') + '\n') and len(r['text'].encode())
            lines.write(json.dumps({'id': r['id'], 'text': r['text']}, ensure_ascii=False) + '\n')
    dictionary = [a for d in DICTIONARIES if os.path.isdir(d) for a in ('-d', d)]
    commands = {
        'mecab': ['mecab', *dictionary, f'{work}/all.txt'],
        'kiji -f jsonl': [KIJI, '-j1', '-f', 'jsonl', f'{work}/all.jsonl'],
        'kiji -f yaml': [KIJI, '-j1', '-f', 'yaml', f'{work}/all.jsonl'],
        'kiji -f tsv': [KIJI, '-j1', '-f', 'tsv', '-s', 'mentions', f'{work}/all.jsonl'],
    }
    runs = {k: [] for k in commands}
    for _ in range(ROUNDS):
        for k, argv in commands.items():
            runs[k].append(measure(argv))
    print(f'{name}: {len(records)} articles, {nbytes / 1e6:.1f} MB, {ROUNDS} rounds, medians')
    print(f"{'':16}{'user s':>8}{'MB/s':>7}{'ratio':>7}{'peak MiB':>10}{'ratio':>7}")
    base = None
    for k, values in runs.items():
        cpu = statistics.median(v[0] for v in values)
        peak = statistics.median(v[1] for v in values)
        base = base or (cpu, peak)
        print(f'{k:16}{cpu:8.2f}{nbytes / 1e6 / cpu:7.1f}{cpu / base[0]:7.2f}{peak / 1024:10.1f}{peak / base[1]:7.2f}')
