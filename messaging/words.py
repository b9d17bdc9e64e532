"""What people are told when something cannot be done now."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "gone": _("This page is no longer public. Nothing was sent; your text is still here."),
    "closed": _("This page takes no requests at the moment. Nothing was sent; your text is still here."),
    "oneself": _("This is your own page: a request to yourself would lead nowhere."),
    "open": _("You have already written to this page and the request is still open. You find it among your requests."),
    "expired": _("This request has expired: it could be answered for fourteen days. What you typed is still here."),
    "answered": _("The other person has already replied to your answer. You can still write, or end the contact."),
    "put_aside": _("You have already put this request aside."),
    "not_accepted": _("There is no open contact to end."),
    "closed_talk": _("Nothing more can be written here. Your text is still here, so that you can copy it."),
}
