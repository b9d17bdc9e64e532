"""Where a new account begins: at the first step of what was asked for at sign-up."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from accounts.models import User
from experts import actions as expert_actions
from notifications.account_mails import QueueingAccountAdapter

FIRST_PAGES = {User.Purpose.ORGANIZATION: "organizations:start", User.Purpose.PROJECT: "projects:start"}


class WelcomingAccountAdapter(QueueingAccountAdapter):
    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Experts open their profile at once: it is private, and its first step is a form to fill."""
        purpose = request.user.purpose
        if purpose == User.Purpose.EXPERT:
            return expert_actions.start(language=get_language(), by=request.user).edit_url()
        return reverse(FIRST_PAGES[purpose])
