"""F1 of person, place and organization on the development parts of two public sets, under their own guidelines
(UD_Japanese-GSD with named entities, Kyoto's Wikipedia Annotated Corpus): sentence by sentence, exact spans.
kiji follows other rules (米 in 米国務長官 is a place, a title is no name, no nationality words), so read the figures
beside each other, not beside those of programs that learnt from these sets."""
import json, os, subprocess, sys

root, kiji = os.environ['KIJI_ROOT'], os.environ['KIJI']
ner = os.path.join(os.environ.get('KIJI_SHARED') or os.path.join(os.path.dirname(root), 'shared'), 'ner')
TYPES = {'PERSON': 'person', 'GPE': 'place', 'LOC': 'place', 'FAC': 'place', 'ORG': 'organization',
         'LOCATION': 'place', 'ORGANIZATION': 'organization'}
FLOORS = {'gsd-dev': {'person': .50, 'place': .54, 'organization': .41},
          'wac-dev': {'person': .36, 'place': .71, 'organization': .59}}


def found(sentences):
    lines = ''.join(json.dumps({'text': s['text']}, ensure_ascii=False) + '\n' for s in sentences)
    out = subprocess.run([kiji, '-j1', '-q', '--input=jsonl', '-f', 'jsonl', '-s', 'entities', '-'],
                         input=lines.encode(), capture_output=True, check=True).stdout
    for record in map(json.loads, out.decode().splitlines()):
        yield {(m['start'], m['end'], 'person' if e['type'] == 'minister' else e['type'])
               for e in record['entities'] for m in e['mentions']}


def scores(sentences):
    """F1 by type. What touches a name that the annotators left open counts for nothing."""
    tally = {t: [0, 0, 0] for t in set(TYPES.values())}
    for sentence, names in zip(sentences, found(sentences)):
        names_open = [e for e in sentence['entities'] if e['type'] == 'OPTIONAL']
        want = {(e['start'], e['end'], TYPES[e['type']]) for e in sentence['entities'] if e['type'] in TYPES}
        got = {n for n in names if n[2] in tally and
               not any(n[0] < e['end'] and e['start'] < n[1] for e in names_open)}
        for t, counts in tally.items():
            g, w = {n for n in got if n[2] == t}, {n for n in want if n[2] == t}
            for i, part in enumerate((w, g, g & w)):
                counts[i] += len(part)
    return {t: 2 * right / (want + got) if want + got else 0.0 for t, (want, got, right) in tally.items()}


for name, floors in FLOORS.items():
    path = os.path.join(ner, name + '.jsonl')
    if not os.path.exists(path):
        print(f'ok - {name} # SKIP no public sets beside this checkout')
        continue
    got = scores([json.loads(line) for line in open(path, encoding='utf-8')])
    for t, floor in floors.items():
        print(f"{'ok' if got[t] >= floor else 'not ok'} - {name} {t} {got[t]:.3f}, floor {floor}")
