from core.privacy import Impersonal

DECLARATIONS = [
    Impersonal(f"taxonomy.{name}", "the vocabulary")
    for name in (
        "Goal", "Theme", "Theme_goals", "Theme_related", "CountryGroup", "Country", "Country_groups", "Subdivision", "City",
        "Language", "Term", "Revision",
    )
]  # fmt: skip
