"""data/spark/kiji_spark.py on two workers of this machine says what one kiji says (TAP)."""
import glob, gzip, json, os, subprocess, sys, tempfile

ROOT, BUILD, KIJI = (os.environ[name] for name in ('KIJI_ROOT', 'KIJI_BUILD', 'KIJI'))
PYTHON = os.path.join(ROOT, 'build/spark/venv/bin/python')
SCRIPT = os.path.join(ROOT, 'data/spark/kiji_spark.py')
CORPUS = os.path.join(ROOT, '../shared/corpus/wikinews.jsonl.gz')
BAD = ['{"id": "broken', '{"id": "without text"}', '[]', '{"id": "killer", "text": "x"}']
# A kiji that dies of one article, as the kernel ends one that takes all memory.
FRAGILE = '''#!/bin/sh
# Lines before the fatal one are answered, then the program is gone; without it nothing is different.
input=$(mktemp); trap 'rm -f "$input"' EXIT
cat > "$input"
at=$(grep -n '"id": "killer"' "$input" | head -n 1 | cut -d: -f1)
[ -n "$at" ] || { "REAL" "$@" < "$input"; exit $?; }
head -n "$((at - 1))" "$input" | "REAL" "$@"
rm -f "$input"
kill -9 $$
'''

passed = 0


def ok(good, name, detail=''):
    global passed
    passed += 1
    print(f'{"ok" if good else "not ok"} {passed} - {name}')
    if not good and detail:
        print('\n'.join('# ' + line for line in str(detail)[-3000:].split('\n')))


def articles():
    if os.path.exists(CORPUS):
        with gzip.open(CORPUS, 'rt', encoding='utf-8') as f:
            return [line.rstrip('\n') for line in f]
    names = sorted(glob.glob(f'{ROOT}/data/articles/*.txt'))
    return [json.dumps({'id': os.path.basename(n), 'text': open(n, encoding='utf-8').read()}, ensure_ascii=False)
            for n in names]


def alone(lines):
    """-> what one process says: records as text by source."""
    done = subprocess.run([KIJI, '-f', 'jsonl', '--input=jsonl', '-j1'], input='\n'.join(lines).encode(),
                          capture_output=True, check=True)
    return {json.loads(line)['source']: line for line in done.stdout.decode().splitlines()}


READ = '''
import json, sys
from pyspark.sql import SparkSession
spark = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').getOrCreate()
tables = ('records', 'entities', 'quotes', 'errors')
json.dump({t: [json.loads(r) for r in spark.read.parquet(f'{sys.argv[1]}/{t}').toJSON().collect()] for t in tables},
          open(sys.argv[2], 'w'))
'''


def spark(folder, kiji, lines):
    """-> (exit status, messages, rows by table)"""
    given, output, rows = (os.path.join(folder, n) for n in ('in.jsonl', 'out', 'rows.json'))
    with open(given, 'w', encoding='utf-8') as f:
        f.write('\n'.join(lines) + '\n')
    environment = dict(os.environ, PYSPARK_PYTHON=PYTHON, PYSPARK_DRIVER_PYTHON=PYTHON, SPARK_WORKER_DIR=folder,
                       SPARK_LOCAL_IP='127.0.0.1', SPARK_LOCAL_DIRS=folder,
                       PATH=os.path.dirname(PYTHON) + ':' + os.environ['PATH'])
    submit = os.path.join(os.path.dirname(PYTHON), 'spark-submit')
    done = subprocess.run([submit, '--master', 'local-cluster[2,1,1024]', '--conf', 'spark.ui.enabled=false', SCRIPT,
                           '--kiji', kiji, '--data', BUILD, '--partitions', '4', '--output', output, given],
                          env=environment, capture_output=True, text=True)
    if done.returncode == 0:
        subprocess.run([PYTHON, '-c', READ, output, rows], env=environment, capture_output=True, check=True)
    return done.returncode, done.stderr, json.load(open(rows)) if done.returncode == 0 else None


def full(value):
    """A record as Spark gives it back: keys without a value are left out."""
    if isinstance(value, dict):
        return {k: full(v) for k, v in value.items() if v is not None}
    return [full(v) for v in value] if isinstance(value, list) else value


def table(records, key):
    """The rows that the single run's records stand for."""
    rows = []
    for source, text in records.items():
        record = json.loads(text)
        names = {e['id']: e['name'] for e in record['entities']}
        for row in record[key]:
            more = {'speaker_name': names.get(row.get('speaker'))} if key == 'quotes' else {}
            rows.append(full({'source': source, **row, **more}))
    return rows


def in_order(rows):
    return sorted(json.dumps(r, sort_keys=True, ensure_ascii=False) for r in rows)


def main():
    if not os.path.exists(PYTHON):
        print('ok 1 - Apache Spark says what one kiji says # SKIP make check-spark installs pyspark and runs it')
        return
    good = articles()
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f'{folder}/program')
        program = os.path.join(folder, 'program', 'kiji')
        # Beside a shell script the program could not find itself: it keeps its own path.
        with open(program, 'w') as f:
            f.write(FRAGILE.replace('REAL', KIJI))
        os.chmod(program, 0o755)
        middle = len(good) // 2
        status, messages, rows = spark(folder, program, good[:middle] + BAD + good[middle:])
        ok(status == 0, 'failed articles and a killed program do not fail the job', messages)
        if status != 0:
            return
        want = alone(good)
        ok(len(want) == len(good), 'the single run does all articles')
        got = {r['source']: r['record'] for r in rows['records']}
        ok(got == want and len(rows['records']) == len(want), f'{len(want)} records are those of the single run',
           set(want) ^ set(got))
        for key in ('entities', 'quotes'):
            ok(in_order(map(full, rows[key])) == in_order(table(want, key)), f'{len(rows[key])} {key} are those of the single run')
        errors = {r['line']: (r.get('source'), r['reason']) for r in rows['errors']}
        ok(sorted(errors) == sorted(BAD), 'each failed article is a row of errors, as it was read', errors)
        ok(errors.get(BAD[0], (0, ''))[1].endswith('not valid JSON') or 'JSON' in errors.get(BAD[0], (0, ''))[1],
           'with its reason', errors)
        ok(errors.get(BAD[1], (0, ''))[0] == 'without text', 'and its name', errors)
        ok(errors.get(BAD[3]) == ('killer', 'kiji was ended by signal 9'), 'the article that killed it is found', errors)


main()
print(f'1..{max(passed, 1)}')
