"""Personal data of accounts, and of the tables of Django and django-allauth that belong to them."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q

from core.privacy import ALL, Erased, Impersonal, Personal, Subject, Whose, person

WHILE_OPEN = "until the account ends"
EXPORTED = "with one's data"
NOT_EXPORTED = "no: it proves who somebody is"


def end_sessions(subject: Subject) -> None:
    """Sessions do not say whose they are; those that were followed do."""
    keys = UserSession.objects.filter(user=subject.user_id).values("session_key")
    Session.objects.filter(session_key__in=keys).delete()


def _told_of_in_the_admin(subject: Subject) -> Q:
    of_user = Q(content_type__app_label="accounts", content_type__model="user", object_id=str(subject.user_id))
    return of_user if subject.user_id else Q(pk__in=[])


DECLARATIONS = [
    Personal("accounts.User", person("pk"), "to log in, and to be written to", WHILE_OPEN, EXPORTED),
    Personal("accounts.User_groups", person("user"), "what somebody may do", WHILE_OPEN, EXPORTED),
    Personal("accounts.User_user_permissions", person("user"), "what somebody may do", WHILE_OPEN, EXPORTED),
    Personal("accounts.Consent", person("user"), "proof of a yes", WHILE_OPEN, EXPORTED),
    Personal("account.EmailAddress", person("user"), "to be written to", WHILE_OPEN, EXPORTED),
    Personal("account.EmailConfirmation", person("email_address__user"), "to confirm an address", "3 days", NOT_EXPORTED),
    Personal("mfa.Authenticator", person("user"), "second factors", WHILE_OPEN, NOT_EXPORTED),
    Personal("usersessions.UserSession", person("user"), "to see where one is signed in", "14 days", EXPORTED),
    Personal(
        "sessions.Session",
        Whose("known by the sessions followed", lambda subject: Q(pk__in=[])),
        "to stay signed in",
        "14 days",
        NOT_EXPORTED,
        before=end_sessions,
    ),
    Personal(
        "admin.LogEntry",
        Whose("the person named in the row", _told_of_in_the_admin) | person("user"),
        "what was changed in the admin before the journal was kept",
        "until the account ends",
        "no: it belongs to the record of the team",
        fields={"object_repr": Erased.BLANKED, "change_message": Erased.BLANKED, ALL: Erased.KEPT},
    ),
    Impersonal("auth.Group", "names of groups"),
    Impersonal("auth.Permission", "names of rights"),
    Impersonal("auth.Group_permissions", "rights of groups"),
    Impersonal("contenttypes.ContentType", "names of tables"),
]
