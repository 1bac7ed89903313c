#!/usr/bin/env python3
"""check.py KIJI [--accept]: instructions that fixed inputs take, counted by callgrind, against tests/bench/instructions.tsv.

Not a timed test: the count hardly changes from run to run, whatever else the machine does. What it cannot see: memory,
the kernel. More than TOLERANCE over the recorded count fails; as much under it is said, to be recorded with --accept
(`make bench-check ACCEPT=1`). Counts belong to a machine's libraries and processor features: where the recorded ones are
of other ones (column 3), nothing is compared. Prints TAP.
"""
import glob, hashlib, json, os, platform, re, shutil, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OPERANDS = [a for a in sys.argv[1:] if not a.startswith('-')]
KIJI = os.path.abspath(OPERANDS[0] if OPERANDS else os.path.join(ROOT, 'build/release/kiji'))
RECORDED = os.path.join(ROOT, 'tests/bench/instructions.tsv')
ACCEPT = '--accept' in sys.argv[1:]
TOLERANCE = 0.05
TIMES = 20  # of each article: the steady state counts, not only the first look at every word


def inputs(folder):
    """-> {name: arguments}"""
    with open(f'{folder}/articles.jsonl', 'w', encoding='utf-8') as out:
        for number in range(TIMES):
            for path in sorted(glob.glob(f'{ROOT}/data/articles/*.txt')):
                with open(path, encoding='utf-8') as f:
                    out.write(json.dumps({'id': str(number), 'text': f.read()}, ensure_ascii=False) + '\n')
    open(f'{folder}/empty.txt', 'w').close()
    return {'articles': ['-f', 'jsonl', '-j1', f'{folder}/articles.jsonl'],
            'empty': ['-f', 'jsonl', '-j1', f'{folder}/empty.txt']}


def instructions(arguments, folder):
    # The sandbox refuses what valgrind itself needs; without a locale or data of the caller's, from one place.
    env = {'PATH': os.environ['PATH'], 'LC_ALL': 'C'}
    p = subprocess.run(['valgrind', '--tool=callgrind', f'--callgrind-out-file={folder}/counts.%p', KIJI, '--no-sandbox',
                        *arguments], env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.PIPE, text=True)
    counts = re.findall(r'Collected : (\d+)', p.stderr)
    if p.returncode != 0 or not counts:
        raise SystemExit(f'valgrind kiji {" ".join(arguments)}: status {p.returncode}\n{p.stderr[-2000:]}')
    return sum(map(int, counts))


def place():
    """What the counts depend on beside kiji: compiler, libraries, the processor's extensions as valgrind shows them."""
    parts = [platform.machine()]
    for command in (['cc', '-dumpfullversion'], ['valgrind', '--version'], ['ldd', KIJI]):
        out = subprocess.run(command, capture_output=True, text=True).stdout
        paths = re.findall(r'=> (\S+)', out)
        parts += sorted(os.path.basename(os.path.realpath(p)) for p in paths) or [out.strip()]
    if os.path.exists('/proc/cpuinfo'):
        with open('/proc/cpuinfo', encoding='utf-8') as f:
            flags = next((set(x.split()) for x in f if x.startswith('flags')), set())
        parts += sorted(flags & {'avx2', 'bmi2', 'erms', 'sse4_2'})
    return hashlib.sha256('\n'.join(parts).encode()).hexdigest()[:12]


def recorded():
    if not os.path.exists(RECORDED):
        return {}
    with open(RECORDED, encoding='utf-8') as f:
        rows = [line.rstrip('\n').split('\t') for line in f if not line.startswith('input\t')]
    return {row[0]: (int(row[1]), row[2]) for row in rows}


def main():
    if not shutil.which('valgrind'):
        print('ok 1 - instructions # SKIP valgrind is not installed')
        return 0
    here, before, now, failed = place(), recorded(), {}, 0
    with tempfile.TemporaryDirectory(prefix='kiji-bench-') as folder:
        for number, (name, arguments) in enumerate(inputs(folder).items(), 1):
            now[name] = count = instructions(arguments, folder)
            was, there = before.get(name, (0, ''))
            if ACCEPT or there != here:
                why = 'recorded' if ACCEPT else f'SKIP recorded with other libraries or another processor ({there or "never"})'
                print(f"ok {number} - {name}: {count} instructions{'' if ACCEPT else ' #'} {why}")
                continue
            change = count / was - 1
            bad = change > TOLERANCE
            failed += bad
            hint = ': record it (ACCEPT=1)' if change < -TOLERANCE else ''
            print(f"{'not ok' if bad else 'ok'} {number} - {name}: {count} instructions, {change:+.2%} of {was}{hint}")
    if ACCEPT:
        with open(RECORDED, 'w', encoding='utf-8') as f:
            f.write('input\tinstructions\tplace\n')
            f.writelines(f'{name}\t{count}\t{here}\n' for name, count in now.items())
    return 1 if failed else 0


sys.exit(main())
