"""From a template and its context to the subject, the text and the HTML of one mail.

The HTML is made from the text, so that nobody writes a mail twice and an edited text keeps its HTML version in step.
"""

import re
from dataclasses import dataclass
from unicodedata import bidirectional
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.template import Context, Engine, Template
from django.template.loader import render_to_string
from django.urls import is_valid_path, translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_from_path, override, pgettext

from core.languages import text_direction

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
URL_LINE = re.compile(r"https?://\S+")
CODE_LINE = re.compile(r"[A-Z0-9]{3,}-[A-Z0-9]{3,}")
ISOLATED = re.compile(f"{FIRST_STRONG_ISOLATE}([^{POP_ISOLATE}]*){POP_ISOLATE}")


class UnsafeMail(ValueError):
    """A value would have written a mail header of its own."""


class DeadLink(ValueError):
    """A mail would have led its reader to a page that does not exist."""


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


def render_mail(kind: str, language: str, context: dict) -> Rendered:
    """Raises UnsafeMail when a value of the context breaks the subject into lines."""
    source = Engine.get_default().get_template(f"mail/{kind}.{language}.txt").source
    subject_source, _, text_source = source.partition("\n")
    footer = f'\n\n{{% include "mail/_footer.{language}.txt" %}}'
    frame = {"site_url": site_url(language), "contact_email": _isolate(settings.LEGAL["email"], language)}
    context = {name: _ready(name, value, language) for name, value in context.items()} | frame
    with override(language):
        subject = _render(subject_source.removeprefix("Subject: "), context)
        text = re.sub(r"\n{3,}", "\n\n", _render(text_source + footer, context))
    check_subject(subject)
    return Rendered(subject, text, html_from_text(subject, text, language))


def check_subject(subject: str) -> None:
    if CONTROL_CHARACTERS.search(subject):
        raise UnsafeMail("The subject of a mail is one line without control characters.")


def html_from_text(subject: str, text: str, language: str) -> str:
    """Paragraphs, lists of "- " lines, links and codes that stand alone on their line; a link that is a paragraph is a button."""
    with override(language):
        body = format_html_join("", "{}", ((_block(block),) for block in re.split(r"\n{2,}", text.strip())))
    context = {
        "title": subject,
        "heading": _escape(subject),
        "body": body,
        "language": language,
        "direction": text_direction(language),
    }
    return render_to_string("mail/layout.html", context)


def parts_of_text(text: str) -> list[tuple[bool, str]]:
    """The lines of a mail for a page, each with whether it is a link."""
    return [(bool(URL_LINE.fullmatch(line)), line) for line in text.split("\n")]


def site_url(language: str) -> str:
    return urljoin(settings.SITE_URL, f"/{language}/")


def _render(source: str, context: dict) -> str:
    return Template(source).render(Context(context, autoescape=False)).strip()


def _ready(name: str, value, language: str):
    """Addresses become absolute and speak the reader's language; words of the other direction are set apart."""
    if isinstance(value, (list, tuple)):
        return [_ready(name, item, language) for item in value]
    if not isinstance(value, str):
        return value
    if name == "url" or name.endswith("_url"):
        return _absolute_url(value, language)
    if name == "code":  # is copied as it stands, so nothing invisible may cling to it
        return value
    return "\n".join(_isolate(line, language) for line in value.translate(BIDI_CONTROLS).split("\n"))


def _absolute_url(url: str, language: str) -> str:
    """Raises DeadLink for a path of this site that is no page."""
    with override(get_language_from_path(url)):
        if url.startswith("/") and not is_valid_path(urlsplit(url).path):
            raise DeadLink(url)
        return urljoin(settings.SITE_URL, translate_url(url, language))


def _isolate(line: str, language: str) -> str:
    foreign = {"L"} if text_direction(language) == "rtl" else {"R", "AL"}
    if not any(bidirectional(character) in foreign for character in line):
        return line
    return f"{FIRST_STRONG_ISOLATE}{line}{POP_ISOLATE}"


def _block(block: str) -> SafeString:
    lines = block.split("\n")
    if all(line.startswith("- ") for line in lines):
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((_escape(line[2:]),) for line in lines)))
    if URL_LINE.fullmatch(block):
        return _button(block)
    shown = [_line(line) for line in lines]
    if len(lines) > 1 and lines[0].endswith(":"):
        shown[0] = format_html("<strong>{}</strong>", shown[0])
    return format_html("<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((line,) for line in shown)))


def _button(url: str) -> SafeString:
    """The sentence above says what it is for; the address stays in sight, so that whoever distrusts buttons can read it."""
    label = pgettext("button of an email", "Open the page")
    return format_html(
        '<p><a class="button" href="{}">{}</a><br><a class="address" href="{}" dir="ltr">{}</a></p>', url, label, url, url
    )


def _line(line: str) -> SafeString:
    if URL_LINE.fullmatch(line):
        return format_html('<a href="{}" dir="ltr">{}</a>', line, line)
    if CODE_LINE.fullmatch(line):
        return format_html('<strong class="code" dir="ltr">{}</strong>', line)
    return _escape(line)


def _escape(line: str) -> SafeString:
    """Words set apart in the text are set apart by <bdi> in the HTML."""
    parts = enumerate(ISOLATED.split(line))  # odd parts stood between isolates
    return format_html_join("", "{}", ((format_html("<bdi>{}</bdi>", part) if number % 2 else part,) for number, part in parts))
