from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from directory.kinds import kinds

# A proper name, not a phrase: it is needed in one language from pages in another, so it stays out of the catalogues.
SITE_NAMES = {"ar": "شبكة وليلي", "fr": "Réseau Volubilis", "en": "Volubilis Network"}

NETWORK_PAGES = {"about", "taxonomy:goals", "taxonomy:themes"}


def site(request: HttpRequest) -> dict:
    """What every page's frame shows: the site's name, whether this is the demo, and the current place in the navigation."""
    return {
        "site_name": SITE_NAMES.get(get_language(), SITE_NAMES["en"]),
        # Each language by its own name, whatever the language of the page.
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        # The lists of the navigation.
        "kinds": list(kinds().values()),
        "section": current_section(request),
    }


def current_section(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return ""
    if match.namespace in {kind.namespace for kind in kinds().values()}:
        return match.namespace
    return "network" if match.view_name in NETWORK_PAGES else ""
