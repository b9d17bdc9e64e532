"""Every page of the site, with somebody who may open it. A new address without a line here fails test_pages.py."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from experts.models import Step as ExpertStep
from needs.models import Step as NeedStep
from organizations.models import Step as OrganizationStep
from projects.models import Step as ProjectStep
from tests.browser.sample import Sample
from volubilis.well_known import ICONS


@dataclass(frozen=True)
class Page:
    """`args` are words of the sample or literal; `send` is the button that shows the errors of an empty or broken form."""

    name: str
    who: str = "visitor"
    args: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    send: str = ""
    status: int = 200
    leads_on: bool = False

    def address(self, sample: Sample, language: str) -> str:
        arguments = {name: sample.known.get(value, value) for name, value in self.args.items()}
        with override(language):
            return reverse(self.name, kwargs=arguments) + self.query

    def __str__(self) -> str:
        return f"{self.name} {' '.join(map(str, self.args.values()))}{self.query} ({self.who})"


SUBMIT = "main form button[type=submit]:not([form])"
EDITOR = ".editor-actions button[value=stay]"
PICTURED = ("home", "about", "legal", "privacy", "accessibility")
MINE = {"public_id": "organization_id"}
PROJECT = {"public_id": "project_id"}
NEED = {"public_id": "need_id"}

VISITOR_PAGES = [
    *(Page(name) for name in PICTURED),
    Page("demo:look"),
    Page("taxonomy:goals"),
    Page("taxonomy:goal", args={"number": 6}),
    Page("taxonomy:themes"),
    Page("taxonomy:theme", args={"code": "ESS"}),
    Page("taxonomy:credits"),
    Page("experts:list"),
    Page("experts:list", query="?page=2&sort=name"),
    Page("experts:list", query="?q=circulaire&goal=12&country=MA"),
    Page("experts:list", query="?q=zzzzzz"),
    Page("experts:list", query=f"?q={'x' * 300}", status=400),
    Page("experts:detail", args={"slug": "expert"}),
    Page("experts:detail", args={"slug": "arabic_expert"}),
    Page("experts:detail", args={"slug": "nobody-here"}, status=404),
    Page("organizations:list"),
    Page("organizations:list", query="?q=zzzzzz"),
    Page("organizations:detail", args={"slug": "cooperative"}),
    Page("organizations:invitation", args={"token": "invitation"}),
    Page("organizations:invitation", args={"token": "spent"}, status=404),
    Page("directory:territories"),
    Page("directory:territories", query="?kind=project&q=eau"),
    Page("directory:territory", args={"code": "MA"}),
    Page("directory:territory", args={"code": "MA-03"}),
    Page("directory:territory", args={"code": "XX-99"}, status=404),
    Page("projects:list"),
    Page("projects:list", query="?q=zzzzzz"),
    Page("projects:detail", args={"slug": "project"}),
    Page("projects:participation_by_mail", args={"token": "spent"}, status=404),
    Page("team:invitation", args={"token": "team_invitation"}),
    Page("team:invitation", args={"token": "spent"}, status=404),
    Page("needs:list"),
    Page("needs:list", query="?q=zzzzzz"),
    Page("needs:detail", args={"slug": "need_slug"}),
    Page("needs:start", send=SUBMIT),
    Page("needs:answer", args={"token": "proposal"}),
    Page("needs:answer", args={"token": "spent"}, status=404),
    Page("needs:outcome", args={"token": "outcome"}),
    Page("needs:outcome", args={"token": "spent"}, status=404),
    Page("messaging:write", args={"public_id": "expert_id"}, send=SUBMIT),
    Page("messaging:write", args={"public_id": "organization_id"}),
    Page("messaging:asked"),
    Page("messaging:confirm", args={"token": "contact_to_confirm"}),
    Page("messaging:confirm", args={"token": "spent"}, status=404),
    Page("messaging:answer_by_mail", args={"token": "contact_to_answer"}),
    Page("messaging:sent_by_mail", args={"token": "contact_to_follow"}),
    Page("messaging:report", args={"public_id": "expert_id"}, send=SUBMIT),
    Page("notifications:demo_mailbox"),
    Page("notifications:demo_mail", args={"pk": "mail"}),
    Page("account_login", send="form[action$='/accounts/login/'] button[type=submit]"),
    Page("account_signup", send=SUBMIT),
    Page("account_reset_password", send=SUBMIT),
    Page("account_reset_password_done"),
    Page("account_reset_password_from_key", args={"uidb36": "uid", "key": "reset_key"}, send=SUBMIT, leads_on=True),
    Page("account_reset_password_from_key", args={"uidb36": "uid", "key": "spent-key"}),
    Page("account_reset_password_from_key_done"),
    Page("account_request_login_code", send=SUBMIT),
    Page("account_email_verification_sent"),
    Page("account_confirm_email", args={"key": "email_key"}),
    Page("account_confirm_email", args={"key": "spent"}),
    Page("account_inactive"),
]
MEMBER_PAGES = [
    Page("my_space", "newcomer"),
    Page("experts:start", "newcomer"),
    Page("organizations:start", "newcomer", send=SUBMIT),
    Page("organizations:join", "newcomer", args={"slug": "cooperative"}),
    Page("projects:start", "newcomer", send=SUBMIT),
    Page("account_logout", "newcomer"),
    Page("accounts:settings", "newcomer"),
    Page("accounts:name", "newcomer", send=SUBMIT),
    Page("account_email", "newcomer", send="form[action$='/email/'] button[name=action_add], main form button[type=submit]"),
    Page("account_change_password", "newcomer", send=SUBMIT),
    Page("account_reauthenticate", "newcomer", send=SUBMIT),
    Page("usersessions_list", "newcomer"),
    Page("mfa_index", "newcomer"),
    Page("mfa_activate_totp", "newcomer", send=SUBMIT),
    Page("mfa_index", "secured"),
    Page("mfa_reauthenticate", "secured", send=SUBMIT),
    Page("mfa_deactivate_totp", "secured"),
    Page("mfa_view_recovery_codes", "secured"),
    Page("mfa_generate_recovery_codes", "secured"),
    Page("mfa_list_webauthn", "secured"),
    Page("mfa_add_webauthn", "admin"),  # whose made-up key nobody asks for
    Page("mfa_edit_webauthn", "secured", args={"pk": "security_key"}),
    Page("mfa_remove_webauthn", "secured", args={"pk": "security_key"}),
]
AUTHOR_PAGES = [
    Page("my_space", "expert"),
    Page("messaging:inbox", "expert"),
    Page("messaging:inbox", "owner", query="?show=sent"),
    Page("messaging:preferences", "expert"),
    Page("messaging:answer", "expert", args={"pk": "contact_received"}, send="button[value=reply]"),
    Page("messaging:sent", "owner", args={"pk": "contact_sent"}),
    Page("messaging:write", "owner", args={"public_id": "expert_id"}, send=SUBMIT),
    Page("experts:overview", "expert"),
    *(Page("experts:edit", "expert", args={"step": step.value}) for step in ExpertStep),
    Page("experts:submit", "expert"),
    Page("experts:preview", "expert", args={"visitor": "visitor"}),
    Page("experts:preview", "expert", args={"visitor": "member"}, query="?text=draft"),
    Page("projects:participation", "expert", args={"pk": "participation"}),
    Page("experts:take_down", "expert"),
    Page("organizations:take_down", "owner", args=MINE),
    Page("projects:take_down", "owner", args=PROJECT),
    Page("privacy:close_account", "newcomer", send=SUBMIT),
    Page("privacy:close_organization", "owner", args=MINE, send=SUBMIT),
    Page("my_space", "owner"),
    Page("organizations:overview", "owner", args=MINE),
    *(Page("organizations:edit", "owner", args=MINE | {"step": step.value}) for step in OrganizationStep),
    Page("organizations:preview", "owner", args=MINE | {"visitor": "visitor"}),
    Page("organizations:people", "owner", args=MINE),
    Page("organizations:people", "guest", args=MINE),
    Page("projects:overview", "owner", args=PROJECT),
    *(Page("projects:edit", "owner", args=PROJECT | {"step": step.value}) for step in ProjectStep),
    Page("projects:edit", "owner", args=PROJECT | {"step": ProjectStep.PARTNERS.value}, query="?q=Salma"),
    Page("projects:preview", "owner", args=PROJECT | {"visitor": "visitor"}),
    Page("needs:overview", "owner", args=NEED),
    *(Page("needs:edit", "owner", args=NEED | {"step": step.value}) for step in NeedStep),
    Page("needs:preview", "owner", args=NEED | {"visitor": "visitor"}),
    Page("needs:people", "owner", args=NEED),
    Page("needs:take_down", "owner", args=NEED),
]
DESK_PAGES = [
    Page("admin:index", "admin"),
    Page("admin:moderation_submission_changelist", "admin"),
    Page("admin:moderation_submission_changelist", "admin", query="?status=all&q=zzzzzz"),
    Page("admin:moderation_submission_review", "admin", args={"pk": "new"}, send="button[value=request_changes]"),
    Page("admin:moderation_submission_review", "admin", args={"pk": "edited"}),
    Page("admin:moderation_submission_review", "admin", args={"pk": "decided"}),
    Page("admin:moderation_submission_preview", "admin", args={"pk": "edited"}),
    Page("admin:directory_entry_changelist", "admin"),
    Page("admin:directory_entry_change", "admin", args={"pk": "expert_entry"}),
    Page("admin:organizations_organization_change", "admin", args={"object_id": "organization_pk"}),
    Page("admin:organizations_organization_history", "admin", args={"object_id": "organization_pk"}),
    Page("admin:experts_expert_changelist", "admin"),
    Page("admin:experts_expert_import", "admin", send="#content form button[type=submit], #content form input[type=submit]"),
    Page("admin:experts_import_change", "admin", args={"pk": "import"}),
    Page("admin:experts_import_change", "admin", args={"pk": "import_done"}),
    Page("admin:experts_import_change", "admin", args={"pk": "import_running"}, query="?still"),
    Page("admin:notifications_mail_changelist", "admin"),
    Page("admin:notifications_mail_changelist", "admin", query="?since=0001-01-01", status=400),
    Page("admin:moderation_submission_changelist", "admin", query="?status=decided"),
    Page("admin:accounts_user_changelist", "admin"),
    Page("admin:accounts_user_change", "admin", args={"object_id": "person"}),
    Page("admin:accounts_user_end", "admin", args={"pk": "person"}),
    Page("admin:needs_need_changelist", "admin"),
    Page("admin:needs_need_change", "admin", args={"object_id": "need_pk"}),
    Page("admin:team_colleague_changelist", "admin"),
    Page("admin:team_colleague_invite", "admin", send="#content form button[type=submit]"),
    Page("admin:team_colleague_change", "admin", args={"pk": "moderator"}),
    Page("admin:messaging_contactrequest_changelist", "admin"),
    Page("admin:messaging_contactrequest_change", "admin", args={"object_id": "contact_held"}),
    Page("admin:messaging_report_changelist", "admin"),
    Page("admin:messaging_report_change", "admin", args={"object_id": "report"}),
    Page("admin:journal_record_changelist", "admin"),
    Page("admin:jobs_run_changelist", "admin"),
    Page("admin:experts_import_changelist", "admin"),
]
OUR_PAGES = VISITOR_PAGES + MEMBER_PAGES + AUTHOR_PAGES + DESK_PAGES

# What no address shows.
# Templates that whoever has begun a need sees behind a form: tests/needs.
BEHIND_A_FORM = ("needs/begun.html", "needs/keep.html")
ERRORS = ("400.html", "403.html", "403_csrf.html", "429.html", "500.html", "503.html", "messaging/gone.html")

# Addresses that are no page to look at.
AUTHOR_VERBS = ("withdraw", "bring_back")
NO_PAGES = {
    "answer to machines": {
        "healthz",
        "robots",
        "sitemaps",
        "sitemap",
        "security_text",
        "manifest",
        "admin:jsi18n",
        "admin:autocomplete",
        "mfa_login_webauthn",
        "directory:suggest",
        "needs:feed",
        "needs:calendar",
        *(f"api:{name}" for name in ("search", "entry", "vocabulary", "openapi")),
    },
    "file": {
        "picture",
        "messaging:card",
        "messaging:qr",
        "experts:cv",
        "mfa_download_recovery_codes",
        "admin:experts_expert_import_template",
        "admin:experts_import_left_out",
    },
    # A sandbox without scripts, in which nothing can be measured.
    "the HTML of a mail": {"notifications:demo_mail_html", "admin:notifications_mail_html"},
    "POST only": {
        *(f"{room}:{verb}" for room in ("experts", "organizations", "projects", "needs") for verb in AUTHOR_VERBS),
        # Looked at as experts:submit; the others have nothing to send in the sample.
        *(f"{room}:submit" for room in ("organizations", "projects", "needs")),
        *(f"organizations:{verb}" for verb in ("invite", "change_role", "remove", "revoke", "decide_request")),
        *(f"projects:{verb}" for verb in ("lead", "name", "remove")),
        *(f"admin:directory_entry_{verb}" for verb in ("hide", "restore", "roll_back")),
        *(f"admin:accounts_user_{verb}" for verb in ("erase", "deactivate", "reactivate")),
        *(f"admin:experts_import_{verb}" for verb in ("start", "line", "undo")),
        *(f"admin:team_colleague_{verb}" for verb in ("revoke", "remove", "reset_factor")),
        *(f"messaging:{verb}" for verb in ("reach", "unblock")),
        *(f"needs:{verb}" for verb in ("close", "propose", "exclude")),
        *(f"admin:messaging_{verb}" for verb in ("contactrequest_release", "contactrequest_stop", "report_settle")),
        *(f"admin:organizations_organization_{verb}" for verb in ("verify", "end_verification")),
        *(f"admin:{model._meta.label_lower.replace('.', '_')}_export" for model in admin.site._registry),
    },
    "for the frame of a partner's page": {"needs:embed"},
    "asks the browser for a real security key": {"mfa_reauthenticate_webauthn"},
    "leads elsewhere": {"well_known_change_password", *ICONS, "account_set_password", "admin:login", "admin:view_on_site"},
    # The journeys look at these: they come after another page only.
    "after a form": {"account_confirm_login_code", "mfa_authenticate", "needs:begun", "needs:keep"},
    # Django's own, without anything of ours.
    "stock": {"admin:logout", "admin:password_change", "admin:password_change_done", "admin:app_list"},
}
STOCK_VIEWS = ("changelist", "add", "change", "delete", "history")


def stock_pages() -> list[Page]:
    """The pages that Django makes of our models, where the administrator may open them; call it with the sample made."""
    ours = {page.name for page in DESK_PAGES}
    pages = []
    for model in admin.site._registry:
        first = model._default_manager.order_by("pk").first()
        for view in STOCK_VIEWS:
            name = f"admin:{model._meta.label_lower.replace('.', '_')}_{view}"
            if view not in {"changelist", "change"} and model is not User:
                continue  # the same templates for all models
            needs_object = view in {"change", "delete", "history"}
            if name not in ours and (first or not needs_object):
                pages.append(Page(name, "admin", args={"object_id": str(first.pk)} if needs_object else {}))
    return pages


def names_of_stock_pages() -> set[str]:
    labels = [model._meta.label_lower.replace(".", "_") for model in admin.site._registry]
    return {f"admin:{label}_{view}" for label in labels for view in STOCK_VIEWS} | {"admin:auth_user_password_change"}
