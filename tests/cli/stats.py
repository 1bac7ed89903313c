#!/usr/bin/env python3
"""kiji --stats: where the CPU went, on standard error; the records stay what they are (TAP)."""
import json, os, re, resource, shutil, subprocess

KIJI = os.environ['KIJI']
STAGES = ['start', 'load', 'read', 'decode', 'tokenize', 'dictionaries', 'model', 'entities', 'quotes', 'keywords',
          'record', 'format', 'write', 'rest', 'all']
LAST = re.compile(r'(\d+) articles?, (\d+\.\d\d) MB in (\d+\.\d\d) s: (\d+\.\d) articles/s, (\d+\.\d\d) MB/s')
BY_CPU = re.compile(r'by CPU: (\d+\.\d) articles/s, (\d+\.\d\d) MB/s')
number = 0
failed = 0


def ok(good, name, detail=''):
    global number, failed
    number += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not good:
        print('\n'.join(f'# {line}' for line in str(detail).split('\n')))


def run(*arguments):
    """-> (what it printed, its lines on standard error, CPU seconds that the kernel counted)"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    p = subprocess.run([KIJI, *arguments], stdin=subprocess.DEVNULL, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert p.returncode == 0, (arguments, p.returncode, p.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return p.stdout, p.stderr.decode().splitlines(), cpu


def rows(lines):
    """-> {stage: (tenths of a millisecond, share)} in order"""
    found = [re.fullmatch(r'(\w+) +(\d+)\.(\d{4}) +(\d+\.\d)%', line) for line in lines]
    return {m[1]: (int(m[2] + m[3]), float(m[4])) for m in found if m}


text = '木原防衛相は12日、東京都内で「台湾海峡の平和と安定は重要だ」と述べた。政府は護衛艦いずもを派遣する。\n' * 20
with open('many.jsonl', 'w', encoding='utf-8') as f:
    for i in range(150):
        f.write(json.dumps({'id': str(i), 'text': f'{text}{i}'}, ensure_ascii=False) + '\n')
nbytes = os.path.getsize('many.jsonl') - 150  # without the ends of the lines

for jobs in ('-j1', '-j2'):
    plain, nothing, _ = run('-f', 'jsonl', jobs, 'many.jsonl')
    records, lines, cpu = run('-f', 'jsonl', jobs, '--stats', 'many.jsonl')
    ok(records == plain and plain.count(b'\n') == 150, f'{jobs}: the same bytes with and without')
    ok(nothing == [], f'{jobs}: not asked for, not printed', nothing)
    table = rows(lines)
    ok(re.fullmatch('stage +seconds +share', lines[0]) and list(table) == STAGES and len(lines) == len(STAGES) + 3,
       f'{jobs}: a table of stages, then two lines', lines)
    parts = {k: v for k, v in table.items() if k != 'all'}
    ok(sum(v[0] for v in parts.values()) == table['all'][0], f'{jobs}: the seconds add up exactly', lines)
    ok(abs(sum(v[1] for v in parts.values()) - 100) <= 0.05 * len(parts) and table['all'][1] == 100,
       f'{jobs}: the shares add up but for rounding', lines)
    ok(all(table[k][0] > 0 for k in ('load', 'tokenize', 'model', 'quotes')), f'{jobs}: the large ones took time', lines)
    # The kernel's count holds what fork and exec took before the program ran.
    ok(0.5 * cpu <= table['all'][0] / 1e4 <= cpu + 0.05, f'{jobs}: all is the CPU of the process', (cpu, lines))
    last, by_cpu = LAST.fullmatch(lines[-2]), BY_CPU.fullmatch(lines[-1])
    ok(last and last[1] == '150' and last[2] == f'{nbytes / 1e6:.2f}', f'{jobs}: articles and MB', lines[-2:])
    ok(by_cpu and abs(float(by_cpu[1]) * table['all'][0] / 1e4 / 150 - 1) < 0.01, f'{jobs}: the rate by CPU', lines[-1:])

for options in (['-f', 'yaml'], ['-f', 'json'], ['-f', 'tsv', '-s', 'quotes'], ['-f', 'text'], ['-f', 'html'], ['--who'],
                ['-f', 'conll'], ['-f', 'brat'], ['--corpus-keywords']):
    # One article: brat and html write one a stream.
    with open('one.txt', 'w', encoding='utf-8') as f:
        f.write(text)
    plain, _, _ = run(*options, 'one.txt')
    records, lines, _ = run(*options, '--stats', '-q', 'one.txt')
    ok(records == plain and plain != b'' and list(rows(lines)) == STAGES, f"{' '.join(options)}: the same bytes, the table",
       lines)
quiet = run('-f', 'jsonl', '-s', 'entities', '--stats', 'one.txt')[1]
ok(rows(quiet)['quotes'][0] == 0 and rows(quiet)['keywords'][0] == 0, 'what is not asked for takes no time', quiet)
_, lines, _ = run('--stats', '-f', 'jsonl', '-o', 'all.db', 'many.jsonl')
ok(list(rows(lines)) == STAGES and rows(lines)['write'][0] > 0 and LAST.fullmatch(lines[-2])[1] == '150',
   'a database', lines)
with open('empty.txt', 'w'):
    pass
_, lines, _ = run('--stats', '-f', 'jsonl', '-v', 'empty.txt')
ok(lines[0].startswith('kiji: 1 article') and LAST.fullmatch(lines[-2])[1] == '1', 'behind the summary of -v', lines)
if shutil.which('strace'):
    # The clock of a thread is the kernel's: each look is a call.
    def looks(*options):
        subprocess.run(['strace', '-f', '-qq', '-e', 'trace=clock_gettime', '-o', 'calls', KIJI, '-f', 'jsonl', '-j2',
                        *options, 'many.jsonl'], capture_output=True)
        with open('calls') as f:
            return f.read().count('CLOCK_THREAD_CPUTIME_ID')
    ok(looks() == 0 and looks('--stats') > 150, 'not asked for, no look at the clock')
else:
    number += 1
    print(f'ok {number} - not asked for, no look at the clock # SKIP strace is not installed')
print(f'1..{number}')
raise SystemExit(1 if failed else 0)
