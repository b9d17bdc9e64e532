"""Three jobs that write their name into a file. Until a file says so, whoever begins the middle one stays in it."""

import os
import time
from datetime import timedelta
from pathlib import Path

from core.schedule import Every, job

FOLDER = Path(os.environ.get("TOY_FOLDER", ""))
HOURLY = Every(timedelta(hours=1))


def tell(line: str) -> None:
    with (FOLDER / "done").open("a") as file:
        file.write(f"{line}\n")


@job("toy.before", "Before", HOURLY)
def before() -> None:
    tell("before")


@job("toy.middle", "Middle", HOURLY)
def middle() -> dict[str, int]:
    if not (FOLDER / "killed").exists():
        (FOLDER / "begun").write_text(str(os.getpid()))
        time.sleep(600)  # until the test kills this process
    tell("middle")
    return {"things": 7}


@job("toy.past", "Past", HOURLY)
def past() -> None:
    tell("past")
