"""Scores of every answer, averaged by kind, both systems side by side."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import fmean

from bench.quality import metrics
from bench.quality.questions import KINDS, NOTHING, Question
from bench.quality.systems import Found

PAGE, TOP = 20, 10
WORST = 15

Answers = dict[Question, Found]


@dataclass(frozen=True)
class Score:
    recall: float
    ndcg: float
    reciprocal_rank: float
    whole_recall: float
    whole_precision: float | None
    close_precision: float | None

    @classmethod
    def of(cls, question: Question, found: Found) -> "Score":
        ranking, answers, close = (metrics.judged(ids, question.ignored) for ids in (found.all, found.answers, found.close))
        return cls(
            recall=metrics.recall(ranking, question.relevant, PAGE),
            ndcg=metrics.ndcg(ranking, question.relevant, TOP),
            reciprocal_rank=metrics.reciprocal_rank(ranking, question.relevant),
            whole_recall=metrics.recall(answers, question.relevant),
            whole_precision=metrics.precision(answers, question.relevant),
            close_precision=metrics.precision(close, question.relevant),
        )


def table(systems: dict[str, Answers]) -> list[str]:
    """Answers and what comes close are one list, in this order, except where precision is told of each."""
    asked = [question for question in next(iter(systems.values())) if question.kind != NOTHING]
    by_kind = {kind: [question for question in asked if question.kind == kind] for kind in KINDS}
    rows = [(kind, of_kind) for kind, of_kind in by_kind.items() if of_kind] + [("overall", asked)]
    lines = [f"{'':29}" + "".join(f"   {name:^24}" for name in systems)]
    lines.append(f"{'kind':24}{'n':>5}" + len(systems) * f"   {'R@20':>8}{'nDCG@10':>8}{'MRR':>8}")
    for kind, of_kind in rows:
        figures = "".join("   " + _main_figures(_scores(of_kind, answers)) for answers in systems.values())
        lines.append(f"{kind:24}{len(of_kind):5}{figures}")
    lines += ["", f"{'answers: recall,':29}"]
    lines.append(f"{'precision; of close ones':29}" + len(systems) * f"   {'recall':>8}{'precis.':>8}{'close':>8}")
    for kind, of_kind in rows:
        figures = "".join("   " + _whole_figures(_scores(of_kind, answers)) for answers in systems.values())
        lines.append(f"{kind:24}{len(of_kind):5}{figures}")
    nothing = [question for question in next(iter(systems.values())) if question.kind == NOTHING]
    figures = "".join(f"   {_answered_with_nothing(nothing, answers):8.3f}{'':16}" for answers in systems.values())
    return [*lines, "", f"{NOTHING:24}{len(nothing):5}{figures.rstrip()}   (share answered with nothing)"]


def worst(answers: Answers, count: int = WORST) -> list[str]:
    """The questions with the lowest nDCG, and those that should have found nothing."""
    scores = {question: Score.of(question, found) for question, found in answers.items() if question.kind != NOTHING}
    lines = [
        f"  {score.ndcg:.2f} nDCG {score.recall:.2f} R@20  {question.kind}: {question.text}"
        f"  ({len(question.relevant)} wanted, {len(answers[question].answers)} found, {len(answers[question].close)} close)"
        for question, score in sorted(scores.items(), key=lambda item: (item[1].ndcg, item[1].recall))[:count]
    ]
    answered = [question for question in answers if question.kind == NOTHING and answers[question].all]
    return lines + [f"  {NOTHING}: {question.text}  ({len(answers[question].all)} found)" for question in answered[:count]]


def _scores(questions: Iterable[Question], answers: Answers) -> list[Score]:
    return [Score.of(question, answers[question]) for question in questions]


def _main_figures(scores: list[Score]) -> str:
    return "".join(f"{_mean(scores, figure):8.3f}" for figure in (_recall, _ndcg, _reciprocal_rank))


def _whole_figures(scores: list[Score]) -> str:
    answered = _mean_of_some([score.whole_precision for score in scores])
    close = _mean_of_some([score.close_precision for score in scores])
    return f"{_mean(scores, lambda score: score.whole_recall):8.3f}{answered}{close}"


def _mean_of_some(values: list[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{fmean(known):8.3f}" if known else f"{'–':>8}"


def _mean(scores: list[Score], figure: Callable[[Score], float]) -> float:
    return fmean(map(figure, scores))


def _recall(score: Score) -> float:
    return score.recall


def _ndcg(score: Score) -> float:
    return score.ndcg


def _reciprocal_rank(score: Score) -> float:
    return score.reciprocal_rank


def _answered_with_nothing(questions: list[Question], answers: Answers) -> float:
    return fmean(not answers[question].all for question in questions)
