"""The style sheets of a page as one file: a phone far away waits for one answer instead of a dozen.

They are written in one file per subject, and joined whenever one has changed: when collected for production and when asked
for in development alike, so that everybody sees the same. Only comments are left out; Brotli does the rest.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, searched_locations
from django.core.files.storage import FileSystemStorage

SOURCES = settings.BASE_DIR / "static"
OURS = [
    "fonts",
    "tokens",
    "volubilis",
    "frame",
    "components",
    "lists",
    "entry",
    "pages",
    "forms",
    "editor",
    "taxonomy",
    "contact",
    "needs",
    "print",
]
# Beside our own, so that their relative addresses stay true; Bootstrap's has none.
SHEETS = {
    "css/site.css": ["vendor/bootstrap/bootstrap.min.css", *(f"css/{name}.css" for name in OURS)],
    "css/site.rtl.css": ["vendor/bootstrap/bootstrap.rtl.min.css", *(f"css/{name}.css" for name in OURS)],
}
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
CHARSET = re.compile(r'@charset "utf-8";', re.IGNORECASE)


class JoinedSheets(BaseFinder):
    """Finds the joined sheets where STATICFILES_FINDERS asks for them."""

    def __init__(self, *args, **options) -> None:
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "joined")

    def check(self, **kwargs) -> list:
        return []

    def find(self, path: str, **options) -> str | list[str]:
        searched_locations.append(self.storage.location)
        if path not in SHEETS:
            return []
        self._join(path)
        found = self.storage.path(path)
        return [found] if options.get("find_all") or options.get("all") else found

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in SHEETS:
            self._join(path)
            yield path, self.storage

    def _join(self, path: str) -> None:
        sources = [SOURCES / name for name in SHEETS[path]]
        target = Path(self.storage.path(path))
        if target.exists() and target.stat().st_mtime > max(source.stat().st_mtime for source in sources):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(".partial")
        partial.write_text("\n".join(sheet(source) for source in sources), encoding="utf-8")
        partial.replace(target)


def sheet(source: Path) -> str:
    """One sheet without its comments; the one for paper says so inside now."""
    text = COMMENT.sub("", CHARSET.sub("", source.read_text(encoding="utf-8")))
    return f"@media print {{\n{text}}}\n" if source.stem == "print" else text
