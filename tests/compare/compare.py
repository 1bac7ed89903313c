"""kiji beside GiNZA on the annotated articles: exact-span F1 by type, articles a second, memory.

make compare installs GiNZA (PyPI: ginza, ja-ginza) into build/ginza and runs this with its python. Labels of GiNZA's
extended named entities are mapped to the four types that the annotation has.
"""
import json, os, resource, subprocess, sys, time

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
begin = time.time()
records = [json.loads(x) for x in subprocess.run([kiji, '-f', 'jsonl', '-j1', '--input=jsonl', '-'], input=lines.encode(),
                                                 capture_output=True).stdout.splitlines()]
rows = [('kiji', time.time() - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
         {((int(r['source']), m['start'], m['end']), 'person' if e['type'] == 'minister' else e['type'])
          for r in records for e in r['entities'] for m in e['mentions']})]
try:
    import spacy
    nlp = spacy.load('ja_ginza')
    begin = time.time()
    got = set()
    for i, (text, _) in enumerate(docs):
        for e in nlp(text).ents:
            t = ginza_type(e.label_)
            if t:
                got.add(((i, e.start_char, e.end_char), t))
    rows.append(('GiNZA', time.time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, got))
except Exception as e:
    print('GiNZA cannot be run:', e)
print(f"{'':8}{'person':>8}{'place':>8}{'organiz.':>9}{'weapon':>8}{'all':>8}{'articles/s':>12}{'MiB':>7}")
for name, seconds, memory, got in rows:
    f = f1(want, got)
    print(f"{name:8}{f['person']:8.3f}{f['place']:8.3f}{f['organization']:9.3f}{f['weapon']:8.3f}{f['all']:8.3f}"
          f"{len(docs) / seconds:12.1f}{memory:7.0f}")
