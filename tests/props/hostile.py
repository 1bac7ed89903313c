"""Articles cut, doubled and broken: no crash, valid output, offsets that fit."""
import json, os, random, subprocess

kiji, root = os.environ['KIJI'], os.environ['KIJI_ROOT']
folder = os.path.join(root, 'data', 'articles')
texts = [open(os.path.join(folder, n), encoding='utf-8').read() for n in sorted(os.listdir(folder))]
random.seed(20241124)


def mutate(t):
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(t) + 1)
        kind = random.randrange(5)
        if kind == 0:
            t = t[at:]
        elif kind == 1:
            t = t[:at]
        elif kind == 2:
            t = t[:at] + random.choice('「」『』（）()»“”\n\r\t \u3000\u2028・=々゛。、氏米A0\U00020BB7\u0301\ufeff') * random.randint(1, 5) + t[at:]
        elif kind == 3:
            t = t[:at] + t[at + random.randint(1, 9):]
        else:
            t = t + t[at:at + 60]
    return t or '。'


cases = [mutate(random.choice(texts)) for _ in range(400)]
big = {
    'open brackets': '「' * 100000,
    'alternating brackets': '「」' * 100000,
    'one character': '日' * 300000,
    'katakana': 'ア' * 300000,
    'blanks before a word': ' ' * 70000 + '日本',
    'newlines': '\n' * 300000,
    'combining marks': 'か' + '\u3099' * 100000,
    'a surname': '安倍' * 60000,
    'no full stop': '岸田文雄首相は、' * 20000,
    'digits': '9' * 300000,
    'letters': 'a' * 300000,
    'quotes': '岸田首相は「賛成だ」と述べた。' * 5000,
}
cases += list(big.values())
lines = ''.join(json.dumps({'id': str(i), 'text': t}, ensure_ascii=False) + '\n' for i, t in enumerate(cases))
with open('cases.jsonl', 'w', encoding='utf-8') as f:
    f.write(lines)
p = subprocess.run([kiji, '-f', 'jsonl', 'cases.jsonl'], capture_output=True, timeout=600)
print(('ok' if p.returncode in (0, 1) else 'not ok') + f' - {len(cases)} hostile articles end well ({p.returncode})')
records = [json.loads(x) for x in p.stdout.decode('utf-8').splitlines()]
print(('ok' if len(records) == len(cases) else 'not ok') + f' - each has its record ({len(records)})')
bad = 0
for r in records:
    text = cases[int(r['source'])].removeprefix('\ufeff')  # a byte order mark counts in no offset
    for e in r['entities']:
        bad += any(text[m['start']:m['end']] != m['text'] for m in e['mentions'])
    bad += any(text[q['start']:q['end']] != q['text'] for q in r['quotes'])
print(('ok' if not bad else 'not ok') + f' - all offsets give their texts ({bad} do not)')
