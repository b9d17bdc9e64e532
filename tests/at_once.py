"""Several people act at the same moment, each on a connection of its own, as in several processes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from tests.patience import PATIENCE


def at_once(*actions: Callable[[], Any], told: tuple[type[Exception], ...] = ()) -> list:
    """Results in the order of the actions; exceptions of the kinds `told` count as results."""
    return [results[0] for results in rounds_at_once(*([action] for action in actions), told=told)]


def rounds_at_once(*sides: list[Callable[[], Any]], told: tuple[type[Exception], ...] = ()) -> list[list]:
    """Round after round the sides meet and act; each keeps its connection: fresh ones would measure the network."""
    barrier = Barrier(len(sides))

    def act(side: list[Callable[[], Any]]) -> list:
        results = []
        try:
            connection.ensure_connection()
            for action in side:
                barrier.wait(timeout=PATIENCE)
                try:
                    results.append(action())
                except told as error:
                    results.append(error)
        finally:
            connection.close()
        return results

    with ThreadPoolExecutor(len(sides)) as pool:
        return list(pool.map(act, sides))
