"""Availability as of a day: somebody not free before 1 May becomes available by himself on 1 May."""

import datetime

SOME_DAY = datetime.date(9999, 12, 31)
LONG_AGO = datetime.date(2000, 1, 1)


def available_from(availability: dict) -> datetime.date | None:
    """The first day on which somebody can be asked; None for somebody who does not want to be."""
    match availability["state"]:
        case "closed":
            return None
        case "now":
            return LONG_AGO
    return datetime.date.fromisoformat(availability["date"]) if availability.get("date") else SOME_DAY


def availability_state(day: datetime.date | None, today: datetime.date) -> str:
    """now, later or closed, as of today."""
    if day is None:
        return "closed"
    return "now" if day <= today else "later"
