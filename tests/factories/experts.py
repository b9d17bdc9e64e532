from typing import Any

from core.languages import LANGUAGES
from experts.models import Expert, Expertise, SpokenLanguage
from tests.factories.accounts import make_user
from tests.factories.publishing import publish


def make_expert(user=None, published: bool = False, **overrides: Any) -> Expert:
    """A profile with everything that review asks for; `published` goes the whole road.

    `themes` and `languages` are {code: level}. "" leaves something out; headline and biography without a language are French.
    """
    fields = {
        "given_name": "Salma",
        "family_name": "Benjelloun",
        "headline": "Ingénieure en économie circulaire",
        "biography": "Elle accompagne des coopératives.",
        "milieu": "civil_society",
        "country": "MA",
        "city": "Meknès",
        "availability": "now",
    } | overrides
    themes = fields.pop("themes", {"ESS-01": "expert"})
    languages = fields.pop("languages", {"fr": "C2", "ar": "NAT"})
    for name in ("headline", "biography"):
        fields[f"{name}_fr"] = fields.get(f"{name}_fr", fields[name])
        del fields[name]
    fields.setdefault("source_language", next((code for code in ("fr", *LANGUAGES) if fields.get(f"headline_{code}")), "fr"))
    draft = Expert.objects.create(user=user or make_user(), **fields)
    Expertise.objects.bulk_create(Expertise(expert=draft, theme=code, level=level) for code, level in themes.items())
    SpokenLanguage.objects.bulk_create(SpokenLanguage(expert=draft, code=code, level=level) for code, level in languages.items())
    if published:
        publish(draft)
    return draft
