#!/usr/bin/env python3
"""Texts made to be slow: four times the text takes about four times the CPU and memory (TAP).

With LINEAR_ALL=1 (make check-linear): 1 MB and 10 MB, at most 13 times the CPU and memory.
"""
import os, resource, subprocess, sys, tempfile

KIJI = os.environ['KIJI']
SANITIZED = not os.environ['KIJI_BUILD'].endswith('release') or KIJI != os.path.join(os.environ['KIJI_BUILD'], 'kiji')
# Small factors: a sanitizer or valgrind changes nothing of the order.
ALL = os.environ.get('LINEAR_ALL') == '1'
UNIT = 1_000_000 if ALL else 100_000 if SANITIZED else 250_000
TIMES, ALLOWED = (10, 13) if ALL else (4, 8)
TRIES = 3  # another program may have the caches; what is not linear fails each time
MOST = 600 if ALL else 60  # CPU seconds, then it is killed: what is quadratic would take an hour
TEXTS = {
    'opening brackets': '「', 'one kanji': '日', 'a katakana word': 'ミ', 'katakana words': 'ミサイル・',
    'combining marks': 'か\u3099\u0301', 'marks alone': '\u3099', 'alternating brackets': '「」（）『』',
    'closing brackets': '」', 'crossing brackets': '「（」）', 'newlines': '\n', 'lines': '日\n', 'blanks': '\u3000',
    'a surname': '木原', 'surnames': '木原氏と山田氏は', 'speech': '「行く」と述べた。', 'speech without end': '「行くと述べた',
    'speech in one sentence': '「行く」と述べ、', 'speakers': '木原稔防衛相は「行く」と述べた。\n', 'full stops': '。', 'digits': '1',
    'dates': '2024年7月28日', 'letters': 'a', 'words': 'a b ', 'emoji': '\U0001F600', 'half-width': 'ｶﾞ', 'commas': '、',
    'a weapon': 'トマホーク', 'a comma and a weapon': 'トマホーク、', 'brackets in turn': '「（', 'name in brackets': '（木原）',
    'short and long names': '木原稔氏と木原氏、', 'names of parts': 'ジョー・バイデン・', 'names alone': '木原稔\n',
    'squares': '㌔',
    'countries': '日米韓', 'ministers': '防衛相', 'weapons': 'PAC-3ミサイル', 'hyphens': '-', 'repeat marks': '々',
    'quotation marks': '"', 'tabs': '\t', 'places': '東京都港区', 'according': '関係者によると、',
    'pronouns': '同氏は', 'long compound': '国際安全保障協議委員会',
}


def run(text, *options):
    """-> (status, user CPU seconds, most memory in KiB) of one analysis."""
    with tempfile.NamedTemporaryFile(suffix='.txt') as f:
        f.write(text)
        f.flush()
        pid = subprocess.Popen([KIJI, '-f', 'jsonl', *options, f.name], stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (MOST, MOST)))
        said = pid.stderr.read()
        _, status, usage = os.wait4(pid.pid, 0)
        pid.returncode = 0
        pid.stderr.close()
    return os.waitstatus_to_exitcode(status), usage.ru_utime, usage.ru_maxrss, said


def of_size(unit, nbytes):
    piece = unit.encode()
    return piece * (nbytes // len(piece)) + b'\n'


# What a start costs without any text is no part of the comparison, nor are the dictionaries' copies in huge pages that
# a long text brings along (kiji_image_settle).
SETTLED = 40 * 1024  # KiB, of the longer text only: UNIT is below what brings them
_, start, floor, _ = run('日。\n'.encode())
only = sys.argv[1:]
for name, unit in TEXTS.items():
    if only and name not in only:
        continue
    for _ in range(TRIES):
        status1, cpu1, memory1, said1 = run(of_size(unit, UNIT))
        status4, cpu4, memory4, said4 = run(of_size(unit, TIMES * UNIT))
        more = max(cpu4 - start, 0) / max(cpu1 - start, 0.02)
        wider = max(memory4 - floor - SETTLED, 0) / max(memory1 - floor, 4096)
        good = status1 == 0 and status4 == 0 and more < ALLOWED and wider < ALLOWED
        if good:
            break
    print(f'{"ok" if good else "not ok"} - {name}: CPU {cpu1:.2f} s to {cpu4:.2f} s, '
          f'memory {memory1 // 1024} to {memory4 // 1024} MB', flush=True)
    if not good:
        print(f'# factors {more:.1f} and {wider:.1f}, status {status1} and {status4}: {(said1 + said4)[-200:]}')
