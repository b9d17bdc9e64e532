"""By when somebody is wanted, in the words of three languages."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.days import find_day

TODAY = datetime.date(2026, 12, 1)
SAID = {
    "tri des déchets, avant mars": ("avant mars", "2027-02-28"),
    "avant le 15 mars": ("avant le 15 mars", "2027-03-14"),
    "avant le 1er mars 2027": ("avant le 1er mars 2027", "2027-02-28"),
    "avant fin mars": ("avant fin mars", "2027-03-31"),
    "d’ici le 15 mars": ("d’ici le 15 mars", "2027-03-15"),
    "au plus tard le 15 mars": ("au plus tard le 15 mars", "2027-03-15"),
    "avant le 15/03/2027": ("avant le 15/03/2027", "2027-03-14"),
    "by 15/3": ("by 15/3", "2027-03-15"),
    "by 03/15/2027": ("by 03/15/2027", "2027-03-15"),
    "before 2027-03-15": ("before 2027-03-15", "2027-03-14"),
    "disponible le 15.3.27": ("disponible le 15.3.27", "2027-03-15"),
    "à partir du 1/2": ("à partir du 1/2", "2027-02-01"),
    "قبل ١٥/٣": ("قبل ١٥/٣", "2027-03-14"),
    "قبل ١٥/٠٣/٢٠٢٧": ("قبل ١٥/٠٣/٢٠٢٧", "2027-03-14"),
    "بحلول 15 مارس": ("بحلول 15 مارس", "2027-03-15"),
    "une animatrice le 15 mars": ("le 15 mars", "2027-03-15"),
    "urgent : un hydrologue": ("urgent", "2026-12-01"),
    "نحتاج بشكل عاجل إلى خبير": ("بشكل عاجل", "2026-12-01"),
    "a trainer next month": ("next month", "2027-01-31"),
    "مدرب الشهر المقبل": ("الشهر المقبل", "2027-01-31"),
    "this month": ("this month", "2026-12-31"),
    "la semaine prochaine": ("la semaine prochaine", "2026-12-13"),
    "dans trois semaines": ("dans trois semaines", "2026-12-22"),
    "within 2 months": ("within 2 months", "2027-02-01"),
    "في غضون أسبوعين": ("في غضون أسبوعين", "2026-12-15"),
    "d’ici à juin": ("d’ici à juin", "2027-05-31"),
    "avant 2028": ("avant 2028", "2027-12-31"),
    "dès septembre": ("dès septembre", "2027-09-01"),
    "à partir du 15 mars, en Tunisie": ("à partir du 15 mars", "2027-03-15"),
    "disponible en février": ("disponible en février", "2027-02-28"),
    "une formation en décembre": ("en décembre", "2026-12-31"),
    "au mois de mai": ("au mois de mai", "2027-05-31"),
    "le mois prochain": ("le mois prochain", "2027-01-31"),
    "pour le mois prochain": ("pour le mois prochain", "2027-01-31"),
    "un hydrologue tout de suite": ("tout de suite", "2026-12-01"),
    "dès que possible": ("dès que possible", "2026-12-01"),
    "expert available in February": ("available in February", "2027-02-28"),
    "by 15 March 2027": ("by 15 March 2027", "2027-03-15"),
    "before March 15": ("before March 15", "2027-03-14"),
    "from 15 March": ("from 15 March", "2027-03-15"),
    "needed right away": ("right away", "2026-12-01"),
    "starting in June": ("starting in June", "2027-06-01"),
    "before the end of May": ("before the end of May", "2027-05-31"),
    "خبير في الماء قبل مارس": ("قبل مارس", "2027-02-28"),
    "خبير وقبل مارس": ("وقبل مارس", "2027-02-28"),
    "قبل فاتح ماي": ("قبل فاتح ماي", "2027-04-30"),
    "قبل نهاية ماي": ("قبل نهاية ماي", "2027-05-31"),
    "ابتداء من شتنبر": ("ابتداء من شتنبر", "2027-09-01"),
    "ابتداءً من سبتمبر ٢٠٢٧": ("ابتداءً من سبتمبر ٢٠٢٧", "2027-09-01"),
    "متاح في فبراير": ("متاح في فبراير", "2027-02-28"),
    "في شهر غشت": ("في شهر غشت", "2027-08-31"),
    "في جوان": ("في جوان", "2027-06-30"),
    "نحتاج إلى خبيرة حالا": ("حالا", "2026-12-01"),
}
WORDS = [
    "avant",
    "dès",
    "en",
    "by",
    "from",
    "قبل",
    "في",
    "31",
    "30",
    "1er",
    "2027",
    "2031",
    "mars",
    "february",
    "فبراير",
    "fin",
    "de",
    "15/3",
    "29.2.2027",
    "le",
    "dans",
    "deux",
    "mois",
    "next",
    "month",
]
SILENT = [
    "",
    "march against hunger",
    "may",
    "worked in March 2019",
    "avant 2019",
    "mars",
    "en or",
    "eau en 2027",
    "la marche des femmes",
    "avant tout",
    "avant le 15/03/2019",
    "le mars",
    "le 8 pour cent",
    "dans les communes",
    "sous trois angles",
    "été et eau",
    "1.5/2",
    "من أجل الماء",
]


@pytest.mark.parametrize("text", SAID)
def test_the_day_and_the_words_that_say_it(text):
    found = find_day(text, TODAY)
    assert (found and (text[found.start : found.end], found.day.isoformat())) == SAID[text]


@pytest.mark.parametrize("text", SILENT)
def test_what_says_no_day_that_is_to_come(text):
    assert find_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("compost avant l’été", "avant l’été"),
        ("by 31 February", "by 31 February"),
        ("avant le 31/02/2027", "avant le 31/02/2027"),
        ("قبل رمضان", "قبل رمضان"),
        ("from the autumn", "from the autumn"),
    ],
)
def test_what_says_when_but_no_day_is_named(text, words):
    found = find_day(text, TODAY)
    assert (found.day, text[found.start : found.end]) == (None, words)


@given(
    st.lists(st.sampled_from(WORDS)),
    st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31)),
)
def test_any_words_on_any_day(words, today):
    text = " ".join(words)
    found = find_day(text, today)
    assert found is None or ((found.day is None or found.day >= today) and text[found.start : found.end].strip())
