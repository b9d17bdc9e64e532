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
    "d’ici à juin": ("d’ici à juin", "2027-05-31"),
    "avant 2028": ("avant 2028", "2027-12-31"),
    "dès septembre": ("dès septembre", "2027-09-01"),
    "à partir du 15 mars, en Tunisie": ("à partir du 15 mars", "2027-03-15"),
    "disponible en février": ("disponible en février", "2027-02-28"),
    "une formation en décembre": ("en décembre", "2026-12-31"),
    "au mois de mai": ("au mois de mai", "2027-05-31"),
    "le mois prochain": None,  # without "for" or "from" it may be told of anything
    "pour le mois prochain": ("pour le mois prochain", "2027-01-31"),
    "un hydrologue tout de suite": ("tout de suite", "2026-12-01"),
    "dès que possible": ("dès que possible", "2026-12-01"),
    "expert available in February": ("available in February", "2027-02-28"),
    "by 15 March 2027": ("by 15 March 2027", "2027-03-14"),
    "before March 15": ("before March 15", "2027-03-14"),
    "from 15 March": ("from 15 March", "2027-03-15"),
    "needed right away": ("right away", "2026-12-01"),
    "starting in June": ("starting in June", "2027-06-01"),
    "before the end of May": ("before the end of May", "2027-05-31"),
    "خبير في الماء قبل مارس": ("قبل مارس", "2027-02-28"),
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
]
SILENT = [
    "",
    "march against hunger",
    "may",
    "worked in March 2019",
    "avant 2019",
    "by 31 February",
    "mars",
    "en or",
    "eau en 2027",
    "la marche des femmes",
    "avant tout",
    "من أجل الماء",
]


@pytest.mark.parametrize("text", SAID)
def test_the_day_and_the_words_that_say_it(text):
    found = find_day(text, TODAY)
    assert (found and (text[found.start : found.end], found.day.isoformat())) == SAID[text]


@pytest.mark.parametrize("text", SILENT)
def test_what_says_no_day_that_is_to_come(text):
    assert find_day(text, TODAY) is None


@given(
    st.lists(st.sampled_from(WORDS)),
    st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31)),
)
def test_any_words_on_any_day(words, today):
    text = " ".join(words)
    found = find_day(text, today)
    assert found is None or (found.day >= today and text[found.start : found.end].strip())
