"""Runs of kiji in which a call fails, and what must hold after each: see judge()."""
import os, shutil, signal, subprocess, sys
from concurrent.futures import ThreadPoolExecutor

root, build = os.environ['KIJI_ROOT'], os.environ['KIJI_BUILD']
KIJI = os.path.join(build, 'kiji')
SEAM = os.path.join(build, 'tests', 'kiji-seam')
PRELOAD = os.path.join(build, 'tests', 'preload.so')
ALL = bool(os.environ.get('FAULTS_ALL'))
SANITIZED = 'asan' in build or 'tsan' in build
DEATHS = {-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS, -signal.SIGFPE, -signal.SIGILL, -signal.SIGSYS}
SUPPRESSED = os.path.abspath('suppressed')
with open(SUPPRESSED, 'w') as f:
    f.write('leak:libmecab\nleak:libstdc++\n')
failed = 0


def say(good, name, detail=()):
    global failed
    failed += not good
    print(('ok' if good else 'not ok') + f' - {name}')
    for line in detail:
        print(f'#   {line}')
    sys.stdout.flush()


def tree(folder):
    """Names and bytes of all files below a folder; without what is kept for --resume when a run fails."""
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            if name == '.kiji-resume' or name.endswith(('.db.part', '.db.part-journal', '.db.part-wal', '.db.part-shm')):
                continue
            path = os.path.join(where, name)
            with open(path, 'rb') as f:
                found[os.path.relpath(path, folder)] = f.read()
    return found


class Run:
    def __init__(self, p, files):
        self.status, self.out, self.err, self.files = p.returncode, p.stdout, p.stderr, files


def run(words, program=KIJI, stdin=None, **environment):
    """In a fresh folder `to`; words say {to} for it."""
    to = run.scratch(words)
    words = [w.replace('{to}', to) for w in words]
    env = dict(os.environ, KIJI_DATA=build, **environment)
    # Memory that runs out is what is tested: the sanitizer has to survive it.
    env['ASAN_OPTIONS'] = 'verify_asan_link_order=0:allocator_may_return_null=1:detect_leaks=1:exitcode=97'
    # libraries keep what they had when they cannot go on; the run ends there anyway.
    env['LSAN_OPTIONS'] = f'exitcode=97:print_suppressions=0:suppressions={SUPPRESSED}'
    env['UBSAN_OPTIONS'] = 'halt_on_error=1:exitcode=97'
    try:
        p = subprocess.run([program] + words, env=env, stdin=stdin or subprocess.DEVNULL, capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        p = subprocess.CompletedProcess(words, 'hangs', b'', b'')
    result = Run(p, tree(to))
    shutil.rmtree(to)
    return result


def scratch(words, number=[0]):
    number[0] += 1
    path = os.path.abspath(f'to-{number[0]}')
    os.mkdir(path)
    return path


run.scratch = scratch


def judge(r, whole):
    """What is wrong with a run in which something failed; `whole` is the run without the failure."""
    if r.status == 'hangs' or r.status in DEATHS or r.status not in (0, 1, 2):
        return f'ends with {r.status}: {r.err[-600:]!r}'
    if b'Sanitizer' in r.err or b'runtime error' in r.err:
        return f'sanitizer: {r.err[-600:]!r}'
    if r.status == 0 and (r.out, r.files) != (whole.out, whole.files):
        return f'status 0, but something is missing: {sorted(r.files)} {r.err[-300:]!r}'
    if r.status != 0 and not any(line.startswith(b'kiji: ') for line in r.err.split(b'\n')):
        return f'status {r.status} without a message: {r.err[-300:]!r}'
    half = [n for n, text in r.files.items() if n not in whole.files]
    if half:
        return f'left behind: {half}'
    if r.status == 2:
        # Files of a folder are whole each; a single file is there only when all is well.
        half = [n for n, text in r.files.items() if n != 'index.html' and text != whole.files[n]]
        if half:
            return f'half files: {half}'
    return None


def sweep(name, cases, whole, most=20, dies=None):
    """cases: (label, function giving a Run), in parallel; one line of TAP for all. dies: the status with which a
    library may end the program; it must be the lesser part of the cases."""
    def one(case):
        r = case[1]()
        if dies is not None and not r.files and r.status == dies:
            return case[0], 'dies'
        return case[0], judge(r, whole)

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(one, cases))
    deaths = [r for r in results if r[1] == 'dies']
    results = [r if r[1] != 'dies' or len(deaths) * 3 > len(results) else (r[0], None) for r in results]
    bad = [f'{label}: {what}' for label, what in results if what]
    say(not bad, f'{name}: {len(results)} failures', bad[:most])


def sample(count, most):
    """1 … count; beyond `most`, that many of them, dense at the beginning and the end."""
    if ALL or count <= most:
        return list(range(1, count + 1))
    third = most // 3
    middle = range(third, count - third, max(1, (count - 2 * third) // third))
    return sorted({*range(1, third), *middle, *range(count - third, count + 1)})


def counted(words, program=KIJI, **environment):
    """-> (the run, how many calls it makes)."""
    path = os.path.abspath('count')
    r = run(words, program, KIJI_FAULT_COUNT=path, **environment)
    with open(path) as f:
        return r, int(f.read())


def end():
    sys.exit(1 if failed else 0)
