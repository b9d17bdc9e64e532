from core.privacy import ALL, Dependent, Erased, Impersonal, Personal, Subject, page, person
from directory import search
from directory.models import Entry
from directory.search import vectors

PUBLISHED = "to be found by those who look for such a person, organisation or project"
WITH_PAGE = "until the page or the account ends"
DERIVED = "no: made from the page"


def forget_words(subject: Subject) -> None:
    for entry in Entry.objects.filter(public_id__in=subject.pages):
        search.forget(entry)


DECLARATIONS = [
    Personal("directory.Entry", page("public_id"), PUBLISHED, WITH_PAGE, "with one's data"),
    Personal(
        "directory.EntryVersion",
        page("entry__public_id"),
        "what was public when, and who approved it",
        WITH_PAGE,
        "with one's data",
        fields={"by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
    Personal(
        "directory.Grant",
        page("entry__public_id") | person("user"),
        "who may read what contacts may",
        "for its term",
        "with one's data",
    ),
    Personal("directory.SearchDocument", page("entry__public_id"), PUBLISHED, WITH_PAGE, DERIVED),
    Personal("directory.SearchCard", page("entry__public_id"), PUBLISHED, WITH_PAGE, DERIVED),
    Personal("directory.SearchSuggestion", page("entry__public_id"), PUBLISHED, WITH_PAGE, DERIVED),
    Personal(
        "directory.SearchWord",
        page("word"),
        "to correct words typed wrongly",
        "as long as some page holds the word",
        DERIVED,
        before=forget_words,
    ),
    *(Dependent(table, "directory.Entry", "to be found by what one means, unless one declines it") for table in vectors.TABLES),
    Impersonal("directory.FacetCode", "numbers of codes"),
    Impersonal("directory.ConceptPrint", "fingerprints of the vocabulary"),
    Impersonal("directory.SearchInsight", "counts words without persons; shows only what was asked three times"),
]
