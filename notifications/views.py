from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core.access import public

from .models import Mail
from .rendering import parts_of_text
from .responses import mail_document


@public
def demo_mailbox(request: HttpRequest) -> HttpResponse:
    """The mails of the demo, which never leave it. Anybody may read them: the first is needed before logging in."""
    _only_in_the_demo()
    page = Paginator(Mail.objects.all(), 20).get_page(request.GET.get("page"))
    return render(request, "notifications/demo_mailbox.html", {"page": page})


@public
def demo_mail(request: HttpRequest, pk: int) -> HttpResponse:
    _only_in_the_demo()
    mail = get_object_or_404(Mail, pk=pk)
    return render(request, "notifications/demo_mail.html", {"mail": mail, "parts": parts_of_text(mail.text)})


@public
def demo_mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    _only_in_the_demo()
    return mail_document(get_object_or_404(Mail, pk=pk))


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
