"""Are the words of the headline, hidden, among the first keywords? kiji beside tf, tf-idf, TextRank, YAKE and pke.

tests/compare/keywords.py [--all]      --all (make keywords-measure): every measured article, and YAKE and pke

Articles: every sixth of ../shared/corpus/wikinews.jsonl.gz: those that the trainer leaves out of the frequencies in
kiji.weights (src/tools/train_terms.h). Only the body is given to any method.
Rule, one for all: a headline's terms are its content nouns and names (IPADIC) of two characters or more; keyword and
term match when one contains the other. recall@10: terms matched by the first ten keywords; precision@5: keywords among
the first five that match a term; in 40: terms matched by as many of the ten as go into 40 characters, since a long keyword
matches more of them, and tells less; each averaged over articles.
Candidates of the compared methods: single nouns ("words"), or unbroken runs of nouns ("runs").
"""
import collections, functools, gzip, hashlib, itertools, json, math, os, subprocess, sys, tempfile, unicodedata

import pke_rows

root = os.environ.get('KIJI_ROOT') or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
kiji = os.environ.get('KIJI') or os.path.join(root, 'build', 'release', 'kiji')
shared = os.environ.get('KIJI_SHARED') or os.path.join(os.path.dirname(root), 'shared')
corpus = os.path.join(shared, 'corpus', 'wikinews.jsonl.gz')
everything = '--all' in sys.argv[1:]
EACH, REST = 6, 5
SHOWN = 40
CONTENT = {('名詞', x) for x in ('一般', 'サ変接続', '固有名詞', '形容動詞語幹')}
INSIDE = CONTENT | {('名詞', '接尾'), ('接頭詞', '名詞接続')}


def fold(s):
    return unicodedata.normalize('NFKC', s).lower()


def mecab(texts):
    """-> for each text the list of (surface, may be a term, may stand inside a run)."""
    joined = '\n'.join(fold(t).replace('\n', ' ').replace('。', '。\v') + '\vEND。' for t in texts).replace('\v', '\n')
    p = subprocess.run(['mecab', '-b', '65536'], input=joined.encode(), capture_output=True, check=True)
    out, tokens, sentence = [], [], []
    for line in p.stdout.decode('utf-8', 'replace').split('\n'):
        if line == 'EOS':
            if ''.join(w for w, _, _ in sentence) == 'END。':
                out.append(tokens)
                tokens = []
            else:
                tokens += sentence + [('\n', False, False)]
            sentence = []
        elif '\t' in line:
            surface, features = line.split('\t', 1)
            pos = tuple(features.split(',')[:2])
            sentence.append((surface, pos in CONTENT, pos in INSIDE))
    assert len(out) == len(texts), (len(out), len(texts))
    return out


def words(tokens):
    return [w for w, content, _ in tokens if content and len(w) > 1]


def runs(tokens):
    out, run, good = [], '', False
    for w, content, inside in tokens + [('', False, False)]:
        if inside:
            run, good = run + w, good or content
            continue
        if good and len(run) > 1:
            out.append(run)
        run, good = '', False
    return out


def best(scores, n=10):
    return [t for t, _ in sorted(scores.items(), key=lambda x: (-x[1], x[0]))[:n]]


def tf(terms, _):
    return best(collections.Counter(terms))


def tf_idf(terms, df):
    n = df[''] + 1
    return best({t: c * math.log(n / (df[t] + 0.5)) for t, c in collections.Counter(terms).items()})


def text_rank(terms, _, window=4):
    """Mihalcea and Tarau 2004: PageRank over terms that stand near each other."""
    links = collections.defaultdict(collections.Counter)
    for i, a in enumerate(terms):
        for b in terms[i + 1:i + window]:
            if a != b:
                links[a][b] += 1
                links[b][a] += 1
    rank = dict.fromkeys(links, 1.0)
    total = {a: sum(links[a].values()) for a in links}
    for _ in range(30):
        rank = {a: 0.15 + 0.85 * sum(rank[b] * w / total[b] for b, w in links[a].items()) for a in links}
    return best(rank)


@functools.lru_cache(maxsize=None)
def code(word):
    """A word of ten Latin letters for YAKE, which takes all shorter than three letters for stop words (nearly every
    Japanese noun) and whose tokenizer cuts between scripts."""
    return ''.join(chr(97 + b % 26) for b in hashlib.md5(word.encode()).digest()[:10])


def yake_rows(bodies):
    """YAKE over MeCab's words with blanks between them; stop words: all that can stand in no run of nouns."""
    import yake
    plain = {code(w): w for tokens in bodies for w, _, _ in tokens}
    out = {}
    for n in (1, 2, 3):
        rows = []
        for tokens in bodies:
            stop = {code(w) for w, _, inside in tokens if not inside}
            text = ' '.join(code(w) if any(c.isalnum() for c in w) else w for w, _, _ in tokens)
            text = '.\n\n'.join(s[:1].upper() + s[1:] for s in text.replace('\n', '').split('。 '))
            got = yake.KeywordExtractor(lan='ja', n=n, top=10, stopwords=stop).extract_keywords(text)
            rows.append([''.join(plain.get(w.lower(), w) for w in k.split(' ')) for k, _ in got])
        out[f'YAKE, to {n} words'] = rows
    return out


def kiji_rows(articles):
    with tempfile.NamedTemporaryFile('w', suffix='.jsonl', encoding='utf-8') as f:
        for a in articles:
            f.write(json.dumps({'id': a['id'], 'text': a['text']}, ensure_ascii=False) + '\n')
        f.flush()
        p = subprocess.run([kiji, '-s', 'keywords', '-f', 'jsonl', '--top', '10', f.name], capture_output=True)
    lines = [json.loads(x) for x in p.stdout.decode().splitlines()]
    assert len(lines) == len(articles), p.stderr.decode()
    return [[k['term'] for k in x.get('keywords', [])] for x in lines]


def match(a, b):
    return len(a) > 1 and len(b) > 1 and (a in b or b in a)


def matched(terms, keywords):
    return sum(any(match(t, k) for k in keywords) for t in terms) / len(terms)


def score(rows, headlines):
    recall = precision = short = 0.0
    for got, terms in zip(rows, headlines):
        got = [fold(k) for k in got[:10]]
        fit = [k for k, end in zip(got, itertools.accumulate(map(len, got))) if end <= SHOWN]
        recall += matched(terms, got)
        precision += sum(any(match(t, k) for t in terms) for k in got[:5]) / max(1, len(got[:5]))
        short += matched(terms, fit)
    return recall / len(headlines), precision / len(headlines), short / len(headlines)


def main():
    if not os.path.exists(corpus):
        print('ok - keywords # SKIP no corpus beside this checkout')
        return 0
    news = [json.loads(line) for line in gzip.open(corpus, 'rt', encoding='utf-8')]
    measured = [a for i, a in enumerate(news) if i % EACH == REST]
    measured = measured if everything else measured[::2]
    titles = [sorted(set(words(t))) for t in mecab([a['title'] for a in measured])]
    kept = [(a, t) for a, t in zip(measured, titles) if t]
    measured, titles = [a for a, _ in kept], [t for _, t in kept]
    bodies = mecab([a['text'] for a in measured])
    learnt = mecab([a['text'] for i, a in enumerate(news) if i % EACH != REST])
    table = {'kiji': kiji_rows(measured)}
    for kind, pick in (('words', words), ('runs', runs)):
        df = collections.Counter(t for tokens in learnt for t in set(pick(tokens)))
        df[''] = len(learnt)
        for name, method in (('tf', tf), ('tf-idf', tf_idf), ('TextRank', text_rank)):
            table[f'{name}, {kind}'] = [method(pick(tokens), df) for tokens in bodies]
    for name, more in (('YAKE', lambda: yake_rows(bodies)), ('pke', lambda: pke_rows.rows(bodies, learnt, code))):
        try:
            table.update(more() if everything else {})
        except ImportError as e:
            print(f'ok - keywords: beside {name} # SKIP not installed ({e}); make keywords-measure installs it')
    whole = [fold(a['text']) for a in measured]
    reach = sum(sum(t in text for t in ts) / len(ts) for ts, text in zip(titles, whole)) / len(titles)
    print(f'{len(measured)} articles, {sum(map(len, titles))} headline terms; {reach:.3f} of them stand in the body\n')
    print(f'{"":24} recall@10  precision@5   in {SHOWN}')
    result = {name: score(rows, titles) for name, rows in table.items()}
    for name, (recall, precision, short) in result.items():
        print(f'{name:24} {recall:9.3f}  {precision:11.3f}  {short:6.3f}')
    for method, factor in (('tf', 1.0), ('tf-idf', 1.1), ('TextRank', 1.0), ('YAKE', 1.15), ('pke', 1.0)):
        rows = [r for name, (r, _, _) in result.items() if name.split(',')[0].split(' ')[0] == method]
        if rows:
            good = result['kiji'][0] >= factor * max(rows)
            print(f"{'ok' if good else 'not ok'} - keywords: recall@10 {result['kiji'][0]:.3f}, "
                  f'at least {factor:.2f} of {max(rows):.3f} ({method})')
    return 0


sys.exit(main())
