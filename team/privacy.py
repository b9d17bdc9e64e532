from core.privacy import ALL, Erased, Personal, address, person

DECLARATIONS = [
    Personal(
        "team.TeamInvitation",
        address("email") | person("answered_by"),
        "who was asked to join the team",
        "until the account of the person invited ends",
        "with one's data",
        fields={"asked_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
]
