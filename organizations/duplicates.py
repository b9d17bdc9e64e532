"""Before somebody registers an organisation: is it in the directory already?"""

from urllib.parse import urlsplit

from core.languages import LANGUAGES
from directory.models import Entry
from directory.visibility import ANONYMOUS, visible_to
from organizations.schema import ORGANIZATION
from text.fold import fold


def published_namesakes(name: str, website: str) -> list[Entry]:
    """The published organisations with the same name in any language, the same acronym, or a website at the same domain.

    Drafts are nobody else's business, so they are not compared.
    """
    wanted_name, wanted_domain = fold(name).strip(), domain(website)
    entries = Entry.objects.published().of_kind(ORGANIZATION.kind).order_by("pk")
    return [entry for entry in entries.iterator() if _is_same(visible_to(entry, ANONYMOUS), wanted_name, wanted_domain)]


def domain(url: str) -> str:
    """`https://www.atlas.example/x` → `atlas.example`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _is_same(fields: dict, name: str, website_domain: str) -> bool:
    names = [fields.get("name", {}).get(language, "") for language in LANGUAGES] + [fields.get("acronym", "")]
    return name in {fold(known).strip() for known in names if known} or (
        website_domain != "" and website_domain == domain(fields.get("website", ""))
    )
