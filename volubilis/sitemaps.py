from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.access import public
from directory.kinds import Kind, kinds
from directory.models import Entry


class EntrySitemap(Sitemap):
    """The published entries of one kind, each in three languages that point at each other."""

    i18n = True
    alternates = True
    x_default = True
    limit = 2000

    def __init__(self, kind: Kind):
        self.kind = kind

    def items(self):
        return Entry.objects.published().of_kind(self.kind.kind).only("kind", "slug", "updated_at").order_by("pk")

    def lastmod(self, entry: Entry):
        return entry.updated_at


class PageSitemap(Sitemap):
    """The pages that are always there."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[str]:
        lists = [f"{kind.namespace}:list" for kind in kinds().values()]
        always = ["taxonomy:goals", "taxonomy:themes", "directory:territories", "about", "legal", "privacy", "accessibility"]
        return ["home", *lists, *always]

    def location(self, name: str) -> str:
        return reverse(name)


def sitemaps() -> dict[str, Sitemap]:
    return {"pages": PageSitemap()} | {kind.namespace: EntrySitemap(kind) for kind in kinds().values()}


@public
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return index(request, sitemaps(), sitemap_url_name="sitemap")


@public
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap(request, sitemaps(), section)
