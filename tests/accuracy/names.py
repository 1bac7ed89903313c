"""How many known weapons are found whole and alone in plain sentences: python3 names.py [N [SEED]] (KIJI, KIJI_ROOT)."""
import json, os, random, subprocess, sys

root = os.environ.get('KIJI_ROOT') or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
kiji = os.environ.get('KIJI') or os.path.join(root, 'build/release/kiji')
n, seed = (int(a) for a in (sys.argv[1:] + ['100000', '1'][len(sys.argv) - 1:])[:2])
FLOORS = [.91, .93, .91, .91]
PLAIN = ['自衛隊は来月、{}を公開した。', '政府は{}の配備を決めた。', '{}が飛来した。', '同国の軍は{}を初めて使ったという。']
rows = [line.split('\t') for line in open(os.path.join(root, 'dict/weapons.tsv'), encoding='utf-8').read().splitlines()
        if line and not line.startswith('#')][1:]
sample = random.Random(seed).sample(rows, min(n, len(rows)))
for pattern, floor in zip(PLAIN, FLOORS):
    text = ''.join(json.dumps({'id': str(i), 'text': pattern.format(row[0])}, ensure_ascii=False) + '\n'
                   for i, row in enumerate(sample))
    out = subprocess.run([kiji, '--input=jsonl', '-f', 'jsonl', '-'], input=text.encode(), capture_output=True).stdout
    lost = []
    for row, line in zip(sample, out.decode().splitlines()):
        record = json.loads(line)
        found = [m['text'] for e in record['entities'] if e['type'] == 'weapon' for m in e['mentions']]
        if found != [row[0]]:
            lost.append((row[0], row[4], found))
    share = 1 - len(lost) / len(sample)
    print(f"{'ok' if share >= floor else 'not ok'} - weapons in {pattern} {share:.3f}, floor {floor}")
    if os.environ.get('LOST'):
        for name, context, found in lost:
            print('#', name, context, found)
