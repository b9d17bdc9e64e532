from core.privacy import ALL, Erased, Personal, page

DECLARATIONS = [
    Personal(
        "moderation.Submission",
        page("public_id"),
        "what was sent for review, and what was answered",
        "until the page or the account ends",
        "with one's data",
        fields={"submitted_by": Erased.UNLINKED, "decided_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
    Personal(
        "moderation.FieldComment",
        page("submission__public_id"),
        "what a moderator asked to change",
        "until the page or the account ends",
        "with one's data",
    ),
]
