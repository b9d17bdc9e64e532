"""Bringing a list of people in: read a file, check each line like a form, write profiles, publish them if asked, undo it all."""

from experts.importing.files import UnusableFile, read_rows
from experts.importing.recap import Fault, Recap, import_rows

__all__ = ["Fault", "Recap", "UnusableFile", "import_rows", "read_rows"]
