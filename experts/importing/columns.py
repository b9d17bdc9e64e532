"""The columns of a list of people: what they are called in three languages, and what goes into each.

The first name of a language is the one that the template shows; the reader knows the others too, in any case and spelling.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from text.fold import APOSTROPHES, fold


@dataclass(frozen=True)
class ListColumn:
    """`fr` and `ar` hold names separated by semicolons, `other` further English ones beside that of the column itself."""

    name: str
    fr: str
    ar: str
    other: str
    content: str | Promise
    example: str
    required: bool = False
    vocabulary: str = ""

    def title(self, language: str) -> str:
        return {"fr": self.fr, "ar": self.ar}.get(language, self.name).split(";")[0]

    @property
    def headings(self) -> list[str]:
        return [self.name.replace("_", " "), *";".join(filter(None, [self.fr, self.ar, self.other])).split(";")]


_ONE_LINE = _("One line, at most 160 characters.")
_TEXT = _("At most 4,000 characters.")
_NAME = _("At least one name, in either script.")

LIST_COLUMNS = (
    ListColumn(
        "external_id",
        "Identifiant;identifiant externe;n°;no;numéro",
        "المعرّف;الرقم",
        "id",
        _("The identifier in your list; a second import finds the same person by it."),
        "EXAMPLE",
        required=True,
    ),
    ListColumn(
        "email",
        "Courriel;adresse e-mail;adresse électronique;mail;e-mail",
        "البريد الإلكتروني;البريد",
        "email address",
        _("The person claims the account by it; one address, one person."),
        "salma.benjelloun@example.org",
        required=True,
    ),
    ListColumn("given_name", "Prénom", "الاسم باللاتينية;الاسم اللاتيني", "first name", _NAME, "Salma"),
    ListColumn("family_name", "Nom;nom de famille", "النسب باللاتينية;النسب اللاتيني", "last name;surname", _NAME, "Benjelloun"),
    ListColumn("given_name_ar", "Prénom en arabe;prénom arabe;prénom ar", "الاسم;الاسم الشخصي", "", _NAME, "سلمى"),
    ListColumn("family_name_ar", "Nom en arabe;nom arabe;nom ar", "النسب;الاسم العائلي", "", _NAME, "بنجلون"),
    ListColumn(
        "headline_ar", "Titre en arabe;titre ar", "الصفة بالعربية;العنوان بالعربية", "", _ONE_LINE, "مهندسة في الاقتصاد الدائري"
    ),
    ListColumn(
        "headline_fr",
        "Titre en français;titre fr",
        "الصفة بالفرنسية;العنوان بالفرنسية",
        "",
        _ONE_LINE,
        "Ingénieure en économie circulaire",
    ),
    ListColumn(
        "headline_en",
        "Titre en anglais;titre en",
        "الصفة بالإنجليزية;العنوان بالإنجليزية",
        "",
        _ONE_LINE,
        "Circular economy engineer",
    ),
    ListColumn(
        "bio_ar",
        "Biographie en arabe;biographie ar",
        "النبذة بالعربية;السيرة بالعربية",
        "biography ar",
        _TEXT,
        "تواكب الجماعات الترابية والتعاونيات.",
    ),
    ListColumn(
        "bio_fr",
        "Biographie en français;biographie fr",
        "النبذة بالفرنسية;السيرة بالفرنسية",
        "biography fr",
        _TEXT,
        "Elle accompagne des communes et des coopératives.",
    ),
    ListColumn(
        "bio_en",
        "Biographie en anglais;biographie en",
        "النبذة بالإنجليزية;السيرة بالإنجليزية",
        "biography en",
        _TEXT,
        "She supports municipalities and cooperatives.",
    ),
    ListColumn("country", "Pays", "البلد;الدولة", "", _("A code of two letters."), "MA", required=True, vocabulary="country"),
    ListColumn(
        "region",
        "Région",
        "الجهة;المنطقة",
        "",
        _("A code of a region of that country, or empty."),
        "MA-03",
        vocabulary="subdivision",
    ),
    ListColumn("city", "Ville", "المدينة", "town", _("The name of the town, or empty."), "Meknès"),
    ListColumn(
        "sector", "Secteur;milieu", "القطاع;الوسط", "", _("One code."), "civil_society", required=True, vocabulary="milieux"
    ),
    ListColumn(
        "themes",
        "Thèmes;thème",
        "المواضيع;المحاور",
        "theme",
        _("Codes separated by semicolons, or empty."),
        "ESS-01;CIR",
        vocabulary="theme",
    ),
    ListColumn(
        "sdgs",
        "ODD;objectifs",
        "أهداف التنمية المستدامة;الأهداف",
        "sdg;goals",
        _("Numbers from 1 to 17 separated by semicolons, or empty."),
        "8;12",
        vocabulary="goal",
    ),
    ListColumn(
        "languages",
        "Langues",
        "اللغات",
        "",
        _("Codes, each with its level behind a colon, separated by semicolons."),
        "ar:C2;fr:C1",
        vocabulary="language",
    ),
    ListColumn(
        "years_experience",
        "Années d’expérience;années expérience",
        "سنوات الخبرة",
        "years of experience",
        _("A whole number from 0 to 70, or empty."),
        "14",
    ),
    ListColumn("availability", "Disponibilité", "التوفر", "", _("One word."), "now", required=True, vocabulary="availability"),
)
COLUMNS = tuple(column.name for column in LIST_COLUMNS)
REQUIRED = frozenset(column.name for column in LIST_COLUMNS if column.required)
_BETWEEN_WORDS = re.compile(rf"[\s_\-./{APOSTROPHES}]+")
# Who fills the template in may forget to take its example out.
EXAMPLE_ID = LIST_COLUMNS[0].example


def _plain(heading: str) -> str:
    return _BETWEEN_WORDS.sub(" ", fold(heading)).strip(" *:")


_NAMES = {_plain(heading): column.name for column in LIST_COLUMNS for heading in column.headings}


def column_of(heading: str) -> str | None:
    """The column that a heading means, in any case and in three languages."""
    return _NAMES.get(_plain(heading))
