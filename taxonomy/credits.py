"""Whom the network thanks: sources of the vocabulary and of the look, with the credit lines their licences ask for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Credit:
    """`source` and `licence` are proper names, the same in every language."""

    subject: Promise
    source: str
    licence: str
    url: str = ""
    note: Promise | str = ""


CREDITS = (
    Credit(
        subject=_("Titles and colours of the 17 goals"),
        source="United Nations, Sustainable Development Goals",
        licence="© United Nations",
        url="https://www.un.org/sustainabledevelopment/",
        note=_("The content of this site has not been approved by the United Nations and does not reflect its views."),
    ),
    Credit(
        subject=_("Names of countries and languages"),
        source="Unicode CLDR 48",
        licence="Unicode License v3",
        url="https://www.unicode.org/license.txt",
        note=_("With some names changed to the usage of the network."),
    ),
    Credit(
        subject=_("Regions, provinces and communes of Morocco"),
        source="Haut-Commissariat au Plan, RGPH 2024",
        licence="CC BY 4.0",
        url="https://creativecommons.org/licenses/by/4.0/",
    ),
    Credit(
        subject=_("Cities, with their places and populations"),
        source="GeoNames",
        licence="CC BY 4.0",
        url="https://www.geonames.org/",
        note=_("Arabic names partly from the Haut-Commissariat au Plan, partly written for this network."),
    ),
    Credit(
        subject=_("Regions and provinces of other countries"),
        source="iso3166-2, algeria-wilayas-communes",
        licence="MIT, CC0 1.0",
        note=_("Many Arabic names were written for this network."),
    ),
    Credit(
        subject=_("Themes, their synonyms, and the reference lists"),
        source="Volubilis",
        licence="CC0 1.0",
        url="https://creativecommons.org/publicdomain/zero/1.0/",
        note=_("Written for this network; anybody may use them."),
    ),
    Credit(
        subject=_("Identifiers of the corresponding themes in EuroVoc"),
        source="EuroVoc, Publications Office of the European Union",
        licence="© European Union",
        url="https://op.europa.eu/en/web/eu-vocabularies",
    ),
    Credit(
        subject=_("Typeface"),
        source="IBM Plex Sans Arabic",
        licence="SIL Open Font License 1.1",
        url="https://github.com/IBM/plex",
    ),
    Credit(
        subject=_("Style sheets"),
        source="Bootstrap 5",
        licence="MIT",
        url="https://getbootstrap.com/",
    ),
    Credit(
        subject=_("Software"),
        source="Django, PostgreSQL, django-allauth, htmx",
        licence="BSD, PostgreSQL License, MIT, 0BSD",
        url="https://www.djangoproject.com/",
    ),
)
