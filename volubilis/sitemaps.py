from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from directory.models import Entry, Kind


class EntrySitemap(Sitemap):
    """The published entries of one kind, each in three languages that point at each other."""

    i18n = True
    alternates = True
    x_default = True
    limit = 2000

    def __init__(self, kind: Kind):
        self.kind = kind

    def items(self):
        return Entry.objects.published().of_kind(self.kind).only("kind", "slug", "updated_at").order_by("pk")

    def lastmod(self, entry: Entry):
        return entry.updated_at


class PageSitemap(Sitemap):
    """The pages that are always there."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[str]:
        lists = [f"{kind.url_namespace}:list" for kind in Kind]
        always = ["taxonomy:goals", "taxonomy:themes", "directory:territories", "about", "legal", "privacy", "accessibility"]
        return ["home", *lists, *always]

    def location(self, name: str) -> str:
        return reverse(name)


SITEMAPS = {"pages": PageSitemap(), **{kind.url_namespace: EntrySitemap(kind) for kind in Kind}}
