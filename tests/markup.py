"""What a validator says of a page: that it parses without an error, and that each attribute belongs to its element.

vnu (docs/testing.md says how) knows more; this knows what our pages have got wrong, and needs no Java.
"""

import re
from collections.abc import Iterator

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"
EVERYWHERE = (
    "accesskey autocapitalize autofocus class contenteditable dir draggable enterkeyhint hidden id inert inputmode itemid"
    " itemprop itemref itemscope itemtype lang nonce popover role slot spellcheck style tabindex title translate"
)
CONTROL = "autocomplete disabled form name required"
SENDING = "formaction formenctype formmethod formnovalidate formtarget"
# From the HTML standard; an element that is not here has the attributes of every element alone.
OF_ELEMENT = {
    "a": "href target download ping rel hreflang type referrerpolicy",
    "audio": "src controls preload loop muted",
    "base": "href target",
    "blockquote": "cite",
    "button": f"{CONTROL} type value {SENDING} popovertarget popovertargetaction",
    "canvas": "width height",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "open name",
    "dialog": "open",
    "fieldset": "disabled form name",
    "form": "accept-charset action autocomplete enctype method name novalidate target rel",
    "iframe": "src srcdoc name sandbox allow allowfullscreen width height referrerpolicy loading",
    "img": "src alt srcset sizes width height crossorigin usemap ismap referrerpolicy decoding loading fetchpriority",
    "input": f"{CONTROL} type accept alt capture checked dirname {SENDING} height list max maxlength min minlength multiple"
    " pattern placeholder readonly size src step value width",
    "ins": "cite datetime",
    "label": "for",
    "li": "value",
    "link": "href rel as media hreflang type sizes crossorigin integrity referrerpolicy fetchpriority",
    "meta": "name content charset http-equiv media property",  # property: RDFa, as Open Graph is written
    "meter": "value min max low high optimum",
    "ol": "reversed start type",
    "optgroup": "disabled label",
    "option": "disabled label selected value",
    "output": "for form name",
    "progress": "value max",
    "q": "cite",
    "script": "src type async defer crossorigin integrity referrerpolicy nomodule fetchpriority",
    "select": f"{CONTROL} multiple size",
    "source": "src type media srcset sizes width height",
    "td": "colspan rowspan headers",
    "textarea": f"{CONTROL} cols dirname maxlength minlength placeholder readonly rows wrap",
    "th": "colspan rowspan headers scope abbr",
    "time": "datetime",
    "track": "default kind label src srclang",
    "video": "src poster preload autoplay playsinline loop muted controls width height",
}
ALLOWED = {element: {*EVERYWHERE.split(), *names.split()} for element, names in OF_ELEMENT.items()}
HEADING = re.compile(re.escape(XHTML) + "h[1-6]")
OPEN_NAME = re.compile(r"(?:data|aria)-[a-z][a-z0-9-]*")
MOMENT = re.compile(
    r"\d{4,}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?|\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?"
)


def faults(markup: str) -> list[str]:
    """One sentence each, the same ones once."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    root = parser.parse(markup)
    found = [f"line {place[0]}: {code} {details or ''}".strip() for place, code, details in parser.errors]
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(XHTML):
            found += _of_element(element, element.tag.removeprefix(XHTML))
    found += _skipped_headings(root)
    return list(dict.fromkeys([*found, *_doubled_ids(root)]))


def _of_element(element, name: str) -> Iterator[str]:
    for attribute in element.attrib:
        if attribute not in ALLOWED.get(name, EVERYWHERE.split()) and not OPEN_NAME.fullmatch(attribute):
            yield f"<{name}> has no attribute {attribute}"
    if name == "time":
        moment = element.get("datetime") or "".join(element.itertext()).strip()
        if not MOMENT.fullmatch(moment):
            yield f"<time> understands no {moment!r}"
    if name == "option" and not (element.get("label") or "".join(element.itertext()).strip()):
        yield "<option> has neither text nor label"
    if name == "table":
        yield from _of_table(element)


def _of_table(table) -> Iterator[str]:
    """Every column has a head, if any has."""
    head = table.find(f"{XHTML}thead/{XHTML}tr")
    widest = max((_columns(row) for row in table.iter(f"{XHTML}tr")), default=0)
    if head is not None and _columns(head) < widest:
        yield f"<table> has {_columns(head)} heads over {widest} columns"


def _skipped_headings(root) -> Iterator[str]:
    """A heading belongs to one that is a level above."""
    headings = [element for element in root.iter() if isinstance(element.tag, str) and HEADING.fullmatch(element.tag)]
    levels = [int(heading.tag[-1]) for heading in headings]
    for above, below, heading in zip(levels, levels[1:], headings[1:], strict=False):
        if below > above + 1:
            yield f"<h{below}> follows <h{above}>: {''.join(heading.itertext()).strip()}"


def _columns(row) -> int:
    return sum(int(cell.get("colspan") or 1) for cell in row)


def _doubled_ids(root) -> Iterator[str]:
    ids = [element.get("id") for element in root.iter() if isinstance(element.tag, str) and element.get("id")]
    yield from sorted(f"the id {each} stands twice" for each in set(ids) if ids.count(each) > 1)
