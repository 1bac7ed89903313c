"""kiji beside GiNZA and CaboCha on the annotated articles: exact-span F1 by type, sentences a second, memory.

make compare installs GiNZA (PyPI: ginza, ja-ginza) into build/ginza and runs this with its python. CaboCha is run where
its command `cabocha` is in PATH (or CABOCHA names it): no registry has the program. Labels of GiNZA's extended named
entities and of CaboCha's IREX are mapped to the four types that the annotation has. Seconds are those of the processor,
which a busy machine does not change, with the start of kiji and CaboCha, without the loading of GiNZA's model.
"""
import json, os, re, resource, shutil, subprocess, sys

root = os.environ.get('KIJI_ROOT') or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
kiji = os.environ.get('KIJI') or os.path.join(root, 'build/release/kiji')
shared = os.environ.get('KIJI_SHARED') or os.path.join(os.path.dirname(root), 'shared')
sys.path.insert(0, os.path.join(shared, 'gold'))
import gold

TYPES = {'P': 'person', 'L': 'place', 'O': 'organization', 'W': 'weapon'}
PLACES = {'City', 'Province', 'Country', 'County', 'GPE_Other', 'Region_Other', 'Domestic_Region', 'Continental_Region',
          'Geological_Region_Other', 'Mountain', 'Island', 'River', 'Lake', 'Sea', 'Bay', 'Spa', 'Location_Other',
          'GOE_Other', 'Airport', 'Station', 'Port', 'Facility_Other', 'Facility_Part', 'Park', 'Worship_Place', 'FAC',
          'Archaeological_Place_Other', 'Cultural_Facility', 'Sports_Facility', 'Museum', 'Theater', 'Address_Other'}
ORGANIZATIONS = {'Company', 'Company_Group', 'Government', 'Political_Party', 'Political_Organization_Other',
                 'International_Organization', 'Organization_Other', 'Show_Organization', 'Sports_Team', 'Pro_Sports_Organization',
                 'Sports_Organization_Other', 'Sports_League', 'Military', 'Cabinet', 'Corporation_Other', 'School',
                 'Newspaper', 'Magazine', 'Broadcast_Program', 'Research_Institute', 'Family', 'Ethnic_Group_Other'}
WEAPONS = {'Weapon', 'Aircraft', 'Ship', 'Spaceship', 'Product_Other', 'Car'}


def ginza_type(label):
    if label == 'Person':
        return 'person'
    return 'place' if label in PLACES else 'organization' if label in ORGANIZATIONS else \
        'weapon' if label in WEAPONS else None


IREX = {'PERSON': 'person', 'LOCATION': 'place', 'ORGANIZATION': 'organization', 'ARTIFACT': 'weapon'}


def cabocha_names(command, text):
    """Names by CaboCha of one article: a sentence a line goes in, tokens (surface, features, label) come out."""
    lines = re.findall(r'[^。\n]*[。\n]|[^。\n]+$', text)
    out = subprocess.run([command, '-f1', '-n1'], input=''.join(x.rstrip('\n') + '\n' for x in lines).encode(),
                         capture_output=True, check=True).stdout.decode()
    at, names, open_ = 0, [], False
    for token in (line.split('\t') for line in out.splitlines() if '\t' in line):
        begin = text.find(token[0], at)
        at = begin + len(token[0])
        label, _, kind = token[-1].partition('-')
        if label == 'I' and open_:
            names[-1][1] = at
        else:
            open_ = label == 'B' and kind in IREX
            names += [[begin, at, IREX[kind]]] if open_ else []
    return {((begin, end), kind) for begin, end, kind in names}


def cpu(who):
    """User and system time so far, in seconds."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def articles():
    for folder in (os.path.join(shared, 'gold', 'dev'), os.path.join(shared, 'seed')):
        for name in sorted(os.listdir(folder)):
            if name.endswith('.gold'):
                yield gold.parse(open(os.path.join(folder, name), encoding='utf-8').read())


def f1(want, got):
    out = {}
    for t in list(TYPES.values()) + ['all']:
        g = {x for x in want if t in ('all', x[1])}
        p = {x for x in got if t in ('all', x[1])}
        out[t] = 2 * len(g & p) / (len(g) + len(p)) if g or p else 0.0
    return out


docs = list(articles())
want = {((i, s['start'], s['end']), TYPES[s['tag']]) for i, (_, spans) in enumerate(docs) for s in spans
        if s['tag'] in TYPES}
lines = ''.join(json.dumps({'id': str(i), 'text': t}, ensure_ascii=False) + '\n' for i, (t, _) in enumerate(docs))
begin = cpu(resource.RUSAGE_CHILDREN)
records = [json.loads(x) for x in subprocess.run([kiji, '-f', 'jsonl', '-j1', '--input=jsonl', '-'], input=lines.encode(),
                                                 capture_output=True).stdout.splitlines()]
rows = [('kiji', cpu(resource.RUSAGE_CHILDREN) - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
         {((int(r['source']), m['start'], m['end']), 'person' if e['type'] == 'minister' else e['type'])
          for r in records for e in r['entities'] for m in e['mentions']})]
try:
    import spacy
    nlp = spacy.load('ja_ginza')
    begin = cpu(resource.RUSAGE_SELF)
    got = set()
    for i, (text, _) in enumerate(docs):
        for e in nlp(text).ents:
            t = ginza_type(e.label_)
            if t:
                got.add(((i, e.start_char, e.end_char), t))
    rows.append(('GiNZA', cpu(resource.RUSAGE_SELF) - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, got))
except Exception as e:
    print('GiNZA cannot be run:', e)
cabocha = os.environ.get('CABOCHA') or shutil.which('cabocha')
if cabocha:
    begin = cpu(resource.RUSAGE_CHILDREN)
    got = {((i, *span), t) for i, (text, _) in enumerate(docs) for span, t in cabocha_names(cabocha, text)}
    rows.append(('CaboCha', cpu(resource.RUSAGE_CHILDREN) - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, got))
else:
    print('CaboCha cannot be run: no such program here')
sentences = sum(len(re.findall(r'[^。\n]+', text)) for text, _ in docs)
print(f"{'':8}{'person':>8}{'place':>8}{'organiz.':>9}{'weapon':>8}{'all':>8}{'sentences/CPU s':>16}{'MiB':>7}")
for name, seconds, memory, got in rows:
    f = f1(want, got)
    print(f"{name:8}{f['person']:8.3f}{f['place']:8.3f}{f['organization']:9.3f}{f['weapon']:8.3f}{f['all']:8.3f}"
          f"{sentences / seconds:16.0f}{memory:7.0f}")
