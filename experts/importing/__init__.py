"""Bringing a list of people in: read a file, check each row like a form, write drafts, publish them if asked."""

from experts.importing.files import UnusableFile, read_rows
from experts.importing.rows import Fault, Outcome, Recap, import_rows

__all__ = ["Fault", "Outcome", "Recap", "UnusableFile", "import_rows", "read_rows"]
