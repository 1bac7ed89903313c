"""Each open, read, write, fsync, close, rename, mmap, thread fails once, or from then on, or is cut short."""
import errno, json, os, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from libfault import *

folder = os.path.join(root, 'data', 'articles')
articles = [os.path.join(folder, n) for n in sorted(os.listdir(folder))]
with open('records.jsonl', 'w', encoding='utf-8') as f:
    for path in articles:
        f.write(json.dumps({'id': path, 'text': open(path, encoding='utf-8').read()}, ensure_ascii=False) + '\n')
with open('list', 'w') as f:
    f.write('\n'.join(articles) + '\n')

PATHS = {
    'standard output': articles[:2],
    '-o FILE, -j 2': ['-j2', '-o', '{to}/out.yaml'] + articles,
    'a folder into a folder': ['-f', 'html', '-j1', '-o', '{to}', folder],
    'records': ['-f', 'jsonl', 'records.jsonl'],
    'a list': ['-f', 'tsv', '-s', 'quotes', '--files-from=list'],
}
ERRORS = {
    'open': (errno.EMFILE, errno.EACCES), 'read': (errno.EIO,), 'write': (errno.ENOSPC, errno.EIO),
    'fsync': (errno.EIO,), 'close': (errno.EIO,), 'rename': (errno.EXDEV,), 'mmap': (errno.ENOMEM,),
    'thread': (errno.EAGAIN,),
}
for call, errors in ERRORS.items():
    for name, words in PATHS.items():
        whole, count = counted(words, KIJI_FAULT=f'{call},0,1,none', LD_PRELOAD=PRELOAD)
        if whole.status != 0:
            say(False, f'{name}: the run without failures', [repr(whole.err)])
            continue
        cases = [(f'{call} {n} {mode} {errno.errorcode[e]}',
                  lambda n=n, e=e, mode=mode: run(words, LD_PRELOAD=PRELOAD, KIJI_FAULT=f'{call},{n},{e},{mode}'))
                 for e in errors for mode in ('once', 'on') for n in sample(count, 16)]
        if cases:
            sweep(f'{call}, {name}', cases, whole)

# What is interrupted or comes in pieces comes whole in the end.
for call in ('read', 'write'):
    for name, words in PATHS.items():
        whole, count = counted(words, KIJI_FAULT=f'{call},0,1,none', LD_PRELOAD=PRELOAD)
        wrong = []
        for fault in [f'{call},{n},{errno.EINTR},once' for n in sample(count, 9)] + [f'{call},1,1,short']:
            if fault.endswith('short') and not ALL and len(whole.out) + sum(map(len, whole.files.values())) > 60000:
                continue
            r = run(words, LD_PRELOAD=PRELOAD, KIJI_FAULT=fault)
            if (r.status, r.out, r.files) != (0, whole.out, whole.files):
                wrong.append(f'{fault}: status {r.status}, {r.err[-200:]!r}')
        say(not wrong, f'{call} interrupted and cut short, {name}: the same output', wrong)
end()
