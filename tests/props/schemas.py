#!/usr/bin/env python3
"""What kiji writes keeps to the schemas in data/schema, judged by jsonschema (TAP): records of the samples, the golden
records as they are recorded, and the groups of --corpus-keywords. KIJI in the environment is the program."""
import glob, importlib.util, json, os, re, shlex, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KIJI = os.path.abspath(os.environ.get('KIJI', ROOT + '/build/release/kiji'))
number = failed = 0


def ok(good, name, detail=''):
    global number, failed
    number += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not good and detail:
        print('\n'.join('# ' + line for line in str(detail).split('\n')))


def kiji(*args, cwd=None):
    """Standard output; the status is that of articles that cannot be read, which is not asked here."""
    return subprocess.run([KIJI, *args], cwd=cwd, capture_output=True).stdout.decode('utf-8')


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def validator(name):
    schema = json.load(open(f'{ROOT}/data/schema/{name}.schema.json'))
    made = jsonschema.Draft202012Validator(schema)
    made.check_schema(schema)
    return made


def keep(records, against, name):
    faults = [f"{where}: {'/'.join(map(str, e.path))}: {e.message}" for where, r in records for e in against.iter_errors(r)]
    ok(records and not faults, f'{name}: {len(records)} keep to the schema', '\n'.join(faults[:10]))


def golden():
    """(recorded, asked for again): what stands in the files, and as JSON Lines what stands there as a table."""
    recorded, again = [], []
    for folder in sorted(glob.glob(ROOT + '/tests/golden/*/')):
        for path in glob.glob(folder + 'expected.jsonl'):
            recorded += [(path, r) for r in lines(open(path, encoding='utf-8').read())]
        for path in glob.glob(folder + 'expected.yaml'):
            recorded += [(path, r) for r in yaml.safe_load_all(open(path, encoding='utf-8'))]
        if os.path.exists(folder + 'expected.tsv'):
            args = re.sub(r'(?<=-f )tsv', 'jsonl', open(folder + 'args', encoding='utf-8').read())
            again += [(folder, r) for r in lines(kiji(*shlex.split(args), cwd=folder))]
    return recorded, again


def articles():
    files = sorted(glob.glob(ROOT + '/data/articles/*.txt') + glob.glob(ROOT + '/tests/browser/*.txt') +
                   glob.glob(ROOT + '/tests/golden/*/input*.txt'))
    of_json = json.loads(kiji('-f', 'json', '--explain', '--with-text', *files))
    of_lines = lines(kiji('-f', 'jsonl', '--explain', '--with-text', *files))
    of_yaml = list(yaml.safe_load_all(kiji('-f', 'yaml', '--explain', '--with-text', *files)))
    ok(of_json == of_lines, 'json: the array holds the records of jsonl')
    ok(of_json == of_yaml, 'yaml: its documents are the records of jsonl')
    keep([(r['source'], r) for r in of_json], article, 'json: records')
    for section in ('entities', 'mentions', 'quotes', 'keywords'):
        keep([(r['source'], r) for r in lines(kiji('-f', 'jsonl', '-s', section, *files))], article, f'-s {section}: records')
    broken = dict(of_json[0], quotes=[{'kind': 'shouted'}])
    ok(not article.is_valid(broken), 'the schema of records refuses one that is none')


def corpus():
    for by in ('', '=month', '=source'):
        asked = ['--corpus-keywords' + by, '--top', '30', ROOT + '/data/articles', ROOT + '/tests/golden/yaml/input.txt']
        of_lines = lines(kiji(*asked, '-f', 'jsonl'))
        keep([(by, r) for r in of_lines], group, f'--corpus-keywords{by}: groups')
        ok(of_lines == json.loads(kiji(*asked, '-f', 'json')), f'--corpus-keywords{by}: json holds the groups of jsonl')
        ok(of_lines == list(yaml.safe_load_all(kiji(*asked, '-f', 'yaml'))), f'--corpus-keywords{by}: and yaml')
    broken = dict(of_lines[0], articles=0)
    ok(not group.is_valid(broken), 'the schema of groups refuses one of no article')


missing = [m for m in ('jsonschema', 'yaml') if importlib.util.find_spec(m) is None]
if missing:
    print('ok - output against data/schema # SKIP not installed: ' + ' '.join(missing))
    sys.exit(0)
import jsonschema, yaml
article, group = validator('kiji-1'), validator('kiji-corpus-1')
recorded, again = golden()
keep(recorded, article, 'golden records')
keep(again, article, 'golden records that are tables, as jsonl')
articles()
corpus()
print(f'1..{number}')
sys.exit(failed != 0)
