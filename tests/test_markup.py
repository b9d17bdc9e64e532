"""The gate of valid HTML, which test_pages.py holds before every page, sees what validators see."""

import pytest

from tests.markup import faults

PAGE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    "markup",
    [
        '<form hx-get="/"></form>',
        '<p align="center">x</p>',
        '<time datetime="2026-11-21T20:10:31.790212+00:00">x</time>',
        "<p><ul><li>x</li></ul></p>",
        "<p>x</b></p>",
        '<b id="a">x</b><b id="a">y</b>',
        '<select><option value="">  </option></select>',
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td><td>c</td></tr></tbody></table>",
        '<p title="a" title="b">x</p>',
        "<h1>x</h1><h3>y</h3>",
    ],
)
def test_the_gate_sees_what_is_no_html(markup):
    assert faults(PAGE.format(markup))


@pytest.mark.parametrize(
    "markup",
    [
        '<form data-hx-get="/" aria-label="x" novalidate></form>',
        '<time datetime="2026-11-21T20:10:31+00:00">x</time><time datetime="2026-11">x</time>',
        '<svg viewBox="0 0 1 1"><path d="M0 0" fill-rule="evenodd"/></svg>',
        "<h1>x</h1><h2>y</h2><h3>z</h3><h2>y</h2>",
        '<input type="search" enterkeyhint="search" name="q" list="l"><datalist id="l"><option value="x" label="y"></datalist>',
    ],
)
def test_the_gate_lets_good_html_pass(markup):
    assert faults(PAGE.format(markup)) == []
