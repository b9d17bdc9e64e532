"""Every page that is to be found, each in three languages that point at each other."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.access import public
from directory import territories
from directory.kinds import Kind, kinds
from directory.models import Entry
from taxonomy.vocabulary import vocabulary

DEFAULT = "fr"


class TrilingualSitemap(Sitemap):
    i18n = True
    alternates = True
    limit = 2000

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict]:
        """Readers of other languages are led to the French page, as the pages themselves say; Django would name a redirect."""
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            french = next(other["location"] for other in url["alternates"] if other["lang_code"] == DEFAULT)
            url["alternates"].append({"location": french, "lang_code": "x-default"})
        return urls


class EntrySitemap(TrilingualSitemap):
    """The published entries of one kind."""

    def __init__(self, kind: Kind):
        self.kind = kind

    def items(self):
        return Entry.objects.published().of_kind(self.kind.kind).only("kind", "slug", "updated_at").order_by("pk")

    def lastmod(self, entry: Entry):
        return entry.updated_at


class PageSitemap(TrilingualSitemap):
    """The pages that are always there."""

    def items(self) -> list[str]:
        lists = [f"{kind.namespace}:list" for kind in kinds().values()]
        about = ["about", "legal", "privacy", "accessibility", "taxonomy:credits"]
        return ["home", *lists, "taxonomy:goals", "taxonomy:themes", "directory:territories", *about]

    def location(self, name: str) -> str:
        return reverse(name)


class GoalSitemap(TrilingualSitemap):
    def items(self) -> list[int]:
        return [goal.number for goal in vocabulary().goals]

    def location(self, number: int) -> str:
        return reverse("taxonomy:goal", args=[number])


class ThemeSitemap(TrilingualSitemap):
    """Those that are offered; a retired one keeps its page for old links."""

    def items(self) -> list[str]:
        return [theme.code for theme in vocabulary().themes.values() if not theme.retired]

    def location(self, code: str) -> str:
        return reverse("taxonomy:theme", args=[code])


class TerritorySitemap(TrilingualSitemap):
    """Where somebody or something is; the pages of other places ask not to be found."""

    def items(self) -> list[str]:
        return territories.inhabited()

    def location(self, code: str) -> str:
        return reverse("directory:territory", args=[code])


def sitemaps() -> dict[str, Sitemap]:
    of_kinds = {kind.namespace: EntrySitemap(kind) for kind in kinds().values()}
    return {
        "pages": PageSitemap(),
        "goals": GoalSitemap(),
        "themes": ThemeSitemap(),
        "territories": TerritorySitemap(),
        **of_kinds,
    }


@public
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return index(request, sitemaps(), sitemap_url_name="sitemap")


@public
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap(request, sitemaps(), section)
