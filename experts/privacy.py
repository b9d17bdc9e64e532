from core.privacy import ALL, Erased, Personal, person

PROFILE = "to write one's profile"
ROWS = ("Expertise", "SpokenLanguage", "Experience", "Qualification", "Publication", "Link")
WHILE_OPEN, EXPORTED = "until the account ends", "with one's data, files included"

DECLARATIONS = [
    *(Personal(f"experts.{name}", person("expert__user"), PROFILE, WHILE_OPEN, EXPORTED) for name in ROWS),
    Personal("experts.Expert", person("user"), PROFILE, WHILE_OPEN, EXPORTED),
    Personal(
        "experts.ImportLine",
        person("expert__user"),
        "to check a list before it is imported, and to undo it",
        "a day until a list is imported, 30 days for lines left out (experts/jobs.py), else until the account ends",
        "no: the profile says the same",
    ),
    Personal(
        "experts.Import",
        person("by") | person("asked_by"),
        "who brought which list in",
        "as long as the network",
        "no: counts of a list",
        fields={"by": Erased.UNLINKED, "asked_by": Erased.UNLINKED, ALL: Erased.KEPT},
    ),
]
