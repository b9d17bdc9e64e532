import pytest

from bench.quality.metrics import judged, ndcg, precision, recall, reciprocal_rank

RANKING = ["a", "b", "c", "d"]


def test_what_is_neither_right_nor_wrong_is_left_out_and_the_order_stays():
    assert judged(RANKING, {"a", "c"}) == ["b", "d"]


def test_recall_is_the_part_of_the_relevant_ones_that_was_found():
    assert recall(RANKING, {"b", "d", "x", "y"}) == 0.5


def test_recall_above_a_cut_counts_only_what_stands_above_it():
    assert recall(RANKING, {"a", "d"}, cut=2) == 0.5


def test_a_full_page_of_relevant_ones_is_full_recall():
    assert recall(["a", "b"], {"a", "b", "c"}, cut=2) == 1


def test_precision_is_the_part_of_the_results_that_is_right():
    assert precision(RANKING, {"b", "x"}) == 0.25


def test_no_results_have_no_precision():
    assert precision([], {"a"}) is None


def test_reciprocal_rank_is_that_of_the_first_right_one():
    assert reciprocal_rank(RANKING, {"c", "d"}) == pytest.approx(1 / 3)
    assert reciprocal_rank(RANKING, {"x"}) == 0


def test_ndcg_of_the_best_order_is_one():
    assert ndcg(["a", "b"], {"a": 2, "b": 1}, cut=10) == 1


def test_ndcg_of_the_reverse_order_by_hand():
    # gains 1, 2 at the discounts 1 and log2(3): 1 + 2 / 1.58496 = 2.26186; best: 2 + 1 / 1.58496 = 2.63093
    assert ndcg(["b", "a"], {"a": 2, "b": 1}, cut=10) == pytest.approx(0.85972, abs=1e-5)


def test_ndcg_by_hand_with_a_miss_and_a_wrong_one_between():
    # found: 2 / log2(3) + 1 / log2(5) = 1.26186 + 0.43068 = 1.69254; best: 2 + 2 / log2(3) + 1 / 2 = 3.76186
    assert ndcg(["x", "a", "y", "b"], {"a": 2, "b": 1, "c": 2}, cut=10) == pytest.approx(0.44992, abs=1e-5)


def test_ndcg_sees_nothing_below_the_cut():
    assert ndcg(["x", "a"], {"a": 2}, cut=1) == 0
