import random

SEED = "volubilis"


def chance(*purpose: object) -> random.Random:
    """The same choices at every load, and for each purpose its own: a change of one leaves the others as they were."""
    return random.Random(":".join(map(str, (SEED, *purpose))))  # noqa: S311 nothing here is a secret
