from core.privacy import Personal, person

PROFILE = "to write one's profile"
ROWS = ("Expertise", "SpokenLanguage", "Experience", "Qualification", "Publication", "Link")
WHILE_OPEN, EXPORTED = "until the account ends", "with one's data, files included"

DECLARATIONS = [
    *(Personal(f"experts.{name}", person("expert__user"), PROFILE, WHILE_OPEN, EXPORTED) for name in ROWS),
    Personal("experts.Expert", person("user"), PROFILE, WHILE_OPEN, EXPORTED),
]
