"""Dates with times as one reads them aloud; Django's French puts nothing between the two."""

DATETIME_FORMAT = r"j F Y \à H:i"
