import pytest

from directory.labels import level_in_a_sentence


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "code", "written"),
    [("fr", "NAT", "langue maternelle"), ("en", "NAT", "native"), ("ar", "NAT", "اللغة الأم"), ("fr", "C1", "C1")],
)
def test_a_level_is_named_as_in_a_sentence(language, code, written):
    assert level_in_a_sentence(code, language) == written
