"""What search engines, messengers and browsers find: the sitemaps name all public pages, and each page says what is its own."""

from collections import Counter
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.languages import LANGUAGES
from tests.factories.experts import make_expert
from tests.factories.moderation import publish
from tests.factories.needs import make_need
from tests.factories.organizations import make_organization
from tests.factories.projects import make_project
from tests.rotation import turn_of
from tests.test_templates import addresses
from volubilis.sitemaps import sitemaps

pytestmark = pytest.mark.django_db

XHTML = "{http://www.w3.org/1999/xhtml}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# Themes and goals are of one template each: some of them stand for all.
EACH_OF = {"themes": 25, "goals": 6}
LONGEST_DESCRIPTION = 300


class Head:
    """What the head of one page says."""

    def __init__(self, response):
        head = html5lib.parse(response.content.decode()).find(f"{XHTML}head")
        self.title = " ".join(head.find(f"{XHTML}title").text.split())
        metas = [(meta.get("name") or meta.get("property"), meta.get("content")) for meta in head.iter(f"{XHTML}meta")]
        self.meta = dict(metas)
        links = list(head.iter(f"{XHTML}link"))
        self.canonical = next((link.get("href") for link in links if link.get("rel") == "canonical"), "")
        in_languages = [link for link in links if link.get("rel") == "alternate" and link.get("hreflang")]  # feeds have none
        self.alternates = {link.get("hreflang"): link.get("href") for link in in_languages}
        self.is_found = "noindex" not in self.meta.get("robots", "")


def path_of(address: str) -> str:
    return urlsplit(address)._replace(scheme="", netloc="").geturl()


def in_sitemap(section: str) -> dict[str, dict[str, str]]:
    """{path: {language: path}}"""
    root = ElementTree.fromstring(Client().get(f"/sitemap-{section}.xml").content)  # noqa: S314 our own answer
    return {
        path_of(url.find(f"{SITEMAP}loc").text): {
            link.get("hreflang"): path_of(link.get("href")) for link in url.iter(f"{XHTML}link")
        }
        for url in root
    }


@pytest.fixture
def directory():
    publish(make_expert())
    publish(make_expert(given_name="Hind"))
    make_organization(published=True)
    trees = {"name": "Association Oued Vert", "description": "Elle plante des arbres au bord de l’oued."}
    publish(make_project(lead=make_organization(published=True, **trees)))
    make_need(published=True)


def test_each_page_of_the_sitemaps_says_what_is_its_own(client, directory, request):
    """Its title and description are no other page's, its address is the one of the sitemap, in three languages."""
    language = turn_of(request.node.name, LANGUAGES)
    titles, descriptions = Counter(), Counter()
    for section in sitemaps():
        listed = in_sitemap(section)
        own = [path for path in listed if path.startswith(f"/{language}/")]
        assert len(own) * len(LANGUAGES) == len(listed) > 0
        for path in own[:: EACH_OF.get(section, 1)]:
            response = client.get(path)
            assert response.status_code == 200, path
            head = Head(response)
            assert head.is_found, path
            assert path_of(head.canonical) == path
            assert {code: path_of(address) for code, address in head.alternates.items()} == listed[path], path
            assert 20 <= len(head.meta["description"]) <= LONGEST_DESCRIPTION, path
            assert head.meta["og:title"] in head.title
            assert head.meta["og:image"].startswith("http")
            titles[head.title] += 1
            descriptions[head.meta["description"]] += 1
    assert [title for title, count in titles.items() if count > 1] == []
    assert [description for description, count in descriptions.items() if count > 1] == []


def test_whatever_a_visitor_may_open_is_in_a_sitemap_or_says_that_it_is_not_to_be_found(client, directory):
    listed = {path for section in sitemaps() for path in in_sitemap(section)}
    unlisted = []
    for path in addresses("ar"):
        response = client.get(path)
        is_page = response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")
        if is_page and Head(response).is_found and path not in listed:
            unlisted.append(path)
    assert unlisted == []


def test_the_second_page_of_a_list_is_a_page_of_its_own_and_a_filtered_one_is_not(client):
    for number in range(21):
        publish(make_expert(family_name=f"Tazi {chr(65 + number)}"))
    first, second, sorted_one = (Head(client.get(f"/fr/experts/{query}")) for query in ("", "?page=2", "?page=2&sort=name"))
    assert second.canonical == f"{first.canonical}?page=2"
    assert second.alternates["ar"] == f"{first.alternates['ar']}?page=2"
    assert second.title != first.title
    assert sorted_one.canonical == first.canonical


def test_a_shared_page_says_its_language_as_open_graph_does_and_shows_a_picture(client, directory):
    head = Head(client.get("/ar/"))
    assert head.meta["og:locale"] == "ar_MA"
    assert head.meta["twitter:card"] == "summary_large_image"
    assert finders.find(path_of(head.meta["og:image"]).removeprefix("/static/"))
    expert = Head(client.get(next(path for path in in_sitemap("experts") if path.startswith("/fr/"))))
    assert expert.meta["og:type"] == "profile"


@pytest.mark.parametrize("name", ["favicon.ico", "apple-touch-icon.png", "apple-touch-icon-precomposed.png"])
def test_the_icons_that_browsers_ask_for_are_there(client, name):
    response = client.get(f"/{name}")
    assert response.status_code == 302
    assert finders.find(response.url.removeprefix("/static/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_speaks_the_language_of_its_page(client, language):
    response = client.get(f"/{language}/site.webmanifest")
    manifest = response.json()
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert (manifest["lang"], manifest["start_url"]) == (language, f"/{language}/")
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in manifest["icons"])


def test_whoever_finds_a_fault_finds_whom_to_tell(client, settings):
    settings.LEGAL = settings.LEGAL | {"email": "contact@example.org"}
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert lines["Contact"] == "mailto:contact@example.org"
    assert 0 < (parse_datetime(lines["Expires"]) - timezone.now()).days < 365
    settings.LEGAL = settings.LEGAL | {"email": ""}
    assert client.get("/.well-known/security.txt").status_code == 404


def test_password_managers_find_the_page_that_changes_it(client):
    assert client.get("/.well-known/change-password").url == "/fr/accounts/password/change/"
