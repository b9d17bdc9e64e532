import errno
import io
import os
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from core import uploads

GPS_IFD, ORIENTATION = 0x8825, 0x0112
SCRIPT = b"<script>alert(1)</script>"


def picture(form="JPEG", size=(1200, 800), mode="RGB", name="photo.jpg", **options):
    buffer = io.BytesIO()
    image = Image.new("RGB", size, "teal")
    image.paste("white", (0, 0, size[0] // 4, size[1] // 4))
    image.convert(mode).save(buffer, form, **options)
    return ContentFile(buffer.getvalue(), name=name)


def pdf(*objects, name="cv.pdf", end=b"%%EOF\n"):
    return ContentFile(b"%PDF-1.7\n" + b"\n".join(objects) + b"\n" + end, name=name)


def compressed(content):
    packed = zlib.compress(content)
    return b"9 0 obj << /Type /ObjStm /N 1 /Length %d >>\nstream\n%s\nendstream endobj" % (len(packed), packed)


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_photographs_become_webp_of_the_size_asked_for(form, mode):
    large = uploads.clean_photo(picture(form, mode=mode))
    small = uploads.clean_photo(picture(form, mode=mode), side=uploads.THUMBNAIL_SIDE)
    assert [Image.open(file).format for file in (large, small)] == ["WEBP", "WEBP"]
    assert Image.open(large).size == (960, 640)
    assert Image.open(small).size == (240, 160)


def test_a_small_picture_is_not_blown_up():
    assert Image.open(uploads.clean_photo(picture(size=(100, 50)))).size == (100, 50)


def test_the_metadata_of_a_photograph_is_gone_and_its_orientation_applied():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (34.0, 1.0, 0.0)})
    sent = picture(exif=exif, comment=b"home address", icc_profile=b"profile")
    assert Image.open(sent).getexif().get_ifd(GPS_IFD)
    kept = uploads.clean_photo(sent)
    image = Image.open(kept)
    assert image.size == (640, 960)
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
    assert b"home address" not in kept.read()


def test_a_transparent_logo_stays_transparent():
    assert Image.open(uploads.clean_photo(ContentFile(transparent_png(), name="logo.png"))).mode == "RGBA"


def transparent_png():
    buffer = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(buffer, "PNG")
    return buffer.getvalue()


def test_code_hidden_behind_a_picture_does_not_survive():
    polyglot = ContentFile(picture().read() + SCRIPT, name="photo.html")
    kept = uploads.clean_photo(polyglot)
    assert SCRIPT not in kept.read()


@pytest.mark.parametrize("name", ["../../etc/passwd", "photo\u202egpj.exe", "a" * 300 + ".jpg", "صورتي.jpg"])
def test_names_of_visitors_never_reach_the_disk(name):
    first, second = (uploads.clean_photo(picture(name="x.jpg")) for _ in range(2))
    assert first.name != second.name
    assert first.name.endswith(".webp")
    assert name not in first.name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html>" + SCRIPT,
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;" + SCRIPT,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"%PDF-1.7",
    ],
)
def test_what_is_no_photograph_is_refused_whatever_its_name(content):
    with pytest.raises(ValidationError) as refused:
        uploads.clean_photo(ContentFile(content, name="photo.jpg"))
    assert refused.value.code == "not_a_photo"


def test_half_a_photograph_is_refused():
    content = picture(form="PNG").read()
    with pytest.raises(ValidationError) as refused:
        uploads.clean_photo(ContentFile(content[: len(content) // 2], name="photo.png"))
    assert refused.value.code == "not_a_photo"


def test_a_gif_is_refused():
    with pytest.raises(ValidationError) as refused:
        uploads.clean_photo(picture("GIF"))
    assert refused.value.code == "not_a_photo"


@pytest.mark.parametrize("size", [(9000, 9000), (40_001, 1000)])
def test_a_decompression_bomb_is_refused_before_it_is_unpacked(size):
    buffer = io.BytesIO()
    Image.new("1", size).save(buffer, "PNG")
    with pytest.raises(ValidationError) as refused:
        uploads.clean_photo(ContentFile(buffer.getvalue(), name="bomb.png"))
    assert refused.value.code == "too_many_pixels"


def test_a_photograph_over_eight_megabytes_is_refused_unread():
    with pytest.raises(ValidationError) as refused:
        uploads.clean_photo(ContentFile(b"x" * (uploads.MAX_PHOTO_BYTES + 1)))
    assert refused.value.code == "too_large"


def test_a_harmless_pdf_is_kept_byte_by_byte():
    sent = pdf(b"1 0 obj << /Type /Catalog /OpenAction [2 0 R /Fit] >> endobj", compressed(b"<< /URI (https://example.org) >>"))
    kept = uploads.clean_pdf(sent)
    sent.seek(0)
    assert kept.read() == sent.read()
    assert kept.name.endswith(".pdf")
    assert kept.name != sent.name


@pytest.mark.parametrize(
    ("active", "code"),
    [
        (b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>", "active_content"),
        (b"<< /S /J#61vaScript /JS (app.alert(1)) >>", "active_content"),
        (compressed(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "active_content"),
        (b"<< /S /Launch /F (cmd.exe) >>", "active_content"),
        (b"<< /Names << /EmbeddedFiles 3 0 R >> >>", "active_content"),
        (b"<< /AcroForm << /XFA 4 0 R >> >>", "active_content"),
        (b"trailer << /Encrypt 5 0 R >>", "locked"),
        (compressed(b"\0" * (uploads.MAX_UNPACKED_BYTES + 1)), "too_complex"),
    ],
)
def test_a_pdf_that_does_something_by_itself_is_refused(active, code):
    with pytest.raises(ValidationError) as refused:
        uploads.clean_pdf(pdf(active))
    assert refused.value.code == code


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ%PDF-1.7 %%EOF", b"%PDF-1.7 cut off"])
def test_what_is_no_whole_pdf_is_refused(content):
    with pytest.raises(ValidationError) as refused:
        uploads.clean_pdf(ContentFile(content, name="cv.pdf"))
    assert refused.value.code == "not_a_pdf"


@pytest.mark.parametrize("beginning", [b"PK\x03\x04word", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff\xe0", b"{\\rtf1"])
def test_another_kind_of_file_is_called_by_its_name(beginning):
    with pytest.raises(ValidationError) as refused:
        uploads.clean_pdf(ContentFile(beginning + b"x" * 100))
    assert refused.value.code == "other"


def test_a_pdf_over_five_megabytes_is_refused():
    with pytest.raises(ValidationError) as refused:
        uploads.clean_pdf(pdf(b"x" * uploads.MAX_PDF_BYTES))
    assert refused.value.code == "too_large"


def test_a_stored_file_is_whole_and_leaves_nothing_beside_it(tmp_path):
    storage = uploads.DurableStorage(location=tmp_path)
    name = storage.save("photos/a.webp", ContentFile(b"pixels"))
    assert (tmp_path / name).read_bytes() == b"pixels"
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["a.webp"]


def test_a_second_file_of_the_same_name_does_not_replace_the_first(tmp_path):
    storage = uploads.DurableStorage(location=tmp_path)
    first, second = (storage.save("a.webp", ContentFile(content)) for content in (b"1", b"2"))
    assert first != second
    assert (tmp_path / first).read_bytes() == b"1"


def test_a_full_disk_leaves_no_truncated_file(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        uploads.DurableStorage(location=tmp_path).save("photos/a.webp", ContentFile(b"pixels"))
    assert list((tmp_path / "photos").iterdir()) == []


def test_a_file_is_synced_before_it_gets_its_name_and_its_folder_after(tmp_path, monkeypatch):
    order = []
    for name in ("fsync", "replace"):
        call = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *a, name=name, call=call: (order.append(name), call(*a))[1])
    uploads.DurableStorage(location=tmp_path).save("a.webp", ContentFile(b"pixels"))
    assert order == ["fsync", "replace", "fsync"]


def test_media_are_stored_durably():
    from django.core.files.storage import default_storage

    assert isinstance(default_storage, uploads.DurableStorage)


@pytest.fixture
def stored(tmp_path):
    storage = uploads.DurableStorage(location=tmp_path)
    with storage.open(storage.save("a.webp", ContentFile(b"content"))) as file:
        yield file


def test_a_private_file_is_a_download_that_nothing_keeps(stored):
    response = uploads.private_file_response(stored, "سيرة ذاتية.pdf")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content) == b"content"


def test_a_public_picture_is_nothing_but_a_picture(stored):
    response = uploads.photo_response(stored)
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_sixteen_bit_grey_stays_grey():
    buffer = io.BytesIO()
    Image.new("I;16", (40, 40), 128 * 256).save(buffer, "PNG")
    cleaned = Image.open(uploads.clean_photo(ContentFile(buffer.getvalue(), name="scan.png")))
    assert all(120 < value < 136 for value in cleaned.convert("RGB").getpixel((20, 20)))


def test_a_palette_is_shrunk_through_the_colours_between():
    stripes = Image.new("P", (2400, 2400))
    stripes.putpalette([0, 0, 0, 255, 255, 255])
    for column in range(0, 2400, 2):
        stripes.paste(1, (column, 0, column + 1, 2400))
    buffer = io.BytesIO()
    stripes.save(buffer, "PNG")
    cleaned = Image.open(uploads.clean_photo(ContentFile(buffer.getvalue(), name="map.png")))
    assert 90 < cleaned.convert("L").getpixel((200, 200)) < 165
