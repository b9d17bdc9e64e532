import pytest

from devtools import chromium


def test_named_browser_is_taken_and_a_wrong_name_is_not_replaced_silently(monkeypatch, tmp_path):
    program = tmp_path / "my-chromium"
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(program))
    assert chromium.find() == str(program)
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "absent"))
    assert chromium.find() is None
    assert chromium.provide(tmp_path) is None


def test_ways_are_tried_in_order_until_a_browser_starts(monkeypatch, tmp_path):
    tried = []
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "find", lambda: None)
    for name, answer in (
        ("already_kept", None),
        ("install_with_apt", "/broken"),
        ("unpack_from_apt", "/good"),
        ("unpack_from_npm", "/late"),
    ):
        monkeypatch.setattr(chromium, name, lambda _kept, name=name, answer=answer: tried.append(name) or answer)
    monkeypatch.setattr(chromium, "starts", lambda path: path == "/good")
    assert chromium.provide(tmp_path) == "/good"
    assert tried == ["already_kept", "install_with_apt", "unpack_from_apt"]


def test_desk_without_a_browser_skips_and_continuous_integration_fails(pytester, monkeypatch):
    pytester.makepyfile("import pytest\n@pytest.mark.browser\ndef test_page(browser): pass\n")
    pytester.makeini("[pytest]\nmarkers = browser\n")
    monkeypatch.setenv("CHROMIUM", "/absent")
    monkeypatch.delenv("CI", raising=False)
    arguments = ("-p", "tests.plugin", "-p", "no:django", "-p", "no:randomly")
    pytester.runpytest_inprocess(*arguments).assert_outcomes(skipped=1)
    monkeypatch.setenv("CI", "true")
    pytester.runpytest_inprocess(*arguments).assert_outcomes(errors=1)


@pytest.mark.browser
def test_browser_of_this_machine_opens_a_page(browser):
    page = browser.new_page()
    page.set_content("<title>وليلي</title>")
    assert page.title() == "وليلي"
    page.close()
