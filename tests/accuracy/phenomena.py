"""Quotes and their speakers, phenomenon by phenomenon, counter-examples included: phenomena.tsv (KIJI, KIJI_ROOT).

A row is a sentence or two (a pilcrow is a line's end) and all that is said there: speaker|kind|quote and, where it matters,
|addressee|occasion, parted by " ; "; nothing where nobody says anything. A row with "known" in its last column is not yet
right; the test fails where it has become so.
"""
import json, os, subprocess, sys

root = os.environ.get('KIJI_ROOT') or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
kiji = os.environ.get('KIJI') or os.path.join(root, 'build/release/kiji')
BRACKETED = {'direct', 'partial'}


def same(found, wanted):
    """The speaker by any name; direct and partial are told apart by length alone and may stand for each other."""
    names, kind, text, *circumstances = found
    speaker, wanted_kind, wanted_text, *wanted_circumstances = wanted
    if wanted_circumstances and circumstances != wanted_circumstances:
        return False
    return (text == wanted_text and any(speaker in name for name in names)
            and (kind == wanted_kind or {kind, wanted_kind} <= BRACKETED))


def quotes_of(record):
    names = {e['id']: [e['name'], *e.get('aliases', [])] for e in record['entities']}
    return [([q['speaker_text'] or '', *names.get(q['speaker'], [])], q['kind'], q['text'],
             q.get('addressee') or '', q.get('occasion') or '') for q in record['quotes']]


def main():
    with open(os.path.join(root, 'tests/accuracy/phenomena.tsv'), encoding='utf-8') as lines:
        rows = [line.rstrip('\n').split('\t') for line in lines][1:]
    articles = ''.join(json.dumps({'id': str(i), 'text': row[1].replace('¶', '\n')}, ensure_ascii=False) + '\n'
                       for i, row in enumerate(rows))
    out = subprocess.run([kiji, '--input=jsonl', '-f', 'jsonl', '-'], input=articles.encode(), capture_output=True, check=True)
    for row, line in zip(rows, out.stdout.decode().splitlines(), strict=True):
        phenomenon, text, expected, known = row
        wanted = [tuple(said.split('|')) for said in expected.split(' ; ') if said]
        found = quotes_of(json.loads(line))
        right = len(found) == len(wanted) and all(any(same(f, w) for f in found) for w in wanted)
        good = right != (known == 'known')
        print(f"{'ok' if good else 'not ok'} - {phenomenon}: {text}{' (known to be wrong)' if known else ''}")
        if not good:
            print('#', found if not right else 'right now: take "known" away')


if __name__ == '__main__':
    main()
