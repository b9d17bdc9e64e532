"""Identifiers that stay the same from one load to the next, and cannot be anybody's."""

from core.validators import orcid_check_character
from demo.chance import chance
from directory.models import PUBLIC_ID_ALPHABET


def public_id(seed: str) -> str:
    return "".join(chance("identifier", seed).choices(PUBLIC_ID_ALPHABET, k=10))


def orcid(number: int) -> str:
    """Outside the blocks that ORCID gives out (0000-0001-5… to 0000-0003-5…, 0009-…), with a valid check character."""
    digits = f"0000-0000-9{number:03d}-000"
    return digits + orcid_check_character(digits)
