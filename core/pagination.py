"""Pages of a list. Whatever stands in ?page=, the answer is a page of the list, never an error."""

from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def paginate(request: HttpRequest, rows: QuerySet | Sequence, *, per_page: int, count: int | None = None) -> Page:
    """The page that ?page= names: words mean the first, numbers out of range the last, so old bookmarks still show rows.

    `count` spares the counting query where it is known.
    """
    paginator = Paginator(rows, per_page)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page"))
