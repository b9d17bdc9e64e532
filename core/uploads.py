"""Files from visitors: photographs re-encoded, PDFs inspected, both stored so that a crash cannot truncate them."""

import os
import re
import secrets
import tempfile
import zlib
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
MAX_PHOTO_BYTES = 8 * MEGABYTE
MAX_PHOTO_PIXELS = 40_000_000
MAX_PDF_BYTES = 5 * MEGABYTE

# The longer side, in pixels, of the two sizes kept: profile page and list.
PHOTO_SIDE = 960
THUMBNAIL_SIDE = 240

# The actions and attachments through which a PDF does something by itself. OpenAction is not in the list: LaTeX writes one into
# every file, to open it at page one. What an OpenAction could start is.
ACTIVE_PDF_PARTS = (b"/JavaScript", b"/Launch", b"/SubmitForm", b"/ImportData", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
PDF_OBJECT_STREAM = re.compile(rb"/ObjStm\b.{0,500}?stream\r?\n(.*?)endstream", re.DOTALL)
PDF_ESCAPED_CHARACTER = re.compile(rb"#([0-9A-Fa-f]{2})")
MAX_UNPACKED_BYTES = 20 * MEGABYTE


def random_name(extension: str) -> str:
    """Visitors' file names never reach the disk."""
    return f"{secrets.token_hex(16)}.{extension}"


def clean_photo(file: File, *, side: int = PHOTO_SIDE) -> ContentFile:
    """The picture as WebP, upright, at most `side` pixels long, without metadata; raises ValidationError when it is none.

    Only pixels survive the re-encoding: EXIF with the place, colour profiles and code hidden behind the picture are gone.
    """
    if file.size > MAX_PHOTO_BYTES:
        raise ValidationError(_("This picture is larger than 8 MB. Save it smaller and send it again."), code="too_large")
    try:
        file.seek(0)
        # The format is read from the content, never from the name; SVG, GIF and all others are unknown here.
        with Image.open(file, formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > MAX_PHOTO_PIXELS:
                raise ValidationError(
                    _("This picture has more than 40 megapixels. Save it smaller and send it again."), code="too_many_pixels"
                )
            picture = upright_and_small(image, side)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This file is not a picture we can read. Send a JPEG, PNG or WebP file."), code="not_a_photo"
        ) from error
    return encode_webp(picture)


def upright_and_small(image: Image.Image, side: int) -> Image.Image:
    # JPEG only: decode at a fraction of the size, which saves most of the memory of a large photograph.
    image.draft("RGB", (2 * side, 2 * side))
    picture = with_smooth_colours(ImageOps.exif_transpose(image))
    picture.thumbnail((side, side))
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def with_smooth_colours(picture: Image.Image) -> Image.Image:
    """Eight bits a channel, no palette: Pillow cuts 16-bit grey at 255, and shrinks palettes by leaving pixels out."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "P":
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture


def encode_webp(picture: Image.Image) -> ContentFile:
    encoded = ContentFile(b"", name=random_name("webp"))
    # A new picture from the bare pixels: save() would copy profiles and comments from picture.info.
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    bare.save(encoded, "WEBP", quality=82, method=4)
    encoded.size = encoded.tell()
    encoded.seek(0)
    return encoded


# How files begin that people send in place of a PDF, and what to call them.
OTHER_FILES = {
    b"PK\x03\x04": pgettext_lazy("kind of file", "a Word or other office document"),
    b"\xd0\xcf\x11\xe0": pgettext_lazy("kind of file", "a Word or other office document"),
    b"{\\rtf": pgettext_lazy("kind of file", "a Word or other office document"),
    b"\xff\xd8\xff": pgettext_lazy("kind of file", "a picture"),
    b"\x89PNG": pgettext_lazy("kind of file", "a picture"),
}


def clean_pdf(file: File) -> ContentFile:
    """The PDF as sent, under a random name; raises ValidationError when it is too large, locked, active or no PDF."""
    if file.size > MAX_PDF_BYTES:
        raise ValidationError(_("This file is larger than 5 MB. Save it smaller and send it again."), code="too_large")
    file.seek(0)
    content = file.read()
    if name := next((name for start, name in OTHER_FILES.items() if content.startswith(start)), None):
        raise ValidationError(_("This is %(kind)s, not a PDF. Save it as PDF and send that file.") % {"kind": name}, code="other")
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise ValidationError(_("This file is not a complete PDF. Export it again as PDF."), code="not_a_pdf")
    if b"/Encrypt" in content:
        raise ValidationError(_("This PDF is locked. Export it again without a password."), code="locked")
    if any(part in text for text in readable_pdf_parts(content) for part in ACTIVE_PDF_PARTS):
        raise ValidationError(
            _("This PDF contains scripts, forms or attached files. Print it to a new PDF and send that one."),
            code="active_content",
        )
    return ContentFile(content, name=random_name("pdf"))


def readable_pdf_parts(content: bytes) -> list[bytes]:
    """The file itself and its compressed objects, with escaped names (/J#61vaScript) spelt out."""
    parts = [content]
    room = MAX_UNPACKED_BYTES
    for stream in PDF_OBJECT_STREAM.finditer(content):
        try:
            unpacked = zlib.decompressobj().decompress(stream[1], room)
        except zlib.error:
            continue
        parts.append(unpacked)
        room -= len(unpacked)
        if room <= 0:
            raise ValidationError(
                _("This PDF is too complex to check. Print it to a new PDF and send that one."), code="too_complex"
            )
    return [PDF_ESCAPED_CHARACTER.sub(lambda match: bytes([int(match[1], 16)]), part) for part in parts]


class DurableStorage(FileSystemStorage):
    """A file is either whole on the disk or absent, whatever fails meanwhile: full disk, crash, loss of power."""

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".upload-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, self.file_permissions_mode or 0o640)
            os.replace(temporary, target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        self._sync_folder(target.parent)
        return str(Path(name).as_posix())

    @staticmethod
    def _sync_folder(folder: Path) -> None:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def private_file_response(file: File, filename: str) -> FileResponse:
    """A private file as a download that no browser opens, sniffs or keeps. The view decides who may have it."""
    response = FileResponse(file.open("rb"), as_attachment=True, filename=filename)
    response["Cache-Control"] = "private, no-store"
    return sealed(response)


def photo_response(file: File) -> FileResponse:
    """A public picture made by clean_photo. The view decides whether it is still public."""
    response = FileResponse(file.open("rb"), content_type="image/webp")
    # Names are random and never reused; the hour bounds how long a withdrawn picture lives on in caches.
    response["Cache-Control"] = "public, max-age=3600"
    return sealed(response)


def sealed(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
