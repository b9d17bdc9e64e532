from core.privacy import ALL, Erased, Impersonal, Personal, page, person

EXPORTED = "with one's data"

DECLARATIONS = [
    Personal(
        "needs.Need",
        page("public_id"),
        "the page of a need",
        "until nobody edits it any more",
        EXPORTED,
        fields={"created_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
    Personal("needs.AskedLanguage", page("need__public_id"), "the languages of a need", "as long as the need", EXPORTED),
    Impersonal("needs.Beginning", "a sentence without its author: neither name nor address, kept for thirty days"),
    Personal(
        "needs.Proposal",
        person("expert__user") | page("need__public_id") | page("expert__public_id"),
        "who was asked about a need, and the answer",
        "as long as the need and the account",
        EXPORTED,
        fields={"asked_by": Erased.UNLINKED, "answered_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
    Personal(
        "needs.Outcome",
        person("user") | page("proposal__need__public_id") | page("proposal__expert__public_id"),
        "what came of an interest",
        "as long as the proposal",
        EXPORTED,
        fields={"asked_by": Erased.UNLINKED, "answered_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
    Personal(
        "needs.Exclusion",
        person("expert__user") | page("need__public_id") | page("expert__public_id"),
        "who was not asked about a need, and why",
        "as long as the need and the account",
        EXPORTED,
        fields={"by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
    Personal(
        "needs.Pause",
        person("expert__user") | page("expert__public_id"),
        "until when somebody wants no proposals",
        "until the account ends",
        EXPORTED,
    ),
]
