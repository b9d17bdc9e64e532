"""Commands of ours in processes of their own, on the database of the test."""

import os

from django.db import connection


def environment(**more: str) -> dict[str, str]:
    database = connection.settings_dict
    url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(
        **{**database, "HOST": database["HOST"].replace("/", "%2F")}
    )
    return {**os.environ, "DATABASE_URL": url, **more}
