"""docs/privacy.md, written from what the rooms declare."""

from django.apps import apps

from core.privacy import ALL, Dependent, Erased, Impersonal, Personal, declarations

HEAD = """# Personal data

Written by `manage.py privacy_register` from the `privacy.py` of each room; a test compares. The erasure of a person
(`directory/erasure.py`) reads the same declarations. Outside the tables: the cache (table `shared_cache`) holds counters of
addresses for minutes; files lie in the media folder and go with
the row that names them; a backup holds what it held until it is overwritten (docs/deployment.md).

| table | whose | why | how long | export | erasure |
|---|---|---|---|---|---|
"""


def text() -> str:
    dependent = [table for table in declarations() if isinstance(table, Dependent)]
    personal = [table for table in declarations() if isinstance(table, Personal)]
    impersonal = [table for table in declarations() if isinstance(table, Impersonal)]
    rows = "".join(
        f"| {_name(table)} | {table.whose.text} | {table.why} | {table.kept} | {table.exported} | {_erasure(table)} |\n"
        for table in personal
    )
    rows += "".join(
        f"| {table.table} | as `{table.model}` | {table.why} | as `{table.model}` | no: made from it |"
        f" the database deletes it with its row of `{table.model}` |\n"
        for table in dependent
    )
    rest = "".join(f"- {_name(table)}: {table.because}\n" for table in impersonal)
    return f"{HEAD}{rows}\n## Tables without personal data\n\n{rest}"


def _name(table: Personal | Impersonal) -> str:
    """A table that Django makes by itself has no class that could be named."""
    made = apps.get_model(table.model)._meta.auto_created
    return table.model if made else f"`{table.model}`"


def _erasure(table: Personal) -> str:
    named = {name: rule for name, rule in table.fields.items() if name != ALL}
    parts = [f"`{name}` {rule.value}" for name, rule in named.items()]
    rest = table.fields.get(ALL, Erased.KEPT)
    whole = "the row is deleted" if rest is Erased.WITH_ROW else f"the rest is {rest.value}"
    return "; ".join([*parts, whole])
