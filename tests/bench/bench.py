#!/usr/bin/env python3
"""bench.py KIJI [--quick]: kiji beside bare mecab on the same text, in one run, as tables in Markdown.

The commands of a table take turns, round after round (ROUNDS=7; --quick: 3 and fewer tables); a figure is the median of
its column. Text: the corpus beside this checkout (../shared/corpus, KIJI_SHARED), else data/articles often enough; MB=2:
the first two megabytes of it, for a busy machine. Growth: 1, 10 and 100 MB, GROWTH=3 rounds, 0: none.
User CPU is what to compare where other work runs beside: the wall clock then says little.
GiNZA: the python in KIJI_GINZA, else build/ginza/bin/python (`make compare` installs it); CaboCha: where it is installed.
"""
import glob, gzip, json, os, platform, shutil, subprocess, sys, tempfile, time
from statistics import median
from measure import interleaved, once, table, total

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OPERANDS = [a for a in sys.argv[1:] if not a.startswith('-')]
KIJI = os.path.abspath(OPERANDS[0] if OPERANDS else os.path.join(ROOT, 'build/release/kiji'))
QUICK = '--quick' in sys.argv[1:]
ROUNDS = int(os.environ.get('ROUNDS', '3' if QUICK else '7'))
GROWTH = int(os.environ.get('GROWTH', '0' if QUICK else '3'))
MOST = float(os.environ.get('MB', '0')) * 1e6 or None
SHARED = os.environ.get('KIJI_SHARED', os.path.join(ROOT, '../shared'))
CORPUS = os.path.join(SHARED, 'corpus/wikinews.jsonl.gz')
GINZA = os.environ.get('KIJI_GINZA', os.path.join(ROOT, 'build/ginza/bin/python'))
DICTIONARIES = glob.glob('/var/lib/mecab/dic/ipadic-utf8') + glob.glob('/usr/lib/*/mecab/dic/ipadic-utf8')
# The buffer: mecab splits longer lines, and the corpus has some.
MECAB = ['mecab', '-b', '65536', *(a for d in DICTIONARIES[:1] for a in ('-d', d))]
FORMATS = ('jsonl', 'yaml', 'json', 'tsv', 'text', 'conll')
FOLDERS = ('brat', 'html')
SECTIONS = ('entities', 'quotes', 'keywords')


def texts():
    """The articles, one after the other: a large parent would count in its children's peak memory."""
    if os.path.exists(CORPUS):
        with gzip.open(CORPUS, 'rt', encoding='utf-8') as f:
            yield from (json.loads(line)['text'] for line in f)
        return
    for _ in range(300):
        for path in sorted(glob.glob(f'{ROOT}/data/articles/*.txt')):
            with open(path, encoding='utf-8') as f:
                yield f.read()


class Text:
    """The same articles for both: text for mecab, JSON Lines for kiji."""

    def __init__(self, folder, most=None):
        self.plain, self.lines = f'{folder}/all.txt', f'{folder}/all.jsonl'
        self.articles = self.nbytes = 0
        os.mkdir(folder)
        with open(self.plain, 'w', encoding='utf-8') as plain, open(self.lines, 'w', encoding='utf-8') as lines:
            while not self.articles or (most and self.nbytes < most):
                for text in texts():
                    if most and self.nbytes >= most:
                        break
                    self.articles += 1
                    self.nbytes += len(text.encode())
                    plain.write(text.rstrip('\n') + '\n')
                    lines.write(json.dumps({'id': str(self.articles), 'text': text}, ensure_ascii=False) + '\n')


def machine():
    model = platform.processor()
    if os.path.exists('/proc/cpuinfo'):
        with open('/proc/cpuinfo', encoding='utf-8') as f:
            model = next((x.split(':', 1)[1].strip() for x in f if x.startswith('model name')), model)
    load = ' '.join(f'{x:.1f}' for x in os.getloadavg())
    mecab = subprocess.run(['mecab', '--version'], capture_output=True, text=True).stdout.strip()
    return f'{model}, {os.cpu_count()} processors, load {load} ({time.strftime("%Y-%m-%d %H:%M")}); {mecab}'


def commands(text, work):
    """Name -> a function that runs it once."""
    def folder_run(name):
        out = f'{work}/out'
        return lambda: once([KIJI, '-j1', '-f', name, '-o', f'{out}/', text.lines],
                            after=lambda: shutil.rmtree(out))

    def run(*argv):
        return lambda: once(list(argv))

    kiji = [KIJI, '-j1', '-f']
    tasks = {'mecab': run(*MECAB, text.plain), 'mecab -Owakati': run(*MECAB, '-Owakati', text.plain)}
    for name in FORMATS[:1] if QUICK else FORMATS:
        section = ['-s', 'mentions'] if name == 'tsv' else []
        tasks[' '.join(['kiji -f', name, *section])] = run(*kiji, name, *section, text.lines)
    for name in () if QUICK else FOLDERS:
        tasks[f'kiji -f {name} -o FOLDER/'] = folder_run(name)
    for name in () if QUICK else SECTIONS:
        tasks[f'kiji -f jsonl -s {name}'] = run(*kiji, 'jsonl', '-s', name, text.lines)
    tasks['kiji -f jsonl -j2'] = run(KIJI, '-j2', '-f', 'jsonl', text.lines)
    return tasks


def show_commands(work):
    text = Text(f'{work}/corpus', MOST)
    name = 'the corpus' if os.path.exists(CORPUS) else 'data/articles, 300 times'
    print(f'### {name}: {text.articles} articles, {text.nbytes / 1e6:.1f} MB of text; medians of {ROUNDS} rounds\n')
    found = interleaved(commands(text, work), ROUNDS)
    base = found['mecab']
    table(['command', 'user s', 'ratio', 'system s', 'wall s', 'MB/s', 'articles/s', 'peak MiB', 'ratio'],
          [[k, f'{r.user:.2f}', f'{r.user / base.user:.2f}', f'{r.system:.2f}', f'{r.wall:.2f}',
            f'{text.nbytes / 1e6 / r.user:.1f}', f'{text.articles / r.user:.0f}', f'{r.peak:.0f}',
            f'{r.peak / base.peak:.2f}'] for k, r in found.items()])
    print('MB/s and articles/s are by user CPU; ratios are to mecab.\n')
    return text, found


def show_start(work):
    """An empty file, and ten articles with a process each: what a shell loop pays."""
    empty = f'{work}/empty.txt'
    open(empty, 'w').close()
    files = []
    for number, text in enumerate(texts()):
        if number == 10:
            break
        files.append(f'{work}/{number}.txt')
        with open(files[-1], 'w', encoding='utf-8') as f:
            f.write(text)
    rounds = 10 if QUICK else 50
    found = interleaved({
        'mecab, empty file': lambda: once([*MECAB, empty]),
        'kiji -f jsonl, empty file': lambda: once([KIJI, '-f', 'jsonl', empty]),
        'mecab, 10 processes': lambda: total(once([*MECAB, f]) for f in files),
        'kiji -f jsonl, 10 processes': lambda: total(once([KIJI, '-f', 'jsonl', f]) for f in files),
    }, rounds, quiet=True)
    print(f'### Start: medians of {rounds} rounds\n')
    bases = {name.split(', ')[1]: run for name, run in found.items() if name.startswith('mecab')}
    table(['command', 'CPU ms', 'ratio', 'wall ms'],
          [[k, f'{1e3 * cpu(r):.1f}', f'{cpu(r) / cpu(bases[k.split(", ")[1]]):.2f}', f'{1e3 * r.wall:.1f}']
           for k, r in found.items()])


def cpu(run):
    """User and system: in so short a run the kernel's split of the two is chance."""
    return run.user + run.system


def show_growth(work):
    sizes = {f'{n} MB': Text(f'{work}/{n}', n * 1_000_000) for n in (1, 10, 100)}
    found = interleaved({k: lambda t=t: once([KIJI, '-j1', '-f', 'jsonl', t.lines]) for k, t in sizes.items()},
                        GROWTH)
    print(f'### Growth: kiji -f jsonl -j1, medians of {GROWTH} rounds\n')
    names = list(found)
    table(['text', 'articles', 'user s', 'times the one before', 'wall s', 'peak MiB'],
          [[k, sizes[k].articles, f'{r.user:.2f}',
            f'{r.user / found[names[names.index(k) - 1]].user:.2f}' if k != names[0] else '', f'{r.wall:.2f}', f'{r.peak:.0f}']
           for k, r in found.items()])


PEER = '''
import json, sys, time
import spacy
nlp = spacy.load('ja_ginza')
texts = [json.loads(line)['text'] for line in open(sys.argv[1], encoding='utf-8')]
nlp(texts[0])
begin = time.process_time()
for text in texts:
    nlp(text)
print(time.process_time() - begin)
'''


def show_peers(text, work):
    """Some thirty articles; GiNZA without its loading, CaboCha and kiji with theirs."""
    some, plain, count = f'{work}/some.jsonl', f'{work}/some.txt', 0
    with open(text.lines, encoding='utf-8') as f, open(some, 'w', encoding='utf-8') as out, \
            open(plain, 'w', encoding='utf-8') as out_plain:
        for number, line in enumerate(f):
            if number % (text.articles // 30) == 0:
                count += 1
                out.write(line)
                out_plain.write(json.loads(line)['text'].rstrip('\n') + '\n')
    rows = [('kiji -f jsonl', median(cpu(once([KIJI, '-j1', '-f', 'jsonl', some])) for _ in range(ROUNDS)))]
    if os.path.exists(GINZA):
        p = subprocess.run([GINZA, '-c', PEER, some], capture_output=True, text=True)
        rows.append(('GiNZA', float(p.stdout)) if p.returncode == 0 else ('GiNZA', None))
    else:
        print('skipped: GiNZA (make compare installs it)\n')
    if shutil.which('cabocha'):
        rows.append(('cabocha -f1', cpu(once(['cabocha', '-f1', plain]))))
    else:
        print('skipped: CaboCha (not installed)\n')
    print(f'### Others, the same {count} articles; of kiji the median of {ROUNDS} runs\n')
    table(['program', 'CPU s', 'articles/s by CPU', 'kiji is faster, times'],
          [[name, f'{s:.2f}', f'{count / s:.1f}', f'{s / rows[0][1]:.0f}'] if s else [name, 'failed', '', '']
           for name, s in rows])


with tempfile.TemporaryDirectory(prefix='kiji-bench-') as work:
    print(f'{machine()}\n')
    text, _ = show_commands(work)
    show_start(work)
    if not QUICK:
        show_peers(text, work)
    if GROWTH:
        show_growth(work)
    print(f'load at the end {os.getloadavg()[0]:.1f}')
