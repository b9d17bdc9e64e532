import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401 registered here, to be taken out below
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, ReadOnlyPasswordHashWidget, UserChangeForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from core.languages import in_a_row
from desk.filters import DeskFilters, Values, period
from desk.lists import DeskAdmin

from .models import Consent, User
from .roles import SHORT, role_label, roles_of

# The stock admin login has no limit of tries and knows no second factor: one door for all, the site's own.
admin.site.login = secure_admin_login(admin.site.login)

# Rows of packages that say nothing without their context: what they hold stands on the page of the person, and what a group
# may do on the page of the team.
for theirs in (EmailAddress, Authenticator, UserSession, Group):
    admin.site.unregister(theirs)


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email",)


class PasswordNote(ReadOnlyPasswordHashWidget):
    """Django's, less `disabled`: no <div> can be."""

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, {key: given for key, given in attrs.items() if key != "disabled"})


class UserForm(UserChangeForm):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if password := self.fields.get("password"):  # whoever may only look sees none
            password.widget = PasswordNote(password.widget.attrs)


class ConsentInline(admin.TabularInline):
    model = Consent
    extra = 0
    can_delete = False
    fields = readonly_fields = ("purpose", "text_version", "given_at", "withdrawn_at")

    def has_add_permission(self, request, obj=None) -> bool:
        return False


class UserFilters(DeskFilters):
    is_active = Values("is_active", label=_("active"))
    is_staff = Values("is_staff", label=_("member of the coordination team"))
    group = Values("groups", names="groups__name", label=_("role in the team"), name_of=role_label)
    purpose = Values("purpose", label=_("purpose"))
    language = Values("language", label=_("language"))
    since, until = period("date_joined", since=_("registered from"), until=_("registered until"))


@admin.register(User)
class UserAdmin(DeskAdmin, DjangoUserAdmin):
    filter_horizontal = ()  # its widget names things that have no role; a plain list can be used with any device
    form = UserForm
    add_form = UserCreationForm
    inlines = [ConsentInline]
    ordering = ("email",)
    list_display = ("email", "name", "language", "purpose", "is_staff", "is_active", "date_joined", "last_login")
    filters = UserFilters
    exported = ("email", "name", "language", "purpose", "is_active", "is_staff", "date_joined", "last_login")
    search_fields = ("email",)
    named_by = ("name",)
    search_help_text = _("Email address or name")
    readonly_fields = ("date_joined", "last_login", "team_roles", "team_until")
    fieldsets = (
        (None, {"fields": ("email", "name", "password", "language", "purpose")}),
        (_("Team"), {"fields": ("is_active", "team_roles", "team_until")}),
        (_("Dates"), {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "language", "usable_password", "password1", "password2")}),
    )

    @admin.display(description=_("roles in the team"))
    def team_roles(self, user: User) -> str:
        """They are given on the page of the team, which tells the person and keeps one administrator."""
        return in_a_row(SHORT[role] for role in roles_of(user)) or "–"

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_fieldsets(self, request, obj=None):
        """Whoever may only look sees no password and no rights: the team has a page of its own."""
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return (
            (None, {"fields": ("email", "name", "language", "purpose", "is_active")}),
            (_("Dates"), {"fields": ("date_joined", "last_login")}),
        )
