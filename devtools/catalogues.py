"""Compiles the message catalogues (.po) into what Django reads (.mo), without the gettext programs."""

import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_changed(folder: Path) -> int:
    """Compile each catalogue under `folder` that is newer than its compiled form; return how many there were."""
    changed = [source for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if is_stale(source)]
    for source in changed:
        compile_one(source)
    return len(changed)


def is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_one(source: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    for message in catalogue:
        if message.pluralizable and not all(message.string):
            # write_mo() would compile the empty forms, and the page would show nothing instead of English.
            message.string = ""
    # Renamed into place: another run may be reading the catalogue.
    descriptor, unfinished = tempfile.mkstemp(dir=source.parent, suffix=".tmp")
    with open(descriptor, "wb") as file:
        write_mo(file, catalogue)
    Path(unfinished).chmod(0o644)
    Path(unfinished).replace(source.with_suffix(".mo"))
