"""Scores of every answer, averaged by kind, both systems side by side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from bench.quality import metrics
from bench.quality.questions import KINDS, NOTHING, Question

PAGE, TOP = 20, 10
WORST = 15

Answers = dict[Question, list[str]]


@dataclass(frozen=True)
class Score:
    recall: float
    ndcg: float
    reciprocal_rank: float
    whole_recall: float
    whole_precision: float | None

    @classmethod
    def of(cls, question: Question, found: Sequence[str]) -> "Score":
        ranking = metrics.judged(found, question.ignored)
        return cls(
            recall=metrics.recall(ranking, question.relevant, PAGE),
            ndcg=metrics.ndcg(ranking, question.relevant, TOP),
            reciprocal_rank=metrics.reciprocal_rank(ranking, question.relevant),
            whole_recall=metrics.recall(ranking, question.relevant),
            whole_precision=metrics.precision(ranking, question.relevant),
        )


def table(engine: Answers, plain: Answers) -> list[str]:
    questions = [question for question in engine if question.kind != NOTHING]
    by_kind = {kind: [question for question in questions if question.kind == kind] for kind in KINDS}
    rows = [(kind, asked) for kind, asked in by_kind.items() if asked]
    lines = [f"{'':24}{'':>5}   {'portal search':^24}   {'plain PostgreSQL':^24}"]
    lines.append(f"{'kind':24}{'n':>5}" + 2 * f"   {'R@20':>8}{'nDCG@10':>8}{'MRR':>8}")
    for kind, asked in [*rows, ("overall", questions)]:
        figures = "".join("   " + _main_figures(_scores(asked, answers)) for answers in (engine, plain))
        lines.append(f"{kind:24}{len(asked):5}{figures}")
    lines += ["", f"{'whole result set':24}{'':5}   {'recall':>8}{'precision':>12}{'':4}   {'recall':>8}{'precision':>12}"]
    for kind, asked in [*rows, ("overall", questions)]:
        figures = "".join("   " + _whole_figures(_scores(asked, answers)) for answers in (engine, plain))
        lines.append(f"{kind:24}{len(asked):5}{figures}")
    asked = [question for question in engine if question.kind == NOTHING]
    figures = "".join(f"   {_answered_with_nothing(asked, answers):8.3f}{'':16}" for answers in (engine, plain))
    return [*lines, "", f"{NOTHING:24}{len(asked):5}{figures.rstrip()}   (share answered with nothing)"]


def worst(answers: Answers, count: int = WORST) -> list[str]:
    """The questions with the lowest nDCG, and those that should have found nothing."""
    scores = {question: Score.of(question, found) for question, found in answers.items() if question.kind != NOTHING}
    lines = [
        f"  {score.ndcg:.2f} nDCG {score.recall:.2f} R@20  {question.kind}: {question.text}"
        f"  ({len(question.relevant)} wanted, {len(answers[question])} found)"
        for question, score in sorted(scores.items(), key=lambda item: (item[1].ndcg, item[1].recall))[:count]
    ]
    answered = [question for question in answers if question.kind == NOTHING and answers[question]]
    return lines + [f"  {NOTHING}: {question.text}  ({len(answers[question])} found)" for question in answered[:count]]


def _scores(questions: Iterable[Question], answers: Answers) -> list[Score]:
    return [Score.of(question, answers[question]) for question in questions]


def _main_figures(scores: list[Score]) -> str:
    return "".join(f"{_mean(scores, figure):8.3f}" for figure in (_recall, _ndcg, _reciprocal_rank))


def _whole_figures(scores: list[Score]) -> str:
    precisions = [score.whole_precision for score in scores if score.whole_precision is not None]
    precision = f"{fmean(precisions):12.3f}" if precisions else f"{'–':>12}"
    return f"{_mean(scores, lambda score: score.whole_recall):8.3f}{precision}{'':4}"


def _mean(scores: list[Score], figure: Callable[[Score], float]) -> float:
    return fmean(map(figure, scores))


def _recall(score: Score) -> float:
    return score.recall


def _ndcg(score: Score) -> float:
    return score.ndcg


def _reciprocal_rank(score: Score) -> float:
    return score.reciprocal_rank


def _answered_with_nothing(questions: list[Question], answers: Answers) -> float:
    return fmean(not answers[question] for question in questions)
