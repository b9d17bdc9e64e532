import pytest

from tests.factories.notifications import make_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def _demo(settings):
    settings.DEMO = True


@pytest.mark.usefixtures("_demo")
def test_the_demo_s_mails_are_read_without_an_account_newest_first(client):
    first, second = make_mail(name="Amina"), make_mail(name="Karim")
    page = client.get("/en/dev/mail/").content.decode()
    assert page.index("Karim") < page.index("Amina")
    mail_page = client.get(f"/en/dev/mail/{first.pk}/").content.decode()
    assert '<a href="http://127.0.0.1:8000/fr/" dir="ltr">' in mail_page
    assert client.get(f"/en/dev/mail/{second.pk + 1}/").status_code == 404


@pytest.mark.usefixtures("_demo")
def test_a_mail_in_its_frame_has_no_rights(client):
    response = client.get(f"/en/dev/mail/{make_mail().pk}/html/")
    policy = response["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("address", ["", "{pk}/", "{pk}/html/"])
def test_outside_the_demo_the_mails_do_not_exist(client, settings, address):
    settings.DEMO = False
    mail = make_mail()
    assert client.get(f"/en/dev/mail/{address.format(pk=mail.pk)}").status_code == 404
