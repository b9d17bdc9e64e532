from django import template

from volubilis.demo import accounts

register = template.Library()


@register.inclusion_tag("volubilis/_demo_accounts.html")
def demo_accounts() -> dict:
    return {"accounts": accounts.ACCOUNTS, "password": accounts.PASSWORD}
