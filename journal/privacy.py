from core.privacy import ALL, Erased, Personal, person

DECLARATIONS = [
    Personal(
        "journal.Record",
        person("by") | person("on_behalf_of"),
        "who did what, for complaints and faults",
        "five years; the database refuses less",
        "with one's data: what one did",
        # A number says nothing of anybody once the account is gone; the database refuses to change a row.
        fields={ALL: Erased.KEPT},
    )
]
