#!/usr/bin/env python3
"""Articles annotated for quotes and speakers alone, in the form that train reads.

quote_articles.py ANNOTATIONS.tsv NEWS.jsonl FOLDER

ANNOTATIONS holds no text: the number of an article, the kind of a quote, where it begins and ends, and where its speaker is
named, in code points of the article's text: its title, an empty line, and paragraphs of three sentences. NEWS has the
texts: a line of JSON an article, with id, title, text. FOLDER/ID.gold is written for each article that NEWS has.
"""
import json
import os
import sys

SENTENCES = 3  # of a paragraph: the news comes without paragraphs


def article_text(article):
    """Title, an empty line, the text in paragraphs; a full stop in brackets ends no sentence."""
    sentences, depth, begin, text = [], 0, 0, article["text"]
    for i, char in enumerate(text):
        depth += (char in "「『(（") - (char in "」』)）" and depth > 0)
        if char == "。" and depth == 0:
            sentences.append(text[begin : i + 1])
            begin = i + 1
    if begin < len(text):
        sentences.append(text[begin:])
    paragraphs = ["".join(sentences[i : i + SENTENCES]) for i in range(0, len(sentences), SENTENCES)]
    return "\n\n".join([article["title"], *paragraphs]) + "\n"


def speakers_of(quotes):
    """A number for each speaker: quotes whose speaker is named at a common place have one."""
    owner = {}
    for number, quote in enumerate(quotes):
        known = {owner[place] for place in quote["named"] if place in owner}
        for place in owner:
            owner[place] = number if owner[place] in known else owner[place]
        owner.update(dict.fromkeys(quote["named"], number))
    return owner


def tagged(text, quotes):
    """The text with its tags. A tag that would cross one that is open is left out."""
    owner = speakers_of(quotes)
    spans = [(begin, -end, f"<S id={number}>", "</S>") for (begin, end), number in owner.items()]
    spans += [
        (q["begin"], -q["end"], f'<Q sp={owner[q["named"][0]]} kind={q["kind"]} cue="{q["cue"]}">', "</Q>") for q in quotes
    ]
    out, open_, at = [], [], 0

    def close(until):
        nonlocal at
        while open_ and open_[-1][0] <= until:
            end, tag = open_.pop()
            out.extend((text[at:end], tag))
            at = end

    for begin, end, first, last in sorted(spans, key=lambda s: (s[0], s[1], s[3] == "</S>")):
        close(begin)
        if open_ and -end > open_[-1][0]:
            continue
        out.extend((text[at:begin], first))
        at = begin
        open_.append((-end, last))
    close(len(text))
    return "".join(out) + text[at:]


def read_annotations(path):
    articles = {}
    with open(path, encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            article, kind, begin, end, named, cue = line.rstrip("\n").split("\t")
            quotes = articles.setdefault(article, [])
            if kind:
                places = [tuple(int(n) for n in place.split("-")) for place in named.split()]
                quotes.append({"kind": kind, "begin": int(begin), "end": int(end), "named": places, "cue": cue})
    return articles


def main(annotations, news, folder):
    articles = read_annotations(annotations)
    os.makedirs(folder, exist_ok=True)
    with open(news, encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            if article["id"] in articles:
                with open(os.path.join(folder, article["id"] + ".gold"), "w", encoding="utf-8") as out:
                    out.write(tagged(article_text(article), articles[article["id"]]))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
