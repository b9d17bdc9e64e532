"""What people may type: text without hidden characters, names without look-alikes, addresses that lead to a public site.

Every message says how to mend the value.
"""

import ipaddress
import re
import unicodedata
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core import characters

LINE_BREAKS = frozenset("\n\r")
# A vocalised Arabic letter carries at most shadda, vowel and superscript alef; Vietnamese letters two marks.
MAX_COMBINING_MARKS = 3

# Scripts whose letters are taken for one another, by the first word of the character's Unicode name.
CONFUSABLE_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "DESERET"})
DISGUISED_LETTERS = ("MATHEMATICAL", "FULLWIDTH", "CIRCLED", "SQUARED", "PARENTHESIZED", "NEGATIVE", "MODIFIER")
# Letters of scholarly transliteration, although Unicode calls them modifiers: Maʿmūn, Māʾidah, Hawaiʻi, OʼNeil.
TRANSLITERATION = frozenset("\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf")
# Drawn like a plain letter (Unicode confusables.txt), and in no orthography of the network's languages; ɛ ɣ ɔ ɖ ŋ are.
DOUBLES = frozenset("ɑɡɩɪɴʀʏʙʜʟ")
SMALL_CAPITALS = "LATIN LETTER SMALL CAPITAL"

PRIVATE_SUFFIXES = frozenset(
    ["localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "test", "invalid", "onion", "arpa"]
)
MAX_URL_LENGTH = 500

ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
ORCID_AS_TYPED = re.compile(r"(?<!\d)([0-9]{4}[\s\-\u2010-\u2013]*){3}[0-9]{3}[0-9Xx](?!-?\w)")


def validate_plain_text(value: str) -> None:
    """Refuse characters that hide, disguise or reorder text (threats T13 and T14); line breaks and tabs are welcome.

    What hides nothing is taken out before, by the fields (core/fields.py).
    """
    for character, around in characters.deceptive(value):
        raise ValidationError(
            _("There is a hidden or unreadable character (%(code)s) near “%(around)s”. Delete these words and type them again."),
            code="hidden_characters",
            params={"code": f"U+{ord(character):04X}", "around": around},
        )
    if longest_run_of_marks(value) > MAX_COMBINING_MARKS:
        raise ValidationError(
            _("A letter in this text carries too many accents or signs. Keep at most three on each letter."), code="stacked_marks"
        )


def longest_run_of_marks(value: str) -> int:
    longest = run = 0
    for character in unicodedata.normalize("NFC", value):
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        longest = max(longest, run)
    return longest


def validate_single_line(value: str) -> None:
    """Plain text on one line: titles, headlines, places, anything that may reach a mail header."""
    validate_plain_text(value)
    if LINE_BREAKS.intersection(value) or "\t" in value:
        raise ValidationError(_("Write this on one line, without line breaks or tabs."), code="line_break")


def validate_name(value: str) -> None:
    """The name of a person or an organisation: one visible line, with letters, no word written in two look-alike alphabets."""
    validate_single_line(value)
    if not any(character.isalpha() for character in value):
        raise ValidationError(_("A name needs at least one letter."), code="no_letter")
    for word in re.split(r"[\s\d_.,-]+", value):
        if mixes_look_alikes(word):
            raise ValidationError(
                _("“%(word)s” mixes letters of different alphabets that look alike. Type it again with one keyboard."),
                code="mixed_scripts",
                params={"word": word},
            )


def mixes_look_alikes(word: str) -> bool:
    """Whether a word mixes confusable alphabets (a Cyrillic letter among Latin ones) or uses letters disguised as symbols."""
    names = [unicodedata.name(character, "") for character in word if character not in TRANSLITERATION]
    scripts = {name.partition(" ")[0] for name in names}
    letters = {unicodedata.name(character, "").partition(" ")[0] for character in word if character.isalpha()}
    return (
        len(letters & CONFUSABLE_SCRIPTS) > 1
        or not scripts.isdisjoint(DISGUISED_LETTERS)
        or not DOUBLES.isdisjoint(word)
        or any(name.startswith(SMALL_CAPITALS) for name in names)
    )


def validate_public_url(value: str) -> None:
    """A web address that any visitor can follow: http(s), a public host name, no user name or password in it."""
    if len(value) > MAX_URL_LENGTH:
        raise ValidationError(
            _("This address is too long. Use one of at most %(limit)d characters."),
            code="too_long",
            params={"limit": MAX_URL_LENGTH},
        )
    try:
        parts, host = split_url(value)
    except (ValidationError, ValueError) as error:
        raise ValidationError(
            _("Write a full web address that begins with https:// or http://, such as https://www.example.org."),
            code="invalid_url",
        ) from error
    if "@" in parts.netloc:
        raise ValidationError(_("Remove the user name and password from this address."), code="userinfo")
    if is_private_host(host):
        raise ValidationError(
            _("This address leads to a private machine. Use the public name of the site, such as www.example.org."),
            code="private_host",
        )
    if any(mixes_look_alikes(label) for label in host.split(".")):
        raise ValidationError(
            _("The site name in this address mixes letters of different alphabets that look alike. Type it again."),
            code="mixed_scripts",
        )


def split_url(value: str) -> tuple[SplitResult, str]:
    """The parts of an http(s) address and its host as people read it. Raises ValidationError or ValueError."""
    validate_single_line(unquote(value))
    URLValidator(schemes=["http", "https"])(value)
    parts = urlsplit(value)
    # Browsers read a backslash as a slash, Python does not: they would disagree about the host.
    if "\\" in value or parts.port == 0:
        raise ValueError(value)
    return parts, unicode_host(parts.hostname or "")


def unicode_host(host: str) -> str:
    """The host name as people read it (xn-- labels decoded). Raises UnicodeError, a ValueError, when it is no valid name."""
    if host.isascii():
        return host.encode("ascii").decode("idna")
    return host.encode("idna").decode("idna")


def is_private_host(host: str) -> bool:
    """A bare IP address (no public site worth linking lives there), a name without a dot, or a name of private networks."""
    labels = host.rstrip(".").lower().split(".")
    return len(labels) < 2 or labels[-1] in PRIVATE_SUFFIXES or is_ip_address(host) or not re.search(r"[^\W\d_]", labels[-1])


def is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def normalise_orcid(value: str) -> str:
    """Sixteen characters in groups of four, from an iD, an address of orcid.org or bare digits; else unchanged."""
    value = characters.cleaned_identifier(value)
    found = ORCID_AS_TYPED.search(value)
    if found:
        digits = re.sub(r"[^\dXx]", "", found[0]).upper()
        return "-".join(digits[start : start + 4] for start in range(0, 16, 4))
    return value


def validate_orcid(value: str) -> None:
    """An ORCID iD with its check character (ISO 7064, MOD 11-2)."""
    normalised = normalise_orcid(value)
    if not ORCID.fullmatch(normalised) or normalised[-1] != orcid_check_character(normalised):
        raise ValidationError(
            _("This is not a valid ORCID iD. Copy all sixteen characters from your ORCID page, such as 0000-0002-1825-0097."),
            code="invalid_orcid",
        )


def orcid_check_character(orcid: str) -> str:
    """https://support.orcid.org/hc/en-us/articles/360006897674"""
    total = 0
    for digit in orcid.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "X" if check == 10 else str(check)
