"""How good a ranking is. A ranking is a list of identifiers, best first; gains are {identifier: 1 or 2}."""

from collections.abc import Collection, Mapping, Sequence
from math import log2


def judged(ranking: Sequence[str], ignored: Collection[str]) -> list[str]:
    """The ranking without what is neither right nor wrong."""
    return [item for item in ranking if item not in ignored]


def recall(ranking: Sequence[str], relevant: Collection[str], cut: int | None = None) -> float:
    """The part of the relevant ones that was found; with a cut, of those that find a place above it."""
    found = set(ranking[:cut]) & set(relevant)
    return len(found) / min(len(relevant), cut or len(relevant))


def precision(ranking: Sequence[str], relevant: Collection[str]) -> float | None:
    """The part of the results that is right; None when there are none."""
    return len(set(ranking) & set(relevant)) / len(ranking) if ranking else None


def ndcg(ranking: Sequence[str], gains: Mapping[str, int], cut: int) -> float:
    """Discounted gain of the first results against the best possible order, 0 to 1."""
    best = sorted(gains.values(), reverse=True)
    return _discounted([gains.get(item, 0) for item in ranking[:cut]]) / _discounted(best[:cut])


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str]) -> float:
    return next((1 / place for place, item in enumerate(ranking, start=1) if item in relevant), 0.0)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, start=1))
