"""The editor's forms as a browser reads and sends them."""

import html5lib


def form_data(response) -> dict[str, list[str]]:
    """What a browser would send of the editor's form, were it submitted untouched."""
    page = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = page.find(".//form[@enctype='multipart/form-data']")
    data: dict[str, list[str]] = {}
    for element in form.iter():
        name, values = element.get("name"), sent_values(element)
        if name and values:
            data.setdefault(name, []).extend(values)
    return data


def sent_values(element) -> list[str]:
    match element.tag:
        case "textarea":
            return [element.text or ""]
        case "select":
            options = list(element.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            return [option.get("value", "") for option in chosen]
        case "input" if element.get("type") in {"checkbox", "radio"}:
            return [element.get("value", "on")] if element.get("checked") is not None else []
        case "input" if element.get("type") not in {"submit", "file"}:
            return [element.get("value", "")]
    return []


def open_and_send(client, url: str, **changes):
    """Open a step, type the changes and press Save. Double underscores stand for the hyphens in names of rows."""
    data = form_data(client.get(url)) | {"then": "stay"}
    return client.post(url, data | {name.replace("__", "-"): value for name, value in changes.items()})
