"""Everyday wording to class of business (KBLI 2025): does a phrase of the street find its class?

Query: the phrases that the file calls ``contoh_usaha`` (examples of businesses), each alone; they are the
measured rows and stand in no index. Answer: the row's class among all classes of the file. "Nothing"
means that the right class scores 0: it would not be shown however long the list. "Nothing at all" means
that every class scores 0.

Index of the baselines: the words of the class titles; then titles and keywords (``kata_kunci``) with
character n-grams. Index of the engine: titles, keywords, products and materials of a class as one text,
with the names of the portal's own families that link to the class; texts are compared by ``Texts`` with
runs of 3 and 4 letters, whose table of everyday words is the house's own (``engine/everyday.py``: written
from general knowledge and the class titles). A class also gains from its groups in the tree: 0.2 of the
best score among the classes that begin with the same 4, 3 and 2 digits. Nothing is trained on the
measured rows; but the weights of the engine's features were set with these figures before the eyes, and
a sample of about twenty measured rows had been seen before the table of everyday words was written (words
that stood only there were kept out of it). ``engine_without_repeats`` leaves out of the index each row
that repeats a measured phrase word for word; ``engine_titles`` indexes titles and the portal's own names.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from benchmarks.pairing.large_contacts import reference_rows
from benchmarks.pairing.ranking import Ranks, Scores, counts_of, likeness_between, ngram_likeness, ranks_of
from benchmarks.pairing.realdata import real_rows
from matchmaking.engine.text import SCALE, Texts, words_of
from matchmaking.engine.vectors import weighed

FILE = "kbli2025_examples_riau.csv"
MEASURED = "contoh_usaha"
KEYWORDS = ("kata_kunci",)
ALL_KINDS = ("kata_kunci", "output", "bahan_baku")
GROUP_DIGITS = (4, 3, 2)
GROUP_COUNTS = 0.2


def measure(rows: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return the shares (0 to 1) that find nothing, hit@10 and MRR of each way to find the class."""
    classes = Classes(real_rows(FILE) if rows is None else rows)
    links = linked_names()
    ways = {
        "title_words": classes.word_likeness(classes.index(())),
        "keywords_and_ngrams": ngram_likeness(classes.phrases, classes.index(KEYWORDS)),
        "engine_titles": classes.engine_scores(classes.index((), links)),
        "engine_without_repeats": classes.engine_scores(
            classes.index(ALL_KINDS, links, without=classes.phrases)
        ),
        "engine": classes.engine_scores(classes.index(ALL_KINDS, links)),
    }
    figures = {way: _figures(scores, classes.ranks(scores)) for way, scores in ways.items()}
    return {"phrases": len(classes.phrases), "classes": len(classes.codes), **figures}


def lines(result: dict[str, Any]) -> Iterator[str]:
    yield f"everyday wording -> class, {result['phrases']} phrases, {result['classes']} classes:"
    for way, figures in result.items():
        if isinstance(figures, dict):
            yield (
                f"  {way:22} nothing {figures['nothing']:6.1%} (at all {figures['nothing_at_all']:6.1%})  "
                f"hit@10 {figures['hit_at_10']:6.1%}  MRR {figures['mrr']:.3f}"
            )


def linked_names() -> dict[str, list[str]]:
    """Return for each class the Indonesian names and synonyms of the portal's families that link to it."""
    links: dict[str, list[str]] = {}
    for row in reference_rows("categories.csv"):
        names = [row["name_id"], *row["synonyms_id"].split("|")]
        for code in row["kbli2025"].split("|"):
            links.setdefault(code, []).extend(names)
    return links


class Classes:
    """The classes of the file and the measured phrases; scores have a row a phrase, a column a class."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.titles = {row["kbli5"]: row["judul"] for row in rows}
        self.codes = sorted(self.titles)
        self.rows = rows
        measured = [row for row in rows if row["jenis"] == MEASURED]
        self.phrases = [row["teks"] for row in measured]
        self.right = [self.codes.index(row["kbli5"]) for row in measured]

    def index(
        self, kinds: Iterable[str], links: dict[str, list[str]] | None = None, without: Iterable[str] = ()
    ) -> list[str]:
        """Return one text for each class: its title, rows of these kinds and names linked to it."""
        texts = {code: [title] for code, title in self.titles.items()}
        allowed, dropped = set(kinds), {words_of(text) for text in without}
        for row in self.rows:
            if row["jenis"] in allowed and words_of(row["teks"]) not in dropped:
                texts[row["kbli5"]].append(row["teks"])
        return [" ".join([*texts[code], *(links or {}).get(code, [])]) for code in self.codes]

    def word_likeness(self, index: list[str]) -> Scores:
        """Return the cosine of TF-IDF over whole words as they are written."""
        words: dict[str, int] = {}
        rows = [
            [words.setdefault(word, len(words)) for word in words_of(text)]
            for text in (*self.phrases, *index)
        ]
        return likeness_between(weighed(counts_of(rows, len(words))), len(self.phrases))

    def engine_scores(self, index: list[str]) -> Scores:
        """Return the engine's likeness, raised by what the groups of a class in the tree score."""
        texts = Texts([*self.phrases, *index], gram_lengths=(3, 4))
        product = texts.matrix(self.phrases) @ texts.matrix(index).T
        return self.with_groups(np.asarray(product.toarray()) / SCALE**2)

    def with_groups(self, scores: Scores) -> Scores:
        raised = scores.copy()
        for digits in GROUP_DIGITS:
            starts = np.array([code[:digits] for code in self.codes])
            for start in np.unique(starts):
                of_group = starts == start
                raised[:, of_group] += GROUP_COUNTS * scores[:, of_group].max(axis=1, keepdims=True)
        return raised

    def ranks(self, scores: Scores) -> Ranks:
        return ranks_of(scores, self.right)


def _figures(scores: Scores, ranks: Ranks) -> dict[str, float]:
    return {
        "nothing": round(float(1 - ranks.found.mean()), 4),
        "nothing_at_all": round(float((scores.max(axis=1) == 0).mean()), 4),
        **ranks.figures(),
    }
