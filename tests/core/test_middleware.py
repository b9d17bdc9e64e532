import pytest
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from core.access import public
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db


@public
def fails(request, error):
    raise {"operational": OperationalError, "interface": InterfaceError, "value": ValueError}[error]("planted")


@public
def slow(request):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 20")
        cursor.execute("SELECT pg_sleep(60)")


@public
def echo(request):
    response = HttpResponse("open")
    if "cached" in request.GET:
        response["Cache-Control"] = "public, max-age=60"
    if "strict" in request.GET:
        response["Content-Security-Policy"] = "sandbox"
    return response


urlpatterns = [path("fails/<error>/", fails), path("slow/", slow), path("echo/", echo)]
handler500 = "core.errors.server_error"


@pytest.fixture
def planted_urls(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def calm_client():
    """Shows the answer where the ordinary test client would raise the error."""
    return Client(raise_request_exception=False)


def policy_of(response):
    directives = (directive.split() for directive in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in directives}


@pytest.mark.parametrize("url", ["/healthz", "/fr/absent/", "/fr/accounts/login/", "/fr/admin/", "/ar/"])
def test_every_answer_forbids_scripts_and_styles_in_the_page(client, url):
    policy = policy_of(client.get(url))
    assert policy["default-src"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert not {"unsafe-inline", "unsafe-eval"} & {source.strip("'") for sources in policy.values() for source in sources}


def test_the_browser_is_told_to_keep_camera_and_place_to_itself(client):
    assert "geolocation=()" in client.get("/healthz")["Permissions-Policy"]


def test_a_stricter_policy_of_a_view_stays(client, planted_urls):
    assert client.get("/echo/?strict")["Content-Security-Policy"] == "sandbox"


def test_what_a_member_sees_is_kept_by_no_cache(client, planted_urls):
    assert not client.get("/echo/").has_header("Cache-Control")
    client.force_login(make_user())
    assert set(client.get("/echo/")["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert client.get("/echo/?cached")["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("url", ["/echo/?q=%00", "/echo/?%00=q", "/echo/?a=1&a=%00", "/fr/%00/", "/%00"])
def test_nul_in_an_address_is_refused(client, url):
    assert client.get(url).status_code == 400


def test_nul_in_a_form_is_refused(client, planted_urls):
    assert client.post("/echo/", {"bio": "a\0b"}).status_code == 400


def test_nul_in_a_cookie_is_refused(client, planted_urls):
    client.cookies["sessionid"] = "aaaaaaaaaaaa\0"
    assert client.get("/echo/").status_code == 400


@pytest.mark.parametrize(
    "url", ["/echo/?q=%FF%FE", "/echo/?q=%ED%A0%80", "/echo/?q=" + "9" * 5000, "/echo/?a=1&a=2&a[]=3", "/echo/?%"]
)
def test_strange_queries_are_no_error(client, planted_urls, url):
    assert client.get(url).status_code == 200


def test_a_form_in_another_encoding_is_refused(client, planted_urls):
    kind = "application/x-www-form-urlencoded; charset=raw_unicode_escape"
    assert client.post("/echo/", b"a=\\ud800", content_type=kind).status_code == 400


@pytest.mark.parametrize("error", ["operational", "interface"])
def test_a_database_that_is_away_is_said_kindly_and_not_as_our_error(calm_client, planted_urls, error):
    response = calm_client.get(f"/fails/{error}/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert b"<!doctype html>" in response.content.lower()


@pytest.mark.django_db
def test_the_language_chosen_is_remembered_and_no_other_reader_gets_a_cookie():
    french = Client(headers={"Accept-Language": "fr"})
    assert not french.get("/fr/").cookies
    assert french.get("/").url == "/fr/"
    assert french.get("/ar/").cookies["django_language"].value == "ar"
    answer = french.get("/")
    assert answer.url == "/ar/"
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer.headers["Vary"].split(",")}
    assert french.get("/fr/").cookies["django_language"].value == "fr"
    assert french.get("/").url == "/fr/"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("path", ["/fr/", "/fr/about/", "/fr/experts/", "/ar/themes/", "/robots.txt"])
def test_a_page_that_is_only_read_says_so_to_other_methods(path, method):
    answer = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


def test_a_query_over_its_time_limit_is_said_kindly_too(calm_client, planted_urls):
    assert calm_client.get("/slow/").status_code == 503


def test_the_kind_answer_needs_no_database(calm_client, planted_urls, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert calm_client.get("/fails/operational/").status_code == 503


def test_our_own_errors_stay_errors(calm_client, planted_urls):
    response = calm_client.get("/fails/value/")
    assert response.status_code == 500
    assert not response.has_header("Retry-After")
