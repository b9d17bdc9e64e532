from core.privacy import ALL, Erased, Personal, address, page, person

TO_ACT = "to know who acts for an organisation"
EXPORTED = "with one's data"

DECLARATIONS = [
    Personal(
        "organizations.Organization",
        page("public_id"),
        "the page of an organisation",
        "until the organisation is closed",
        EXPORTED,
    ),
    Personal(
        "organizations.Affiliation", person("user") | page("organization__public_id"), TO_ACT, "until somebody leaves", EXPORTED
    ),
    Personal(
        "organizations.JoinRequest",
        person("asked_by") | page("organization__public_id"),
        TO_ACT,
        "until the account ends",
        EXPORTED,
        fields={"answered_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
    Personal(
        "organizations.Invitation",
        address("email") | person("answered_by") | page("organization__public_id"),
        TO_ACT,
        "until the account of the person invited ends",
        EXPORTED,
        fields={"asked_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
    Personal(
        "organizations.Verification",
        page("organization__public_id"),
        "who verified an organisation",
        "as long as the organisation",
        "no",
        fields={"granted_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
]
