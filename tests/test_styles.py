"""One sheet for both directions, and pages that a strict Content-Security-Policy can show."""

import re

import pytest

from tests.sources import place, project_files

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TEMPLATE_COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)
DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)")
PHYSICAL = re.compile(r"(?<![\w-])(?:[\w-]+-)?(?:left|right)(?:-[\w-]+)?(?![\w-])")
# Classes of Bootstrap and others that name a side of the screen.
PHYSICAL_CLASS = re.compile(
    r"""class\s*=\s*["'][^"']*?((?<![\w-])(?:[mp][lr]-(?:\w+-)?(?:\d|auto)|(?:float|text|border|rounded)-(?:left|right))(?![\w-]))"""
)
FORBIDDEN_IN_TEMPLATES = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script in the page": re.compile(r"<script\b(?![^>]*\b(?:src=|type=[\"']application/(?:ld\+)?json))", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "hx-on handler": re.compile(r"\shx-on", re.IGNORECASE),
    "safe filter": re.compile(r"\|\s*safe(?:seq)?\b"),
    "autoescape off": re.compile(r"autoescape\s+off"),
    "physical class": PHYSICAL_CLASS,
}
# Mails carry their style with them: mail programs load no sheets, and their sandbox is not our policy. Logical they are.
TEMPLATES = [path for path in project_files(".html", under=("templates",)) if path.parent.name != "mail"]
MAIL_STYLES = [path for path in project_files(".html", under=("templates/mail",)) if "<style>" in path.read_text()]
SHEETS = [*project_files(".css", under=("static",)), *MAIL_STYLES]
MEDIA_QUERY = re.compile(r"@media[^{]*")


def physical_declarations(sheet):
    """The declarations that say left or right: the reader of Arabic starts on the other side."""
    declarations = DECLARATION.finditer(COMMENT.sub("", sheet))
    return [
        found[0] for found in declarations if PHYSICAL.search(found[1]) or PHYSICAL.search(re.sub(r"url\([^)]*\)", "", found[2]))
    ]


def breakpoints_not_in_em(sheet):
    """Who enlarges the text in the browser gets the narrow page with em, and an overflowing one with px."""
    return [found[0] for found in MEDIA_QUERY.finditer(COMMENT.sub("", sheet)) if re.search(r"\d(?!\d|\.|em\b)", found[0])]


def forbidden_parts(template):
    text = TEMPLATE_COMMENT.sub("", template)
    return [f"{name}: {found[0]}" for name, pattern in FORBIDDEN_IN_TEMPLATES.items() for found in pattern.finditer(text)]


def test_there_is_something_to_look_at():
    assert len(TEMPLATES) > 20
    assert len(SHEETS) > len(MAIL_STYLES) > 0


@pytest.mark.parametrize("path", SHEETS, ids=place)
def test_style_sheets_are_logical(path):
    assert physical_declarations(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SHEETS, ids=place)
def test_breakpoints_follow_the_size_of_the_text(path):
    assert breakpoints_not_in_em(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("query", ["(max-width: 991.98px)", "(min-width: 45rem)", "(width < 620px)"])
def test_the_gate_sees_a_breakpoint_that_does_not(query):
    assert breakpoints_not_in_em(f"@media {query} {{ a {{ inline-size: 1px; }} }}")
    assert not breakpoints_not_in_em("@media print, (max-width: 61.99em) { a { inline-size: 1px; } }")


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_templates_hold_nothing_the_policy_forbids(path):
    assert forbidden_parts(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "declaration",
    [
        "margin-left: 1rem",
        "padding-right:0",
        "left: 0",
        "float: right",
        "text-align: left",
        "border-top-left-radius: 3px",
        "background: url(a.svg) right center",
        "transition: right .2s",
    ],
)
def test_the_gate_sees_a_physical_side(declaration):
    assert physical_declarations(f".a {{ {declaration}; }}")


@pytest.mark.parametrize(
    "declaration", ["margin-inline-start: 1rem", "text-align: start", "inset-inline-end: 0", "background: url(left.svg)"]
)
def test_the_gate_lets_logical_sides_pass(declaration):
    assert not physical_declarations(f"/* left */ .arrow-left {{ {declaration}; }}")


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<button type="button" onclick="x()">',
        '<a href="javascript:x()">',
        '<div hx-on:click="x()">',
        "{{ text|safe }}",
        "{% autoescape off %}",
        '<p class="lead ml-2">',
        '<p class="text-right">',
    ],
)
def test_the_gate_sees_forbidden_markup(markup):
    assert forbidden_parts(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<script src=\"{% static 'a.js' %}\" defer></script>",
        '<script type="application/ld+json">',
        "{# <style> #}",
        '<p class="ms-2 small-left">',
    ],
)
def test_the_gate_lets_good_markup_pass(markup):
    assert not forbidden_parts(markup)
