import pytest
from django.test import RequestFactory

from core.pagination import paginate
from taxonomy.models import Theme


def page_of(query, rows=range(95), **options):
    return paginate(RequestFactory().get(f"/?{query}"), rows, per_page=10, **options)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 1),
        ("page=", 1),
        ("page=2", 2),
        ("page=٣", 3),
        ("page=abc", 1),
        ("page=1.5", 1),
        ("page=nan", 1),
        ("page=100000", 10),
        ("page=-3", 10),
        ("page=" + "9" * 5000, 1),
        ("page=2&page=4", 4),
        ("page[]=2", 1),
        ("page=%FF", 1),
    ],
)
def test_any_page_number_shows_a_page(query, number):
    assert page_of(query).number == number


def test_an_empty_list_has_one_page():
    page = page_of("page=7", rows=[])
    assert (page.number, page.paginator.num_pages) == (1, 1)


@pytest.mark.django_db
def test_a_known_count_spares_the_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(paginate(RequestFactory().get("/"), Theme.objects.order_by("pk"), per_page=5, count=20)) == 5
