import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from accounts.models import User
from core.access import login_required, public, staff_only


def page(request):
    return HttpResponse("open")


def visit(view, user):
    request = RequestFactory().get("/")
    request.user = user
    return view(request)


@pytest.mark.parametrize("user", [AnonymousUser(), User(), User(is_staff=True, is_active=False)])
def test_for_all_but_active_staff_the_page_does_not_exist(user):
    with pytest.raises(Http404):
        visit(staff_only(page), user)


def test_staff_are_let_in():
    assert visit(staff_only(page), User(is_staff=True)).content == b"open"


def test_a_visitor_without_an_account_is_sent_to_the_login_page():
    assert visit(login_required(page), AnonymousUser()).status_code == 302


@pytest.mark.parametrize("second", [public, login_required, staff_only])
def test_a_view_cannot_have_two_policies(second):
    def own_page(request):
        return HttpResponse()

    with pytest.raises(ImproperlyConfigured):
        second(public(own_page))
