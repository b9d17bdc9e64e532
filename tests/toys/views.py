from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from authoring import pages
from core.access import login_required, public
from directory.views import entry_list
from directory.visibility import Viewer, published_or_404
from tests.toys.forms import FORMS
from tests.toys.models import Workshop
from tests.toys.schema import WORKSHOP


def own(request, public_id):
    return get_object_or_404(Workshop.objects.acted_for_by(request.user).with_document_rows(), public_id=public_id)


@public
def workshop_list(request):
    return entry_list(request, WORKSHOP)


@public
def workshop_detail(request, slug):
    entry = published_or_404(request, WORKSHOP.kind, slug)
    page = WORKSHOP.present(entry, Viewer.of(request.user), get_language())
    return render(request, "workshops/detail.html", {"entry": page})


@login_required
def workshop_start(request):
    return redirect(Workshop.objects.create(host=request.user).edit_url())


@login_required
def workshop_edit(request, public_id, step):
    return pages.edit_step(request, own(request, public_id), step, FORMS)


@login_required
def workshop_overview(request, public_id):
    return pages.overview(request, own(request, public_id), "workshops/overview.html")


@login_required
def workshop_submit(request, public_id):
    return pages.submit(request, own(request, public_id))


@login_required
def workshop_withdraw(request, public_id):
    return pages.withdraw(request, own(request, public_id))


@login_required
def workshop_preview(request, public_id, visitor):
    return pages.preview(request, own(request, public_id), visitor)
