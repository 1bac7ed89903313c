"""pke's methods over MeCab's words, for keywords.py. PyPI has pke (github.com/boudinfl/pke) as pke-tool."""
import collections, logging, os, sys, tempfile, types

NOUN = 'NOUN'


def load():
    """-> the package, or raises ImportError. It wants NLTK's list of stop words, which it then has no Japanese one in:
    an empty English one will do."""
    import nltk
    place = os.path.join(tempfile.gettempdir(), f'kiji-nltk-{os.getuid()}')
    os.makedirs(os.path.join(place, 'corpora', 'stopwords'), exist_ok=True)
    open(os.path.join(place, 'corpora', 'stopwords', 'english'), 'w').close()
    nltk.data.path.insert(0, place)
    logging.disable(logging.WARNING)
    import pke
    return pke


class Words:
    """Stands where pke expects a spaCy model: the sentences are those of MeCab."""
    lang = 'ja'

    def __init__(self, tokens, code):
        self.sentences = [[]]
        for surface, _, inside in tokens:
            if surface == '\n':
                self.sentences.append([])
                continue
            word = code(surface) if any(c.isalnum() for c in surface) else surface
            self.sentences[-1].append(types.SimpleNamespace(text=word, lemma_=word, pos_=NOUN if inside else 'X', idx=0))

    def __call__(self, _):
        return types.SimpleNamespace(sents=[s for s in self.sentences if s])


def n_grams(tokens, code, n=3):
    """The set of runs of one to n words of `tokens`, all of which may stand in a term."""
    out, run = set(), []
    for surface, _, inside in tokens + [('\n', False, False)]:
        run = run + [code(surface)] if inside else []
        out.update(' '.join(run[-k:]) for k in range(1, min(n, len(run)) + 1))
    return out


def methods(pke, df, stop):
    """name -> what makes an extractor that has read a document choose and weigh its candidates."""
    u = pke.unsupervised
    nouns = {NOUN}
    return {
        'TfIdf': (u.TfIdf, dict(n=3, stoplist=stop), dict(df=df)),
        'KPMiner': (u.KPMiner, dict(lasf=1, cutoff=400, stoplist=stop), dict(df=df)),
        'YAKE': (u.YAKE, dict(n=3, stoplist=stop), dict(window=2, stoplist=stop, use_stems=False)),
        'FirstPhrases': (u.FirstPhrases, dict(pos=nouns), {}),
        'TextRank': (u.TextRank, dict(pos=nouns), dict(window=2, pos=nouns)),
        'SingleRank': (u.SingleRank, dict(pos=nouns), dict(window=10, pos=nouns)),
        'TopicRank': (u.TopicRank, dict(pos=nouns, stoplist=stop), {}),
        'PositionRank': (u.PositionRank, dict(grammar='NP: {<NOUN>+}', maximum_word_number=5), dict(window=10, pos=nouns)),
        'MultipartiteRank': (u.MultipartiteRank, dict(pos=nouns, stoplist=stop), {}),
    }


def keywords(kind, choose, weigh, words, plain):
    """The ten best of an article as text again; none where it has no candidate."""
    x = kind()
    x.load_document('.', language='ja', normalization=None, spacy_model=words)
    x.candidate_selection(**choose)
    if not x.candidates:
        return []
    try:
        x.candidate_weighting(**weigh)
    except ValueError:  # MultipartiteRank and TopicRank: nothing to cluster
        return []
    return [''.join(plain.get(w, w) for w in k.split(' ')) for k, _ in x.get_n_best(n=10)]


def rows(bodies, learnt, code):
    """name -> for each article the keywords of that method of pke; raises ImportError where pke is not installed."""
    pke = load()
    plain = {code(w): w for tokens in bodies for w, _, _ in tokens}
    df = collections.Counter(g for tokens in learnt for g in n_grams(tokens, code))
    df['--NB_DOC--'] = len(learnt)
    out, failed = collections.defaultdict(list), set()
    for tokens in bodies:
        stop = [code(w) for w in {w for w, _, inside in tokens if not inside}]
        for name, (kind, choose, weigh) in methods(pke, df, stop).items():
            try:
                out[f'pke {name}'].append(keywords(kind, choose, weigh, Words(tokens, code), plain))
            except AttributeError as e:  # of another version of networkx
                if name not in failed:
                    print(f'ok - keywords: beside pke {name} # SKIP {e}')
                failed.add(name)
    return {name: got for name, got in out.items() if len(got) == len(bodies)}
