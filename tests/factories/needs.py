import datetime
from typing import Any

from needs.models import AskedLanguage, Need
from tests.factories.accounts import make_user
from tests.factories.publishing import publish

FAR = datetime.date(2099, 1, 18)


def make_need(author=None, published: bool = False, languages: dict[str, str] | None = None, **overrides: Any) -> Need:
    """A need with everything that review asks for; `published` goes the whole road. Texts without a language are French."""
    fields = {
        "name": "Former des élues au budget sensible au genre",
        "text": "Une commune veut lire son budget avec les yeux de ses habitantes.",
        "type": "training",
        "deadline": FAR - datetime.timedelta(days=30),
        "country": "MA",
    } | overrides
    for name in ("name", "text"):
        fields[f"{name}_fr"] = fields.get(f"{name}_fr", fields[name])
        del fields[name]
    need = Need.objects.create(created_by=author or make_user(), **fields)
    AskedLanguage.objects.bulk_create(
        AskedLanguage(need=need, code=code, level=level) for code, level in (languages or {}).items()
    )
    if published:
        publish(need)
    return need
