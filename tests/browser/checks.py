"""What machines can tell of a page that is open in a browser."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
    "iframes": False,
    # It would copy the style sheets into the page, which the security policy forbids.
    "preload": False,
}
RUN_AXE = """async options => {
  const found = await axe.run(document, options);
  const reasons = node => node.any.concat(node.all, node.none).map(check => check.message).join("; ");
  return found.violations.map(rule =>
    [rule.id, rule.nodes.slice(0, 3).map(node => `${node.target.join(" ")}: ${reasons(node)}`)]);
}"""
# Wider than the window, and not inside something that scrolls by itself.
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = element => element && (["auto", "scroll", "hidden"].includes(getComputedStyle(element).overflowX)
    || scrolls(element.parentElement));
  return [...document.body.querySelectorAll("*")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1) && !scrolls(element.parentElement);
  }).slice(0, 4).map(element => element.outerHTML.slice(0, 100)).concat([`${document.documentElement.scrollWidth} px`]);
}"""


def axe(page: Page) -> dict[str, list[str]]:
    """{rule: places} of the violations."""
    page.evaluate(AXE_SCRIPT)
    return dict(page.evaluate(RUN_AXE, AXE_OPTIONS))


def overflow(page: Page) -> list[str]:
    """What is wider than the window; nothing when the page needs no horizontal scrolling."""
    return page.evaluate(OVERFLOW)
