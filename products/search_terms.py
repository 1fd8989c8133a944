"""A buyer's words as terms, each with its equal words, and terms as queries of PostgreSQL's text search.

Pure. "kemasan kripik" is two terms: kemasan, or packaging, or the families of packaging; and kripik, or
keripik, or the family of chips. Queries come out in the notation of ``tsquery``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from products.search_words import Lexicon, Meaning, meaning_of, query_words

SHORTEST_BEGINNING = 3
Groups = Sequence[tuple[str, ...]]
Stems = Mapping[str, str]


@dataclass(frozen=True)
class Term:
    """A word or phrase as typed, the phrases that mean the same, and what all of them mean."""

    typed: str
    equals: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    is_beginning: bool = False

    @property
    def phrases(self) -> tuple[str, ...]:
        return (self.typed, *self.equals)


def read_terms(words: Sequence[str], groups: Groups, lexicon: Lexicon) -> list[Term]:
    """Return the words as terms: the longest phrase that a group of equal words knows, else the word."""
    equal = _equal_phrases(groups)
    terms, place = [], 0
    while place < len(words):
        runs = (" ".join(words[place:end]) for end in range(len(words), place, -1))
        typed = next((run for run in runs if run in equal), words[place])
        terms.append(with_meaning(Term(typed, equal.get(typed, ())), words, lexicon))
        place += typed.count(" ") + 1
    return terms


def with_meaning(term: Term, words: Iterable[str], lexicon: Lexicon, *, is_lenient: bool = False) -> Term:
    """Return the term with what its phrases mean among the words typed."""
    found = tuple(
        meaning_of(phrase, words, lexicon, is_lenient=is_lenient, begins=term.is_beginning)
        for phrase in term.phrases
    )
    return replace(term, meanings=found)


def runs_of(words: Sequence[str]) -> list[str]:
    """Return every run of the words, to look up as phrases."""
    places = combinations(range(len(words) + 1), 2)
    return [" ".join(words[start:end]) for start, end in places]


def as_beginning(terms: Sequence[Term], words: Sequence[str], lexicon: Lexicon) -> list[Term] | None:
    """Return the terms with the last one read as a word still being typed, or None when it is too short."""
    last = terms[-1]
    if " " in last.typed or len(last.typed) < SHORTEST_BEGINNING:
        return None
    return [*terms[:-1], with_meaning(replace(last, is_beginning=True), words, lexicon)]


def words_query(term: Term, stems: Stems, weight: str = "") -> str:
    """Return what finds the term's own words; ``weight`` "A" looks for them in the product's name only."""
    typed = " & ".join(
        _word(word, stems, weight, is_beginning=term.is_beginning) for word in term.typed.split()
    )
    equals = (" <-> ".join(_word(word, stems, weight) for word in phrase.split()) for phrase in term.equals)
    return _any([typed, *equals])


def typed_query(term: Term, weight: str) -> str:
    """Return what finds the term exactly as typed."""
    return " & ".join(_word(word, {}, weight, is_beginning=term.is_beginning) for word in term.typed.split())


def phrase_query(terms: Sequence[Term], stems: Stems) -> str:
    """Return what finds all that was typed, word after word, in the product's name."""
    return " <-> ".join(_word(word, stems, "A") for term in terms for word in term.typed.split())


def whole_query(term: Term, stems: Stems, categories: Iterable[int], sectors: Iterable[int] = ()) -> str:
    """Return what finds the term's words, or a product of one of the categories or whole sectors it means."""
    families = [f"'@{pk}'" for pk in sorted(categories)]
    return _any([words_query(term, stems), *families, *(f"'#{pk}'" for pk in sorted(sectors))])


def all_of(queries: Sequence[str]) -> str:
    return " & ".join(f"({query})" for query in queries)


def most_of(queries: Sequence[str]) -> str:
    """Return what finds products that lack one of the queries."""
    return _any([all_of(kept) for kept in combinations(queries, len(queries) - 1)])


def any_of(queries: Sequence[str]) -> str:
    return _any(queries)


def normalised(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return phrases as a search reads them, each once: folded, without stop words."""
    return tuple(dict.fromkeys(" ".join(query_words(phrase)) for phrase in phrases))


def _equal_phrases(groups: Groups) -> dict[str, tuple[str, ...]]:
    """Return for each phrase of the groups the others of every group it stands in."""
    equal: dict[str, dict[str, None]] = {}
    for group in groups:
        phrases = [phrase for phrase in normalised(group) if phrase]
        for phrase in phrases:
            equal.setdefault(phrase, {}).update(dict.fromkeys(phrases))
    return {phrase: tuple(other for other in others if other != phrase) for phrase, others in equal.items()}


def _word(word: str, stems: Stems, weight: str, *, is_beginning: bool = False) -> str:
    """Return a word and its stem: 'anyaman' | 'anyam'. Folded words hold no sign of the notation."""
    marks = f"{'*' if is_beginning else ''}{weight}"
    spellings = dict.fromkeys([word, stems.get(word, word)])
    return _any([f"'{spelling}'{':' if marks else ''}{marks}" for spelling in spellings])


def _any(queries: Sequence[str]) -> str:
    return queries[0] if len(queries) == 1 else f"({' | '.join(queries)})"
