from django import template

from demo import accounts

register = template.Library()


@register.inclusion_tag("demo/_accounts.html")
def demo_accounts() -> dict:
    return {"accounts": accounts.ACCOUNTS, "password": accounts.PASSWORD}
