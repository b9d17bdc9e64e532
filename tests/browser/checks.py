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
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return dict(page.evaluate(RUN_AXE, AXE_OPTIONS))


def overflow(page: Page) -> list[str]:
    """What is wider than the window; nothing when the page needs no horizontal scrolling."""
    return page.evaluate(OVERFLOW)


# A control by its place in the page; radio buttons of one name count as one, as the keyboard has it.
DESCRIBE = """const describe = element => element.type === "radio" ? `radio ${element.name}`
  : `${element.tagName} ${element.id || element.name || ""} ${element.getAttribute("href") || element.value || ""} `
  + [...document.querySelectorAll(element.tagName)].indexOf(element);"""
CONTROLS = f"""() => {{
  {DESCRIBE}
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const usable = element => !element.disabled && element.type !== "hidden" && !element.closest("[aria-hidden=true]")
    && element.checkVisibility({{visibilityProperty: true}});
  return [...document.querySelectorAll(wanted)].filter(usable).map(describe);
}}"""
FOCUSED = f"""() => {{
  {DESCRIBE}
  const element = document.activeElement;
  if (element === document.body) return null;
  const drawn = part => {{
    const style = part && getComputedStyle(part);
    return style && (style.boxShadow !== "none" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2));
  }};
  const box = element.getBoundingClientRect();
  const shown = [element, element.closest("label"), element.nextElementSibling].some(drawn);
  const inView = box.bottom > 0 && box.top < innerHeight;
  return [describe(element), shown && inView];
}}"""
# Arabic words of which the nearest `lang` is not Arabic, or which run from left to right.
UNMARKED_ARABIC = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!/[\\u0621-\\u064a]{2}/.test(walker.currentNode.data) || ["SCRIPT", "STYLE"].includes(parent.tagName)) continue;
    if (parent.closest("[lang]").lang !== "ar") found.push(`${walker.currentNode.data.trim()} in ${parent.outerHTML}`);
  }
  return found;
}"""
MOST_STOPS = 400


# A word on two lines without a hyphen; addresses and codes may be cut anywhere.
BROKEN_WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.checkVisibility() || node.parentElement.closest(".visually-hidden, script, option")) continue;
    for (const word of node.data.matchAll(/[\\p{L}\\p{M}]{4,}/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const tops = [...range.getClientRects()].filter(box => box.width > 0).map(box => Math.round(box.top / 4));
      if (new Set(tops).size > 1) found.push(`${word[0]} in ${node.parentElement.outerHTML.slice(0, 80)}`);
    }
  }
  return found;
}"""


def broken_words(page: Page) -> list[str]:
    return page.evaluate(BROKEN_WORDS)


def controls(page: Page) -> list[str]:
    """Everything on the page that can be used."""
    return page.evaluate(CONTROLS)


def tab_through(page: Page) -> tuple[set[str], list[str]]:
    """The controls that Tab stops at, and those of them that do not show it."""
    reached, invisible, last = set(), [], None
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        # A date has several stops of its own: day, month, year.
        if focused is None or (focused[0] in reached and focused[0] != last):
            break
        last = focused[0]
        reached.add(focused[0])
        if not focused[1]:
            invisible.append(focused[0])
    return reached, invisible


def unmarked_arabic(page: Page) -> list[str]:
    return page.evaluate(UNMARKED_ARABIC)
