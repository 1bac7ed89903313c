#!/usr/bin/env python3
"""--resume (TAP): a run killed at random moments and gone on with ends with the rows and files of one that was not."""
import os, random, signal, sqlite3, subprocess, sys, time

KIJI = os.environ['KIJI']
ARTICLES = 60
RECORDS = 200  # several transactions of the database
KILLS = 20
count = failures = 0


def ok(name, good, detail=''):
    global count, failures
    count += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}" + ('' if good else '\n# ' + str(detail)[:1500].replace('\n', '\n# ')),
          flush=True)


def article(path, number):
    people = ['木原稔防衛相', '上川陽子外相', '岸田文雄首相', '林芳正官房長官']
    subjects = ['台湾海峡の平和と安定は重要だ', 'PAC-3を配備する', '日米韓の協力を深める', '東京で会議を開く']
    lines = [f'{people[number % 4]}が会見 {number}', '']
    for i in range(3 + number % 20):
        lines.append(f'　{people[(number + i) % 4]}は2024年7月{1 + number % 28}日、記者会見で「{subjects[i % 4]}」と述べた。')
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as f:
        f.write('\n'.join(lines) + '\n')


def make_inputs():
    for i in range(ARTICLES):
        article(f'in/{i % 3}/{i:03}.txt', i)
    with open('in/0/bad.txt', 'wb') as f:
        f.write(b'binary\0\0\0' * 50)
    with open('in/records.jsonl', 'w', encoding='utf-8') as f:
        for i in range(RECORDS):
            f.write('{"id": "r%d", "date": "2024-07-%02d", "text": "木原稔防衛相は「装備を増やす」と述べた。"}\n' % (i, 1 + i % 31))


def run(*arguments):
    p = subprocess.run([KIJI, *arguments], capture_output=True, text=True)
    return p.returncode, p.stdout, p.stderr


def rows(path):
    """All rows of all tables, in order, the index asked for its own consistency."""
    db = sqlite3.connect(path)
    out = []
    for table in ('documents', 'entities', 'offices', 'mentions', 'quotes', 'keywords', 'runs', 'inputs'):
        out.append((table, db.execute(f'SELECT * FROM {table} ORDER BY 1, 2, 3' if table != 'runs' else
                                      'SELECT * FROM runs ORDER BY 1').fetchall()))
    for fts in ('documents_fts', 'quotes_fts'):
        db.execute(f"INSERT INTO {fts}({fts}, rank) VALUES('integrity-check', 1)")
    out.append(('match', db.execute("SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH '台湾海峡' ORDER BY 1").fetchall()))
    out.append(('check', db.execute('PRAGMA integrity_check').fetchall() + db.execute('PRAGMA foreign_key_check').fetchall()))
    db.close()
    return out


def files(folder):
    out = {}
    for where, _, names in os.walk(folder):
        for name in names:
            if name != '.kiji-resume':
                path = os.path.join(where, name)
                out[os.path.relpath(path, folder)] = open(path, 'rb').read()
    return out


def kill_and_go_on(arguments, seconds):
    """Start, kill at a random moment, go on, and so on: KILLS times; one that came to its end begins anew. Then once to
    the end. Returns its status and how many were killed."""
    killed, more, output = 0, False, arguments[arguments.index('-o') + 1]
    for _ in range(10 * KILLS):
        p = subprocess.Popen([KIJI, *arguments, *(['--resume'] if more else [])], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0, seconds * 0.8))
        p.send_signal(signal.SIGKILL)
        more = p.wait() == -signal.SIGKILL
        killed += more
        if killed == KILLS:
            break
        if not more:
            subprocess.run(['rm', '-rf', output, output + '.part'])
    return run(*arguments, '--resume')[0], killed


def timed(*arguments):
    begin = time.monotonic()
    status = run(*arguments)[0]
    return status, time.monotonic() - begin


make_inputs()
random.seed(int(os.environ.get('KIJI_SEED', '8')))
status, seconds = timed('-j1', '-o', 'want.db', 'in')
ok('database: a file that is no text fails, the rest is in', status == 1, status)
want = rows('want.db')
ok('database: all articles are in it', len(want[0][1]) == ARTICLES + RECORDS, len(want[0][1]))
ok('database: the index finds quotes', len(want[8][1]) > 10)
ok('database: sound', want[9][1] == [('ok',)], want[9][1])
run('-j4', '-o', 'four.db', 'in')
ok('database: -j4 gives the rows of -j1', rows('four.db') == want)
status, killed = kill_and_go_on(['-j2', '-o', 'killed.db', 'in'], seconds)
ok('database: runs were killed', killed == KILLS, killed)
ok('database: killed and gone on with: the status of the articles', status == 1, status)
ok('database: killed and gone on with: the same rows', rows('killed.db') == want)
ok('database: nothing else is left', not [n for n in os.listdir('.') if n.startswith('killed.db') and n != 'killed.db'], os.listdir('.'))

FOLDERS = (('tables', ['-f', 'tsv']), ('yaml', ['-f', 'yaml']), ('json', ['-f', 'json']), ('brat', ['-f', 'brat']), ('html', ['-f', 'html']))
for name, options in FOLDERS:
    status, seconds = timed('-j1', *options, '-o', f'want-{name}/', 'in')
    status, killed = kill_and_go_on(['-j2', *options, '-o', f'killed-{name}/', 'in'], seconds)
    a, b = files(f'want-{name}'), files(f'killed-{name}')
    ok(f'{name}: {killed} runs killed and gone on with: the same files', a == b and killed == KILLS and len(a) > 3,
       (killed, sorted(set(a) ^ set(b)), [n for n in a if n in b and a[n] != b[n]][:5]))
one = run('-f', 'tsv', '-s', 'quotes', 'in')[1]
ok('tables: quotes.tsv is what the stream says', files('want-tables')['quotes.tsv'].decode() == one)
ok('yaml: the tree of the inputs', 'in/1/001.txt.yaml' in files('want-yaml') and 'in/records.jsonl/3.yaml' in files('want-yaml'),
   sorted(files('want-yaml'))[:5])

# What is done is not done again; what changed is.
stamp = {n: os.stat(f'want-yaml/{n}').st_mtime_ns for n in files('want-yaml')}
time.sleep(0.02)
old = os.stat('in/1/001.txt')
text = open('in/1/001.txt', encoding='utf-8').read()
with open('in/1/001.txt', 'w', encoding='utf-8') as f:
    f.write(text.replace('木原稔', '山田稔').replace('上川陽子', '上山陽子'))
os.utime('in/1/001.txt', ns=(old.st_atime_ns, old.st_mtime_ns))  # the same size and time
os.utime('in/1/004.txt')  # only the time is new
run('--resume', '-f', 'yaml', '-o', 'want-yaml/', 'in')
again = [n for n in stamp if os.stat(f'want-yaml/{n}').st_mtime_ns != stamp[n]]
ok('yaml: only the changed article is done again', again == ['in/1/001.txt.yaml'], again)
run('--resume', '-o', 'want.db', 'in')
run('-o', 'fresh.db', 'in')
ok('database: a changed article takes its old place', rows('want.db') == rows('fresh.db') and rows('want.db') != want)
run('--resume', '-f', 'tsv', '-o', 'want-tables/', 'in')
run('-f', 'tsv', '-o', 'fresh-tables/', 'in')
ok('tables: a changed article is done again', files('want-tables') == files('fresh-tables'))
run('--resume', '-f', 'yaml', '--with-text', '-o', 'want-yaml/', 'in')
ok('yaml: other options: all is done again', all(b'\ntext: ' in v for v in files('want-yaml').values()))
os.remove('want-yaml/in/1/004.txt.yaml')
run('--resume', '-f', 'yaml', '--with-text', '-o', 'want-yaml/', 'in')
ok('yaml: a file that is gone comes again', os.path.exists('want-yaml/in/1/004.txt.yaml'))
with open('want-tables/.kiji-resume', 'r+b') as f:
    f.seek(-40, 2)
    f.write(b'damaged')
run('--resume', '-f', 'tsv', '-o', 'want-tables/', 'in')
ok('tables: a damaged memory is not believed', files('want-tables') == files('fresh-tables'))

# Interrupted: what to do is said, and does it.
p = subprocess.Popen([KIJI, '-j1', '-o', 'int.db', 'in', '-'], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
time.sleep(1.5 if KIJI == os.path.join(os.environ['KIJI_BUILD'], 'kiji') else 30)  # valgrind
p.send_signal(signal.SIGINT)
err = p.communicate()[1]
ok('SIGINT: says how to go on', p.returncode == -signal.SIGINT and '--resume' in err, (p.returncode, err))
ok('SIGINT: no database that is not whole', not os.path.exists('int.db') and os.path.exists('int.db.part'))
run('--resume', '-o', 'int.db', 'in')
ok('SIGINT: gone on with', rows('int.db') == rows('fresh.db'), [(a, len(b), len(d)) for (a, b), (_, d) in zip(rows('int.db'), rows('fresh.db')) if b != d])

# A dictionary of one's own belongs to the settings.
with open('own.tsv', 'w', encoding='utf-8') as f:
    f.write('weapon\tforms\tkind\tcountry\tcontext\n零式光線砲\t-\tレーザー兵器\tJP\t-\n')
run('-o', 'own.db', '--dict', 'own.tsv', 'in')
before = rows('own.db')
run('--resume', '-o', 'own.db', '--dict', 'own.tsv', 'in')
ok('--resume with the same dictionary: nothing is done again', rows('own.db') == before)
with open('own.tsv', 'a', encoding='utf-8') as f:
    f.write('台湾海峡\t-\tレーザー兵器\tJP\t-\n')
run('--resume', '-o', 'own.db', '--dict', 'own.tsv', 'in')
after = dict(rows('own.db'))
ok('--resume with another dictionary: all is done again, as another run',
   {r[-3] for r in after['inputs']} != {r[-3] for r in dict(before)['inputs']} and
   len(after['documents']) == len(dict(before)['documents']), (after['runs'], after['inputs'][:2]))

# Refused.
with open('other.db', 'w') as f:
    f.write('not a database, but somebody needs it\n' * 100)
before = open('other.db').read()
status, _, err = run('-o', 'other.db', 'in')
ok('a file that is no database is left alone', status == 2 and 'is not a kiji database' in err and open('other.db').read() == before, err)
sqlite3.connect('foreign.db').executescript('CREATE TABLE mine(x); INSERT INTO mine VALUES(1);')
status, _, err = run('--resume', '-o', 'foreign.db', 'in')
ok('a database of somebody else is left alone', status == 2 and 'is not a kiji database' in err, err)
status, _, err = run('--resume', '-o', 'x.yaml', 'in')
ok('--resume into a stream: refused', status == 2 and '--resume' in err, err)
status, _, err = run('-f', 'jsonl', '-o', 'in/', 'in')
ok('a folder that would be read again: refused', status == 2 and 'would be read again' in err, err)
if os.geteuid() == 0:
    print(f'ok {count + 1} - read-only folder # SKIP root may write everywhere')
    count += 1
else:
    os.mkdir('locked', 0o555)
    status, _, err = run('-o', 'locked/x.db', 'in')
    ok('read-only folder: status 2, said', status == 2 and 'locked/x.db' in err, err)

# No space: a small file system, where we may make one.
os.mkdir('small')
if subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', 'small'], capture_output=True).returncode == 0:
    try:
        for name, options in (('x.db', []), ('tables/', ['-f', 'tsv']), ('yaml/', ['-f', 'yaml'])):
            status, _, err = run(*options, '-o', f'small/{name}', 'in')
            ok(f'no space for {name}: status 2, said', status == 2 and 'small/' in err and '--resume' in err, (status, err))
            subprocess.run(['mount', '-o', 'remount,size=64m', 'small'])
            status, _, err = run('--resume', *options, '-o', f'small/{name}', 'in')
            same = rows('small/x.db') == rows('fresh.db') if name == 'x.db' else status == 1
            ok(f'space again for {name}: gone on with', same and status == 1, (status, err))
            subprocess.run('rm -rf small/*', shell=True)
            subprocess.run(['mount', '-o', 'remount,size=256k', 'small'])
    finally:
        subprocess.run(['umount', 'small'])
else:
    count += 1
    print(f'ok {count} - no space # SKIP tmpfs cannot be mounted here')
print(f'1..{count}')
sys.exit(failures != 0)
