"""Languages that are one to those who ask for them. Whoever speaks a member is found under the family as well."""

from collections.abc import Mapping

# ISO 639-5 names `ber` as the collective code of the Berber languages; these are its members among our languages.
LANGUAGE_FAMILIES: Mapping[str, tuple[str, ...]] = {"ber": ("zgh", "tzm", "kab", "rif", "shi")}


def with_families(codes: list[str]) -> list[str]:
    return [*codes, *(family for family, members in LANGUAGE_FAMILIES.items() if not set(members).isdisjoint(codes))]
