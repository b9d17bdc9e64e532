"""The label of any code that a document holds: of the vocabulary, of a territory, or of a list fixed in code."""

from django.utils.translation import override

from directory.kinds import fixed_lists
from taxonomy.vocabulary import vocabulary

# A territory is as large as a group of countries or as small as a province; their codes do not meet.
TERRITORY_LISTS = ("country_group", "country", "subdivision")


# The one level whose name readers know better than its code.
MOTHER_TONGUE = "NAT"


def label_of(list_name: str, code: str, language: str) -> str:
    """The label in this language; the code itself where nothing knows it."""
    if list_name == "territory":
        list_name = next((name for name in TERRITORY_LISTS if code in vocabulary().lists[name]), "country")
    if list_name in fixed_lists():
        with override(language):
            return str(fixed_lists()[list_name].get(code, code))
    return vocabulary().label(list_name, code, language)


def level_in_a_sentence(code: str, language: str) -> str:
    """Readers know "C1" better than its description; a mother tongue, which has no such code, is named in small letters."""
    return label_of("cefr", code, language).lower() if code == MOTHER_TONGUE else code
