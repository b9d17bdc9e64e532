from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from authoring import pages
from core.access import login_required, public, read_only
from directory.views import entry_list
from directory.visibility import Viewer, published_or_404
from needs import actions, beginnings
from needs.forms import FORMS, CloseForm, KeepForm, SentenceForm
from needs.models import Need
from needs.presentation import NeedPage
from needs.schema import NEED
from quotas.counting import QuotaSpent

# The public side


@public
@read_only
def need_list(request: HttpRequest) -> HttpResponse:
    return entry_list(request, NEED)


@public
@read_only
def need_detail(request: HttpRequest, slug: str) -> HttpResponse:
    entry = published_or_404(request, NEED.kind, slug)
    return render(request, "needs/detail.html", {"entry": NeedPage(entry, Viewer.of(request.user), get_language())})


# Beginning, with an account or without


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def need_start(request: HttpRequest) -> HttpResponse:
    """One sentence. What was begun before is offered, not overwritten."""
    begun = beginnings.of(request)
    form = SentenceForm(
        request.POST if request.method == "POST" else None, initial={"sentence": request.GET.get("sentence", "")[:1000]}
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "needs/start.html", {"form": form, "begun": begun}, status=400 if form.errors else 200)
    try:
        begun = beginnings.begin(request, form.cleaned_data["sentence"])
    except QuotaSpent as spent:
        form.add_error("sentence", spent.quota.refusal)
        return render(request, "needs/start.html", {"form": form}, status=429)
    response = redirect("needs:begun")
    beginnings.remember(response, begun)
    return response


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def need_begun(request: HttpRequest) -> HttpResponse:
    """What was understood, shown and corrected."""
    begun = beginnings.of(request)
    if begun is None:
        return redirect("needs:start")
    if request.method == "POST":
        beginnings.correct(begun, request.POST)
        if request.POST.get("then") == "keep":
            keep = reverse("needs:keep")
            return redirect(keep if request.user.is_authenticated else f"{reverse('account_signup')}?next={keep}")
        return redirect("needs:begun")
    pieces = beginnings.pieces(begun)
    context = {"begun": begun, "pieces": pieces, "outlook": beginnings.outlook(begun, pieces), "days": beginnings.KEPT.days}
    return render(request, "needs/begun.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def need_keep(request: HttpRequest) -> HttpResponse:
    """Make what was begun a draft of this person, in the name of an organisation or their own."""
    begun = beginnings.of(request)
    if begun is None:
        return redirect("needs:start")
    form = KeepForm(request.POST or None, user=request.user)
    if form.fields and (request.method != "POST" or not form.is_valid()):
        return render(request, "needs/keep.html", {"form": form, "begun": begun})
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    need = beginnings.keep(begun, organization=chosen.get("organization"), project=chosen.get("project"), by=request.user)
    messages.success(
        request,
        _("Your need is kept as number %(number)s. Complete it, then send it for review.") % {"number": need.shown_number},
    )
    response = redirect(need.edit_url())
    response.delete_cookie(beginnings.COOKIE)
    return response


# The side of those who ask


def own_need_or_404(request: HttpRequest, public_id: str) -> Need:
    """The draft of somebody who may edit it; to all others it does not exist."""
    return get_object_or_404(Need.objects.acted_for_by(request.user).with_document_rows().distinct(), public_id=public_id)


@login_required
def need_edit(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    return pages.edit_step(request, own_need_or_404(request, public_id), step, FORMS)


@login_required
@require_safe
def need_overview(request: HttpRequest, public_id: str) -> HttpResponse:
    need = own_need_or_404(request, public_id)
    asked = need.proposals.count()
    context = {
        "asked": asked,
        "interested": need.proposals.filter(status="interested").count() if asked else 0,
        "close_form": CloseForm(),
    }
    return pages.overview(request, need, "needs/overview.html", **context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_submit(request: HttpRequest, public_id: str) -> HttpResponse:
    return pages.submit(request, own_need_or_404(request, public_id))


@login_required
@require_POST
def need_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    return pages.withdraw(request, own_need_or_404(request, public_id))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def need_take_down(request: HttpRequest, public_id: str) -> HttpResponse:
    return pages.take_down(request, own_need_or_404(request, public_id))


@login_required
@require_POST
def need_bring_back(request: HttpRequest, public_id: str) -> HttpResponse:
    return pages.bring_back(request, own_need_or_404(request, public_id))


@login_required
@require_safe
def need_preview(request: HttpRequest, public_id: str, visitor: str) -> HttpResponse:
    return pages.preview(request, own_need_or_404(request, public_id), visitor)


@login_required
@require_POST
def need_close(request: HttpRequest, public_id: str) -> HttpResponse:
    need = own_need_or_404(request, public_id)
    form = CloseForm(request.POST)
    if form.is_valid():
        actions.close(need, closing=form.cleaned_data["closing"], by=request.user)
        messages.success(request, _("Closed. Nobody is asked any more, and the page says so."))
    else:
        messages.error(request, _("Say why you close it."))
    return redirect(need.author_url("overview"))
