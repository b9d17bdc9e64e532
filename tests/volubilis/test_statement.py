"""The network's pages say what its launch statement says, in its own terms, and nothing unfinished."""

import re

import pytest
from django.utils.html import strip_tags

from core.languages import LANGUAGES
from taxonomy import files
from taxonomy.models import TermList

pytestmark = pytest.mark.django_db

# The statement's own words, or those that say them in the other two languages.
TERMS = {
    "ar": [
        "شبكة وليلي", "منظمات المجتمع المدني", "المؤسسات العمومية", "الجماعات الترابية", "تنظيم عروضها",
        "تخطيط أنشطتها", "تحسيس", "ريادة الأعمال الاجتماعية", "المسؤولية الاجتماعية للمنظمات", "النهج المتكامل",
        "البناء المشترك", "المجالات الترابية", "توأمة المنظمات", "زيارات الوفود", "من الضفتين الإفريقية والأوروبية",
        "التأثير المجتمعي والبيئي", "الاقتصاد الدائري", "إدماج النساء والشباب من خلال النشاط الاقتصادي",
        "هندسة المشاريع", "متعددة التخصصات", "7 أكتوبر", "مكناس", "الأوساط العلمية والأكاديمية", "المنظمات الدولية",
        "من حيث المشاريع والخبرة والشراكات",
    ],
    "fr": [
        "organisations de la société civile", "institutions publiques", "collectivités territoriales",
        "structurer leur offre", "sensibiliser", "entrepreneuriat social", "responsabilité sociale des organisations",
        "approche intégrée", "co-construction", "territoires", "jumelages d’organisations", "visites de délégations",
        "deux rives, africaine et européenne", "impact sociétal et environnemental", "économie circulaire",
        "inclusion des femmes et des jeunes par l’activité économique", "ingénierie de projets",
        "pluridisciplinaires", "7 octobre", "Meknès", "milieux scientifiques et académiques",
        "organisations internationales", "entreprises",
    ],
    "en": [
        "civil society organisations", "public institutions", "local authorities", "structuring what they offer",
        "raise awareness", "social entrepreneurship", "social responsibility of organisations", "integrated approach",
        "co-construction", "territories", "twinning of organisations", "visits of delegations",
        "both shores, African and European", "social and environmental impact", "circular economy",
        "inclusion of women and young people through economic activity", "project engineering", "multidisciplinary",
        "7 October", "Meknes", "scientific and academic circles", "international organisations", "companies",
    ],
}  # fmt: skip
# What each mission may not lose: who, what, what for.
MISSION_TERMS = {
    "planning_funding": {
        "ar": ["مواكبة", "المجتمع المدني", "الجماعات الترابية", "تنظيم عروضها", "تخطيط أنشطتها", "التمويل"],
        "fr": [
            "accompagner",
            "société civile",
            "collectivités territoriales",
            "structurer leur offre",
            "planifier leurs activités",
        ],
        "en": ["civil society", "local authorities", "structuring what they offer", "planning their activities", "funding"],
    },
    "csr": {
        "ar": ["تحسيس", "تنفيذ استراتيجيات", "للمقاولات", "للمنظمات"],
        "fr": ["Sensibiliser", "mise en œuvre", "RSE", "RSO"],
        "en": ["awareness", "into practice", "corporate", "organisational"],
    },
    "ppp": {
        "ar": ["القطاعين العام والخاص", "اقتصاد محلي", "التشغيل", "الإدماج", "ريادة الأعمال الاجتماعية"],
        "fr": ["public-privé", "économie locale", "emploi", "inclusion", "entrepreneuriat social"],
        "en": ["public-private", "local economy", "employment", "inclusion", "social entrepreneurship"],
    },
    "research": {
        "ar": ["بحوث علمية", "الاقتصاد الدائري", "المسؤولية الاجتماعية", "مراكز البحث", "تشخيصات تشاركية", "تخطيط استراتيجي"],
        "fr": ["recherches scientifiques", "économie circulaire", "RSE", "centres de recherche", "diagnostics participatifs"],
        "en": ["scientific research", "circular economy", "social responsibility", "research centres", "participatory"],
    },
    "capacity": {
        "ar": ["بناء قدرات", "حاملي المشاريع", "هندسة المشاريع", "تدبيرها"],
        "fr": ["porteuses et porteurs de projets", "ingénierie et gestion de projets"],
        "en": ["project leaders", "project engineering and management"],
    },
    "partnerships": {
        "ar": ["ندوات", "توأمة المنظمات", "زيارات الوفود", "من الضفتين الإفريقية والأوروبية"],
        "fr": ["séminaires", "jumelages d’organisations", "visites de délégations", "africaine et européenne"],
        "en": ["seminars", "twinning of organisations", "visits of delegations", "African and European"],
    },
}
UNFINISHED = {
    "ar": ["سيظهر هنا", "لم يُحدد", "قريبا"],
    "fr": ["sera indiqué", "n’a pas encore été nommé", "bientôt", "à compléter"],
    "en": ["will be shown here", "not been named yet", "coming soon", "to be completed"],
}
NETWORK_PAGES = ("", "about/", "legal/", "privacy/")


def words_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    main = re.search(r"<main\b.*</main>|<body\b.*</body>", answer.content.decode(), re.DOTALL)[0]
    return " ".join(strip_tags(main).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_network_speaks_in_the_terms_of_its_statement(client, language):
    assert missing_terms(words_of(client, f"/{language}/about/"), language) == []


def missing_terms(text, language):
    return [term for term in TERMS[language] if term.casefold() not in text.casefold()]


def test_the_gate_sees_a_mission_that_lost_its_words():
    summary = "Promote public-private partnerships. Support NGOs in planning and funding projects."
    assert {"civil society organisations", "social entrepreneurship"} < set(missing_terms(summary, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mission_loses_what_the_statement_says_of_it(language):
    missions = {row["code"]: row[f"name_{language}"] for row in files.terms() if row["list"] == TermList.MISSIONS}
    lost = [(code, term) for code, terms in MISSION_TERMS.items() for term in terms[language] if term not in missions[code]]
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_six_missions_stand_in_full_on_the_first_page_and_on_the_network_s(client, language):
    missions = [row[f"name_{language}"] for row in files.terms() if row["list"] == TermList.MISSIONS]
    assert len(missions) == 6
    for page in ("", "about/"):
        text = words_of(client, f"/{language}/{page}")
        assert [mission for mission in missions if " ".join(mission.split()) not in text] == [], page


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_year_is_invented_for_the_launch(client, language):
    text = words_of(client, f"/{language}/about/")
    assert not re.search(r"\b(19|20)\d\d\b", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", NETWORK_PAGES)
def test_nothing_unfinished_is_shown_to_the_public(client, page, language):
    text = words_of(client, f"/{language}/{page}")
    assert [words for words in UNFINISHED[language] if words in text] == []


def test_the_four_milieux_of_the_statement_are_offered_and_two_of_public_life():
    milieux = {row["code"]: row["name_ar"] for row in files.terms() if row["list"] == TermList.MILIEUX}
    assert milieux["academic"] == "الوسط العلمي والأكاديمي"
    assert {"company", "international_organisation", "civil_society"} < set(milieux)
    assert {"public_institution", "territorial_authority"} < set(milieux)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_people_and_contact_as_the_settings_give_them(client, settings, language):
    settings.NETWORK_PEOPLE = [
        {"name": {"ar": "أمينة الفاسي", "fr": "Amina El Fassi"}, "role": {"ar": "الرئيسة", "fr": "Présidente", "en": "President"}}
    ]
    settings.LEGAL = settings.LEGAL | {"email": "bureau@example.org", "address": "Meknès"}
    text = words_of(client, f"/{language}/about/")
    assert ("أمينة الفاسي" if language == "ar" else "Amina El Fassi") in text
    assert {"ar": "الرئيسة", "fr": "Présidente", "en": "President"}[language] in text
    assert "bureau@example.org" in text


def test_without_them_the_page_has_no_empty_sections(client, settings):
    settings.NETWORK_PEOPLE = []
    settings.LEGAL = settings.LEGAL | {"email": "", "address": ""}
    text = words_of(client, "/en/about/")
    assert "Its people" not in text
    assert "Contact" not in text


@pytest.mark.parametrize(("language", "name"), [("ar", "شبكة وليلي"), ("fr", "Réseau Volubilis"), ("en", "Volubilis Network")])
def test_the_publisher_is_the_network_in_the_language_of_the_page(client, settings, language, name):
    settings.LEGAL = settings.LEGAL | {"publisher": ""}
    for page in ("legal/", "privacy/"):
        assert name in words_of(client, f"/{language}/{page}")


@pytest.mark.parametrize(
    ("language", "law", "month"),
    [
        ("ar", "القانون رقم 09.08", "نونبر 2026"),
        ("fr", "loi marocaine n° 09-08", "novembre 2026"),
        ("en", "Law No. 09-08", "November 2026"),
    ],
)
def test_the_privacy_notice_names_the_law_and_its_own_month(client, settings, language, law, month):
    settings.PRIVACY_NOTICE_VERSION = "2026-11"
    text = words_of(client, f"/{language}/privacy/")
    assert law in text
    assert month in text
    assert "2026-11" not in text
