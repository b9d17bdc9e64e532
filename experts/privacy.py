from core.privacy import ALL, Erased, Personal, person

PROFILE = "to write one's profile"
ROWS = ("Expertise", "SpokenLanguage", "Experience", "Qualification", "Publication", "Link")
WHILE_OPEN, EXPORTED = "until the account ends", "with one's data, files included"

DECLARATIONS = [
    *(Personal(f"experts.{name}", person("expert__user"), PROFILE, WHILE_OPEN, EXPORTED) for name in ROWS),
    Personal("experts.Expert", person("user"), PROFILE, WHILE_OPEN, EXPORTED),
    Personal(
        "experts.Import",
        person("by"),
        "who brought which list in",
        "as long as the network",
        "no: counts of a list",
        fields={"by": Erased.UNLINKED, ALL: Erased.KEPT},
    ),
]
