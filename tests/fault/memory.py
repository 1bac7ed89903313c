"""Each allocation fails, in kiji and in its libraries: a message, the status, nothing half, no crash."""
import errno, json, os, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from libfault import *

folder = os.path.join(root, 'data', 'articles')
names = sorted(os.listdir(folder))[:3]
articles = [os.path.join(folder, n) for n in names]
with open('records.jsonl', 'w', encoding='utf-8') as f:
    for n in names:
        text = open(os.path.join(folder, n), encoding='utf-8').read()
        f.write(json.dumps({'id': n, 'text': text, 'date': '2024-05-01'}, ensure_ascii=False) + '\n')
with open('own.tsv', 'w', encoding='utf-8') as f:
    f.write('weapon\tforms\tkind\tcountry\tcontext\n零式光線砲\tゼロ砲\tレーザー兵器\tJP\t-\n')
with open('sjis.txt', 'wb') as f:
    f.write(open(articles[0], encoding='utf-8').read().encode('shift_jis', 'replace'))

PATHS = {
    'yaml': articles[:1],
    'yaml, -o, -j 2': ['-j2', '-o', '{to}/out.yaml'] + articles,
    'jsonl from jsonl': ['-f', 'jsonl', '--explain', '--with-text', 'records.jsonl'],
    'tsv': ['-f', 'tsv', '-s', 'quotes'] + articles[:2],
    'text': ['-f', 'text', '--color=always', '--width=60'] + articles[:1],
    'html folder': ['-f', 'html', '-o', '{to}', '-j1'] + articles[:2],
    '--dict': ['--dict', 'own.tsv', '-f', 'jsonl'] + articles[:1],
    'Shift_JIS': ['-f', 'conll', 'sjis.txt'],
    'a folder': ['-f', 'who', '-j1', folder],
    '--version': ['--version'],
}

for name, words in PATHS.items():
    whole, count = counted(words, SEAM)
    if whole.status != 0:
        say(False, f'{name}: the run without failures', [repr(whole.err)])
        continue
    cases = [(f'allocation {n}', lambda n=n: run(words, SEAM, KIJI_FAIL_AT=str(n))) for n in sample(count, 45)]
    sweep(f'allocations of kiji, {name}', cases, whole)

if SANITIZED:
    print('ok - allocations of the libraries # SKIP sanitizers have their own malloc')
else:
    for name in ('yaml', 'yaml, -o, -j 2', 'jsonl from jsonl', 'html folder', 'Shift_JIS'):
        words = PATHS[name]
        fault = f'malloc,0,{errno.ENOMEM},none'
        whole, count = counted(words, KIJI_FAULT=fault, LD_PRELOAD=PRELOAD)
        for mode in ('once', 'on'):
            cases = [(f'malloc {n} {mode}', lambda n=n: run(words, LD_PRELOAD=PRELOAD,
                                                            KIJI_FAULT=f'malloc,{n},{errno.ENOMEM},{mode}'))
                     for n in sample(count, 45)]
            sweep(f'allocations of all, {mode}, {name}', cases, whole)
end()
