"""No list of the desk is cut: wide, beside the side bar, and on a phone, where each row is a card."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import override

from core.languages import LANGUAGES
from tests.browser import checks
from tests.browser.conftest import NARROW, WIDE
from tests.rotation import turn_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# Cells that end beyond the page, or whose words do: what nobody can read.
CUT = """() => [...document.querySelectorAll('#result_list :is(td, th)')].filter(cell => {
    const box = cell.getBoundingClientRect();
    return box.width && (box.right > innerWidth + 1 || box.left < -1 || cell.scrollWidth > cell.clientWidth + 1);
}).map(cell => cell.textContent.trim().slice(0, 40))"""


def cut_places(page) -> list[str]:
    return page.evaluate(CUT) + checks.overflow(page)


def test_no_list_of_the_desk_is_cut(readers, filled):
    page = readers.tab(filled.sessions["admin"])
    language = turn_of("lists of the desk", LANGUAGES)
    found = {}
    for model in admin.site._registry:
        with override(language):
            page.goto(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            if places := cut_places(page):
                found[f"{model._meta.label} at {size['width']}"] = places[:3]
    assert found == {}


def test_a_cell_that_is_cut_is_seen(readers, filled):
    page = readers.tab(filled.sessions["admin"])
    page.goto(reverse("admin:accounts_user_changelist"))
    page.set_viewport_size(WIDE)
    page.evaluate("document.querySelector('#result_list').style.inlineSize = '1400px'")
    assert page.evaluate(CUT)


def test_on_a_phone_each_value_stands_beside_the_name_of_its_column(readers, filled):
    page = readers.tab(filled.sessions["admin"])
    page.goto(reverse("admin:accounts_user_changelist"))
    page.set_viewport_size(NARROW)
    label = "getComputedStyle(document.querySelector('#result_list td[data-label]'), '::before').content"
    assert page.evaluate(label).strip('"')


def test_filters_are_folded_until_one_is_set(readers, filled):
    page = readers.tab(filled.sessions["admin"])
    for query, is_open in (("", False), ("?is_active=True", True)):
        page.goto(reverse("admin:accounts_user_changelist") + query)
        assert page.locator(".desk-drawer").evaluate("drawer => drawer.open") is is_open
