"""Scores on annotated articles, where they are, against the floors in floors.tsv."""
import json, os, re, subprocess, sys, tempfile

root, kiji = os.environ['KIJI_ROOT'], os.environ['KIJI']
shared = os.environ.get('KIJI_SHARED') or os.path.join(os.path.dirname(root), 'shared')
sets = {'dev': os.path.join(shared, 'gold', 'dev'), 'seed': os.path.join(shared, 'seed')}
scorer = os.path.join(shared, 'gold', 'gold.py')
here = os.path.join(root, 'tests', 'accuracy')
floors = [line.split('\t') for line in open(os.path.join(here, 'floors.tsv'), encoding='utf-8').read().splitlines()
          if line and not line.startswith(('#', 'set\t'))]
if not os.path.exists(scorer):
    print('ok - accuracy # SKIP no annotated articles beside this checkout')
    sys.exit(0)
sys.path.insert(0, os.path.dirname(scorer))
import gold


def records(folder, out):
    for name in sorted(os.listdir(folder)):
        if name.endswith('.gold'):
            text, _ = gold.parse(open(os.path.join(folder, name), encoding='utf-8').read())
            p = subprocess.run([kiji, '-f', 'jsonl'], input=text.encode(), capture_output=True)
            with open(os.path.join(out, name[:-5] + '.json'), 'wb') as f:
                f.write(p.stdout)


for which, folder in sets.items():
    with tempfile.TemporaryDirectory() as out:
        records(folder, out)
        stdout, sys.stdout = sys.stdout, open(os.path.join(out, 'table'), 'w')
        got = gold.score(folder, out)
        sys.stdout = stdout
        for name, metric, floor in floors:
            if name == which:
                good = got[metric] >= float(floor)
                print(f"{'ok' if good else 'not ok'} - {which} {metric} {got[metric]:.3f}, floor {floor}")
