#!/usr/bin/env python3
"""What other programs make of kiji's formats (TAP): spaCy reads -f conll, brat's tools and brat-peek read -f brat, and
all of them must find what -f jsonl says.

tests/props/readers.py [FILE...]      KIJI in the environment is the program; make check-browser installs the readers
"""
import contextlib, glob, importlib.util, io, json, os, re, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LABELS = {'person': 'PERSON', 'minister': 'MINISTER', 'place': 'PLACE', 'organization': 'ORGANIZATION', 'weapon': 'WEAPON'}
# Runs a script that opens files in mode rU, which Python no longer knows.
OLD_PYTHON = '''import builtins, runpy, sys
real = builtins.open
builtins.open = lambda name, mode='r', *more, **named: real(name, mode.replace('U', ''), *more, **named)
sys.argv = sys.argv[1:]
sys.path.insert(0, '.')
runpy.run_path(sys.argv[0], run_name='__main__')'''
number = failed = 0


def ok(good, name, detail=''):
    global number, failed
    number += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not good and detail:
        print('\n'.join('# ' + line for line in str(detail).split('\n')))


def decodes(path):
    """UTF-8 that kiji takes: the readers know no other encoding, and only whole texts have offsets to compare."""
    try:
        text = open(path, 'rb').read().decode('utf-8')
    except UnicodeDecodeError:
        return False
    return text.strip() != '' and '\0' not in text


def kiji(*args):
    return subprocess.run([KIJI, *args], check=True, capture_output=True).stdout


def names_of(record):
    """(start, end, label), overlaps resolved as the views do."""
    marks = sorted((m['start'], -m['end'], LABELS[e['type']]) for e in record['entities'] for m in e['mentions'])
    kept = []
    for start, end, label in marks:
        if not kept or start >= kept[-1][1]:
            kept.append((start, -end, label))
    return kept


def conll(records):
    """spaCy's converter: the same names, in the same order, with the same label."""
    with tempfile.TemporaryDirectory() as folder:
        path = folder + '/all.conll'
        open(path, 'wb').write(kiji('-f', 'conll', *FILES))
        run = subprocess.run([sys.executable, '-m', 'spacy', 'convert', path, folder, '-c', 'conll', '-n', '0', '-l', 'ja'],
                             capture_output=True, text=True)
        ok(run.returncode == 0, 'conll: spacy convert reads it', run.stdout + run.stderr)
        if run.returncode != 0:
            return
        from spacy.tokens import DocBin
        from spacy.vocab import Vocab
        docs = list(DocBin().from_disk(folder + '/all.spacy').get_docs(Vocab()))
        ok(len(docs) == len(records), f'conll: {len(records)} articles', len(docs))
        wrong = []
        for doc, record in zip(docs, records):
            found = [(''.join(t.text for t in e), e.label_) for e in doc.ents]
            told = [(re.sub(r'\s', '', record['text'][s:e]), label) for s, e, label in names_of(record)]
            if [(t.replace('␣', ''), l) for t, l in found] != told:
                wrong.append(f"{record['source']}: {[x for x in zip(found, told) if x[0] != x[1]][:3]}")
            if not all(t.tag_ for t in doc):
                wrong.append(record['source'] + ': a morpheme without part of speech')
        ok(not wrong, 'conll: spaCy finds the names of jsonl', '\n'.join(wrong[:10]))


def conf_types():
    section, types = '', {}
    for line in open(ROOT + '/data/brat/annotation.conf', encoding='utf-8'):
        line = line.split('#')[0].strip()
        if line.startswith('['):
            section = line
        elif line:
            types.setdefault(section, {})[line.split()[0]] = line
    return types


def own_brat(text, lines):
    """The rules of brat's manual, by an own parser: spans hold the text they name, all ids exist, types are configured."""
    types, spans, faults = conf_types(), {}, []
    for line in lines:
        columns = line.split('\t')
        if line[0] == 'T':
            kind, places = columns[1].split(' ', 1)
            pieces = [tuple(map(int, p.split())) for p in places.split(';')]
            if ' '.join(text[a:b] for a, b in pieces) != columns[2] or re.search(r'[\n\r]', columns[2]):
                faults.append(line)
            if kind not in types['[entities]'] or columns[0] in spans:
                faults.append(line)
            spans[columns[0]] = (kind, columns[2])
    seen = set()
    for line in lines:
        columns = line.split('\t')
        targets = re.findall(r'\bT\d+\b', columns[1])
        if line[0] != '*' and columns[0] in seen:
            faults.append('twice: ' + line)
        seen.add(columns[0])
        if line[0] != 'T' and (not targets or any(t not in spans for t in targets)):
            faults.append(line)
        if line[0] == 'A' and columns[1].split()[0] not in types['[attributes]']:
            faults.append(line)
        if line[0] == 'A' and columns[1].split()[2] not in types['[attributes]'][columns[1].split()[0]]:
            faults.append(line)
        if line[0] in 'R*' and columns[1].split()[0] not in types['[relations]']:
            faults.append(line)
    return faults


def brat_peek():
    """Its reader alone: the package as a whole wants pandas and more."""
    folder = importlib.util.find_spec('peek').submodule_search_locations[0]
    spec = importlib.util.spec_from_file_location('ann_structure', folder + '/ann_structure.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def brat(records):
    peek = brat_peek()
    tools = os.path.dirname(importlib.util.find_spec('brat_tools').origin)
    faults, refused, labels, n_quotes, n_speakers = [], [], [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        # anntoconll imports brat's sentence splitter, which the package lacks and -n does not use.
        open(folder + '/ssplit.py', 'w').write('regex_sentence_boundary_gen = None\n')
        for i, (path, record) in enumerate(zip(FILES, records)):
            base = f'{folder}/{i}'
            text = record['text']
            open(base + '.txt', 'w', encoding='utf-8', newline='').write(text)
            ann = kiji('-f', 'brat', path)
            open(base + '.ann', 'wb').write(ann)
            lines = ann.decode().split('\n')[:-1]
            faults += [f"{record['source']}: {f}" for f in own_brat(text, lines)]
            told = [label.capitalize() for _, _, label in names_of(record)]
            if [l.split('\t')[1].split()[0] for l in lines if l[0] == 'T' and '\tQuote ' not in l] != told:
                faults.append(record['source'] + ': other names than in jsonl')
            n_quotes += sum('\tQuote ' in l for l in lines) - len(record['quotes'])
            n_speakers += sum(l[0] == 'R' for l in lines) - sum(
                q['speaker'] is not None and any(e['id'] == q['speaker'] and e['mentions'] for e in record['entities'])
                for q in record['quotes'])
            with contextlib.redirect_stdout(io.StringIO()):  # it says that it does not know "*" lines
                seen = {kind: len(found) for kind, found in peek.AnnDocument(base + '.ann').anns.items()}
            wanted = {'entities': 'T', 'relations': 'R', 'attributes': 'A', 'notes': '#'}
            # It knows spans of at most two pieces.
            short = [l for l in lines if l.split('\t')[1].count(';') < 2 or l[0] != 'T']
            if any(seen[kind] != sum(l[0] == letter for l in short) for kind, letter in wanted.items()):
                refused.append(f"{record['source']}: brat-peek sees {seen}")
            run = subprocess.run([sys.executable, '-c', OLD_PYTHON, tools + '/anntoconll.py', '-n', base + '.txt'],
                                 cwd=tools, capture_output=True, text=True, env=dict(os.environ, PYTHONIOENCODING='utf-8', PYTHONPATH=folder, PYTHONUTF8='1'))
            written = open(base + '.conll', encoding='utf-8').read() if os.path.exists(base + '.conll') else ''
            if run.returncode != 0 or written.count('B-') == 0 and told:
                labels.append(f"{record['source']}: {run.stderr[-300:]}")
    ok(not faults, f'brat: {len(records)} files keep the rules of the format and of data/brat/annotation.conf', '\n'.join(faults[:10]))
    ok(n_quotes == 0 and n_speakers == 0, 'brat: as many quotes and speakers as in jsonl', (n_quotes, n_speakers))
    ok(not refused, 'brat: brat-peek reads every span', '\n'.join(refused[:10]))
    ok(not labels, "brat: brat's anntoconll reads text and annotations", '\n'.join(labels[:5]))


KIJI = os.path.abspath(os.environ.get('KIJI', ROOT + '/build/release/kiji'))
FILES = [os.path.abspath(f) for f in sys.argv[1:]] or sorted(
    glob.glob(ROOT + '/data/articles/*.txt') + glob.glob(ROOT + '/tests/golden/*/input*.txt') +
    glob.glob(ROOT + '/tests/browser/*.txt'))
FILES = [f for f in FILES if not open(f, 'rb').read().startswith(b'\xff') and decodes(f)]
missing = [m for m in ('spacy', 'peek', 'brat_tools') if importlib.util.find_spec(m) is None]
if missing:
    own = ROOT + '/build/tools/bin/python'
    if os.path.exists(own) and os.environ.get('KIJI_READERS') is None:
        os.execve(own, [own, os.path.abspath(__file__), *sys.argv[1:]], dict(os.environ, KIJI_READERS='1'))
    print('ok - formats read by other programs # SKIP not installed: ' + ' '.join(missing))
    sys.exit(0)
RECORDS = [json.loads(line) for line in kiji('-j1', '-f', 'jsonl', '--with-text', *FILES).splitlines()]
conll(RECORDS)
brat(RECORDS)
print(f'1..{number}')
sys.exit(failed != 0)
