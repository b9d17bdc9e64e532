"""The author's pages of every kind. A kind finds its own draft (or answers 404) and hands it over with its forms."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from authoring.actions import save_step
from authoring.check import checked_steps
from authoring.forms import StepForm
from authoring.stale import differences, rebased
from authoring.state import AuthorState
from core.languages import in_a_row
from core.typed import take
from core.versioning import StaleVersion
from directory.document import Audience
from directory.models import Entry
from directory.visibility import Viewer
from moderation import actions as moderation_actions
from moderation.models import Publishable
from moderation.publishing import RequiredFieldEmptied

Forms = Mapping[str, type[StepForm]]

# « See as »: who looks, and the narrowest audience they belong to.
VISITORS = {
    "visitor": (Audience.PUBLIC, pgettext_lazy("see as", "a visitor")),
    "member": (Audience.MEMBERS, pgettext_lazy("see as", "a member of the network")),
    "contact": (Audience.CONTACTS, pgettext_lazy("see as", "somebody whose contact request I accepted")),
}


def edit_step(request: HttpRequest, draft: Publishable, step: str, forms: Forms) -> HttpResponse:
    """One step of the editor. Typed text survives errors, further rows and somebody else's save."""
    if step not in forms:
        raise Http404
    state = AuthorState(draft)
    if request.method != "POST":
        typed = take(request)
        if typed is None:
            return _step_page(request, forms[step](instance=draft, comments=state.comments), step, state)
        form = forms[step](typed, instance=draft, comments=state.comments)
        return _stale_page(request, form, step) if form.is_stale else _step_page(request, form, step, AuthorState(_reread(draft)))
    form = forms[step](request.POST, request.FILES, instance=draft, comments=state.comments)
    if form.is_stale:
        return _stale_page(request, form, step)
    action = request.POST.get("then", "next")
    if form.is_valid():
        try:
            saved = save_step(form, by=request.user)
        except StaleVersion:
            return _stale_page(request, form, step)
        except RequiredFieldEmptied as emptied:
            return _emptied_page(request, forms[step], draft, step, emptied)
        messages.success(request, _saved_message(saved), extra_tags="saved")
        if lacking := [item.label for item in AuthorState(saved).missing if item.step == step]:
            messages.warning(request, _("Still needed here before review: %(fields)s.") % {"fields": in_a_row(lacking)})
        return redirect(_after_saving(saved, step, forms, action))
    if action.removeprefix("add:") in form.rows:
        form = form.with_more_rows(action.removeprefix("add:"))
    # What was typed stands in the draft of the form by now; around the form the page tells what is saved.
    return _step_page(request, form, step, AuthorState(_reread(draft)))


def overview(request: HttpRequest, draft: Publishable, template: str, **context) -> HttpResponse:
    """Where the draft stands and the single next thing to do."""
    state = AuthorState(draft)
    differences = state.differences(get_language())
    context = {"draft": draft, "state": state, "differences": differences, "previews": _preview_links(draft), **context}
    return render(request, template, context)


def submit(request: HttpRequest, draft: Publishable, template: str = "authoring/check.html") -> HttpResponse:
    """Show what would go; when it is posted send it for review, and say kindly when that is not possible."""
    state = AuthorState(draft)
    if request.method != "POST" and state.can_submit:
        return render(request, template, {"draft": draft, "state": state, "steps": checked_steps(state, get_language())})
    if request.method != "POST":
        return redirect(draft.author_url("overview"))
    if state.unchanged_points and "as_it_is" not in request.POST:
        messages.warning(request, _("Not sent yet: you have not changed every point the coordination team asked about."))
        return redirect(draft.author_url("overview"))
    try:
        sent = moderation_actions.submit(draft, by=request.user)
    except moderation_actions.NotReady:
        messages.warning(request, _("Some things are still missing before a moderator can read this: see the list below."))
    except moderation_actions.NothingToReview:
        messages.info(request, _("Everything you wrote is public already. There is nothing to review."))
    else:
        told = _("Sent for review under the number %(number)s. A moderator reads it, usually within three working days.")
        messages.success(request, told % {"number": sent.pk})
    return redirect(draft.author_url("overview"))


def withdraw(request: HttpRequest, draft: Publishable) -> HttpResponseRedirect:
    """Take the waiting submission back, unless a moderator was faster."""
    waiting = draft.waiting_submission
    try:
        if waiting is not None:
            moderation_actions.withdraw(waiting, by=request.user)
            messages.success(request, _("Withdrawn. Your text is still here; send it again whenever you like."))
    except moderation_actions.AlreadyDecided:
        messages.info(request, _("A moderator has decided in the meantime: see below."))
    return redirect(draft.author_url("overview"))


def take_down(request: HttpRequest, draft: Publishable) -> HttpResponse:
    """Ask once more, then take the public page down."""
    if draft.entry is None or draft.entry.ended_at:
        raise Http404
    if request.method != "POST":
        return render(request, "authoring/take_down.html", {"draft": draft, "cancel_url": draft.author_url("overview")})
    moderation_actions.take_down(draft, by=request.user)
    messages.success(request, _("The page is no longer public. Your text is still here; bring it back when you like."))
    return redirect(draft.author_url("overview"))


def bring_back(request: HttpRequest, draft: Publishable) -> HttpResponseRedirect:
    """Show a page again that was taken down, and say kindly when that is not possible."""
    if draft.entry is None or not draft.entry.ended_at:
        raise Http404
    try:
        entry = moderation_actions.bring_back(draft, by=request.user)
    except moderation_actions.HiddenByTeam:
        messages.warning(request, _("The coordination team has hidden this page meanwhile: only the team can show it again."))
    except moderation_actions.NotReady:
        messages.warning(
            request, _("Something that every page needs is now missing. Add it, then send the page for review again.")
        )
    else:
        messages.success(request, _("The page is public again."))
        if entry.slug != draft.entry.slug:
            messages.warning(request, _("Another page has taken its old address meanwhile, so it has a new one."))
    return redirect(draft.author_url("overview"))


def preview(request: HttpRequest, draft: Publishable, visitor: str) -> HttpResponse:
    """The public page as somebody else sees it: what is published, or the draft with ?text=draft."""
    if visitor not in VISITORS:
        raise Http404
    shows_draft = draft.entry is None or request.GET.get("text") == "draft"
    document = draft.as_document()
    entry = draft.entry or Entry(kind=draft.kind, public_id=draft.public_id, slug=draft.public_id, document=document)
    viewer, kind = Viewer.pretending(VISITORS[visitor][0]), draft.document_schema
    context = {
        "draft": draft,
        "entry": kind.present(entry, viewer, get_language(), document if shows_draft else None),
        "body_template": kind.page_template,
        "shows_draft": shows_draft,
        "previews": _preview_links(draft, current=visitor, query="?text=draft" if shows_draft else ""),
        "overview_url": draft.author_url("overview"),
    }
    return render(request, "authoring/preview.html", context)


def _preview_links(draft: Publishable, *, current: str = "", query: str = "") -> list[dict]:
    return [
        {"label": label, "url": draft.author_url("preview", visitor=name) + query, "current": name == current}
        for name, (_audience, label) in VISITORS.items()
    ]


def step_context(state: AuthorState, step: str) -> dict:
    """What authoring/edit.html reads, but for the form."""
    draft = state.draft
    return {
        "draft": draft,
        "state": state,
        "step": step,
        "step_label": step_label(draft, step),
        "position": steps_of(draft).index(step) + 1,
        "steps": _stepper(state, step),
        "previous_url": _neighbour(draft, step, -1),
        "is_last": step == steps_of(draft)[-1],
    }


def steps_of(draft: Publishable) -> list:
    """The steps of a kind's editor, in order."""
    return list(draft.document_schema.steps)


def step_label(draft: Publishable, step: str):
    return draft.document_schema.steps(step).label


def _reread(draft: Publishable) -> Publishable:
    return type(draft).objects.reread(draft)


def _step_page(request: HttpRequest, form: StepForm, step: str, state: AuthorState, **context) -> HttpResponse:
    context = step_context(state, step) | {"form": form} | context
    return render(request, "authoring/edit.html", context, status=409 if "differences" in context else 200)


def _emptied_page(
    request: HttpRequest, form_class: type[StepForm], draft: Publishable, step: str, emptied: RequiredFieldEmptied
) -> HttpResponse:
    """Nothing was saved; what was typed is kept."""
    state = AuthorState(_reread(draft))
    form = form_class(request.POST, instance=_reread(draft), comments=state.comments)
    labels = in_a_row(item.label for item in emptied.items)
    form.add_error(None, _("A public page must have: %(fields)s. Nothing was saved.") % {"fields": labels})
    return _step_page(request, form, step, state, take_down_url=draft.author_url("take_down"))


def _stale_page(request: HttpRequest, form: StepForm, step: str) -> HttpResponse:
    """Both texts, and the form ready to be saved over the newer one; a form sent twice has nothing to compare."""
    current = _reread(form.instance)
    found = differences(form, type(form)(instance=current))
    if not found:
        return redirect(current.edit_url(step))
    return _step_page(request, rebased(form, current), step, AuthorState(current), differences=found)


def _stepper(state: AuthorState, current: str) -> list[dict]:
    """The steps as components/stepper.html reads them."""
    step_of = {item.name: item.step for item in state.draft.document_schema}
    commented = {step_of.get(name) for name in state.comments}
    missing = {item.step for item in state.missing}
    filled = {step_of.get(name) for name in state.document["fields"]}
    return [
        {
            "label": step.label,
            "url": state.draft.edit_url(step),
            "current": step == current,
            "state": "attention" if step in commented else "done" if step in filled - missing else "open",
            "state_label": _("You have a comment") if step in commented else _("Needed for review") if step in missing else "",
        }
        for step in steps_of(state.draft)
    ]


def _after_saving(draft: Publishable, step: str, forms: Forms, action: str) -> str:
    if action == "next":
        return _neighbour(draft, step, +1) or draft.author_url("overview")
    if action == "overview":
        return draft.author_url("overview")
    anchor = f"#rows-{action.removeprefix('add:')}" if action.removeprefix("add:") in forms[step].row_sets else ""
    return draft.edit_url(step) + anchor


def _neighbour(draft: Publishable, step: str, distance: int) -> str:
    steps = steps_of(draft)
    position = steps.index(step) + distance
    return draft.edit_url(steps[position]) if 0 <= position < len(steps) else ""


def _saved_message(draft: Publishable) -> str:
    if draft.entry is None or not AuthorState(draft).unsent:
        return _("Saved.")
    return _("Saved. The public page shows your reviewed fields as they were; send your changes for review when you are ready.")
