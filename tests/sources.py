"""The files of the project, for the gates that read them."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT: Path = settings.BASE_DIR
OTHERS = {
    ".git",
    ".venv",
    ".pg",
    ".data",
    ".cache",
    ".hypothesis",
    ".pytest_cache",
    ".ruff_cache",
    "__pycache__",
    "staticfiles",
    "vendor",
}


def rooms() -> list[str]:
    """Our applications: the packages beside manage.py that Django loads."""
    return sorted(Path(app.path).name for app in apps.get_app_configs() if Path(app.path).parent == ROOT)


def project_files(*suffixes: str, under: tuple[str, ...] = ("",)) -> Iterator[Path]:
    """Every file we wrote with one of these suffixes (all, without suffixes), in these folders."""
    for folder in under:
        for path in sorted((ROOT / folder).rglob("*")):
            if (
                path.is_file()
                and not OTHERS.intersection(path.relative_to(ROOT).parts)
                and (not suffixes or path.suffix in suffixes)
            ):
                yield path


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
