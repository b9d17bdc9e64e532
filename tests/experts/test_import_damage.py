"""Letters read in the wrong encoding are warned of; honest ones are not."""

import pytest
from django.utils.translation import override

from experts.importing.damage import mended, warnings
from experts.importing.files import ReadRow

SENTENCES = ["Ingénieure en écologie à Fès", "l’économie – « verte » … 5 €", "سلمى بنجلون، مهندسة", "İzmir, Łódź, Škoda, œuvre"]


def misread(sentence: str) -> str:
    """As Excel opens UTF-8 for Windows-1252, with the controls that it leaves for the bytes without a letter."""
    bytes_without_letter = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return "".join(chr(byte) if byte in bytes_without_letter else bytes([byte]).decode("cp1252") for byte in sentence.encode())


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_was_read_in_the_wrong_encoding_is_mended(sentence):
    assert misread(sentence) != sentence
    assert mended(misread(sentence)) == sentence


@pytest.mark.parametrize(
    "honest", [*SENTENCES, "CAFÉ» ouvert", "«É»", "Ça et là", "São João", "naïveté", "ÀÉÈÙ", "Maʿmūn", "5 ½ – 7 ¾", "Ü© 2026"]
)
def test_an_honest_text_is_left_alone(honest):
    assert mended(honest) == honest


def test_the_first_lines_are_told_and_the_others_counted():
    rows = [ReadRow(number, {"city": "Mekn\u00c3\u00a8s"}) for number in range(2, 10)]
    with override("en"):
        told = warnings(rows)
    assert told[0] == "Line 2, city: “Mekn\u00c3\u00a8s” should perhaps read “Meknès”. Save the list again as CSV UTF-8."
    assert (len(told), told[-1]) == (6, "3 more lines look so.")
