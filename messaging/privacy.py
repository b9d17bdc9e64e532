from core.privacy import ALL, Erased, Impersonal, Personal, address, page, person

TO_REACH = "to put people in touch without showing an address before both agree"
YEAR = "texts, names and addresses a year (messaging/jobs.py), the counts until the page or the account ends"
EXPORTED = "with one's data: what one wrote and was answered"

DECLARATIONS = [
    Personal(
        "messaging.Reply",
        person("request__asked_by") | address("request__sender_address") | page("request__entry__public_id"),
        TO_REACH,
        YEAR,
        EXPORTED,
        fields={"written_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
    Personal(
        "messaging.Report",
        person("asked_by")
        | address("address")
        | person("request__asked_by")
        | address("request__sender_address")
        | page("entry__public_id")
        | page("request__entry__public_id"),
        "to look into what is wrong",
        "texts and the address a year after it was settled, the rest until the page or the account ends",
        EXPORTED,
        fields={"answered_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
    Personal(
        "messaging.ContactRequest",
        person("asked_by") | address("sender_address") | page("entry__public_id"),
        TO_REACH,
        YEAR,
        EXPORTED,
        fields={"answered_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
    Personal(
        "messaging.BlockedSender",
        person("user") | address("address") | page("entry__public_id"),
        "so that nothing more of a sender reaches a page",
        "until it is taken back, or the page or the account ends",
        "no: the person blocked is not told",
    ),
    Impersonal("messaging.HeldExpression", "words of a list"),
]
