"""Needs that are begun with a sentence, by somebody who may have no account yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directory import matching
from directory.labels import label_of
from directory.matching import Criterion, What
from needs import actions
from needs.models import AskedLanguage, Beginning, Need
from needs.reading import COUNTRY, GOAL, LANGUAGE, LEVEL, MODE, REGION, START, THEME, ReadPiece, read_sentence
from needs.schema import Must, WorkMode
from organizations.models import Organization
from projects.models import Project
from quotas.counting import DAY, Quota, spend

COOKIE = "begun_need"
KEPT = timedelta(days=30)
BEGUN = Quota(
    "needs.begun", 5, DAY, _("Five needs have been started from this connection today. Please sign in, or come back tomorrow.")
)
TITLE_LENGTH = 120
LISTS = {THEME: "theme", GOAL: "goal", COUNTRY: "country", REGION: "subdivision", LANGUAGE: "language"}
MUST_OF = {
    THEME: Must.THEMES,
    LANGUAGE: Must.LANGUAGES,
    COUNTRY: Must.COUNTRY,
    REGION: Must.REGION,
    MODE: Must.MODE,
    START: Must.START,
}
MUST, NICE, WITHOUT = "must", "nice", "without"


@dataclass(frozen=True)
class Piece:
    """One criterion as the page shows it."""

    reading: ReadPiece
    label: str
    choice: str  # must, nice, without

    @property
    def may_be_must(self) -> bool:
        return self.reading.what in MUST_OF


@dataclass(frozen=True)
class Outlook:
    """How many answer, and which must keeps most people out."""

    count: int
    excluding: str = ""
    excluded: int = 0


def begin(request: HttpRequest, sentence: str) -> Beginning:
    """Raises QuotaSpent."""
    begun = Beginning(key=get_random_string(40), sentence=sentence, language=get_language())
    with transaction.atomic():
        if not request.user.is_authenticated:
            spend(BEGUN.of(str(get_adapter().get_client_ip(request))))
        begun.save()
    return begun


def of(request: HttpRequest) -> Beginning | None:
    key = request.get_signed_cookie(COOKIE, default="", max_age=KEPT)
    return Beginning.objects.filter(key=key, created_at__gt=timezone.now() - KEPT).first() if key else None


def remember(response: HttpResponse, begun: Beginning) -> None:
    response.set_signed_cookie(
        COOKIE, begun.key, max_age=KEPT, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def pieces(begun: Beginning) -> list[Piece]:
    """What was read, as it stands after the corrections."""
    return [
        Piece(reading, _label(reading), begun.choices.get(reading.name, MUST if reading.must else NICE))
        for reading in read_sentence(begun.sentence)
    ]


def correct(begun: Beginning, sent: Mapping[str, str]) -> None:
    chosen = {
        piece.reading.name: sent.get(piece.reading.name, piece.choice)
        for piece in pieces(begun)
        if sent.get(piece.reading.name, piece.choice) in {MUST, NICE, WITHOUT}
    }
    begun.choices = chosen
    begun.save(update_fields=["choices"])


def _label(reading: ReadPiece) -> str:
    match reading.what:
        case "start":
            return date_format(date.fromisoformat(reading.code), "DATE_FORMAT")
        case "mode":
            return str(WorkMode(reading.code).label)
        case "language":
            return f"{label_of('language', reading.code, get_language())}, {LEVEL}"
    return label_of(LISTS[reading.what], reading.code, get_language())


def outlook(begun: Beginning, shown: list[Piece]) -> Outlook:
    found = matching.match(_criteria(begun, shown), quotes=0)
    if not found.excluding:
        return Outlook(len(found.ranked))
    criterion, excluded = found.excluding[0]
    return Outlook(len(found.ranked), matching.label(criterion), excluded)


def _criteria(begun: Beginning, shown: list[Piece]) -> list[Criterion]:
    criteria = [Criterion(What.SUBJECT, (begun.sentence,), languages=(begun.language,))]
    whats = {THEME: What.THEME, COUNTRY: What.COUNTRY, REGION: What.REGION, LANGUAGE: What.LANGUAGE, MODE: What.MODE}
    for piece in shown:
        must = piece.choice == MUST
        if piece.choice == WITHOUT:
            continue
        if piece.reading.what == START:
            criteria.append(Criterion(What.START, must=must, day=date.fromisoformat(piece.reading.code)))
        elif piece.reading.what in whats:
            level = LEVEL if piece.reading.what == LANGUAGE else ""
            criteria.append(Criterion(whats[piece.reading.what], (piece.reading.code,), must, level=level))
    return criteria


def keep(begun: Beginning, *, organization: Organization | None, project: Project | None, by: User) -> Need:
    """A draft of this author with what was understood; the beginning is gone with it."""
    kept = [piece for piece in pieces(begun) if piece.choice != WITHOUT]

    def codes(what: str) -> list[str]:
        return [piece.reading.code for piece in kept if piece.reading.what == what]

    need = Need(source_language=begun.language, organization=organization, project=project, type="expertise")
    setattr(need, f"name_{begun.language}", _title(begun.sentence))
    setattr(need, f"text_{begun.language}", begun.sentence)
    need.themes, need.goals = codes(THEME), sorted(map(int, codes(GOAL)))
    need.region = next(iter(codes(REGION)), "")
    need.country = need.region[:2] or next(iter(codes(COUNTRY)), "")
    need.mode = next(iter(codes(MODE)), "")
    need.start = next(map(date.fromisoformat, codes(START)), None)
    musts = {MUST_OF[piece.reading.what] for piece in kept if piece.choice == MUST and piece.reading.what in MUST_OF}
    need.musts = [must for must in Must.values if must in musts]
    languages = [
        AskedLanguage(code=piece.reading.code, level=LEVEL, is_bonus=piece.choice == NICE)
        for piece in kept
        if piece.reading.what == LANGUAGE
    ]
    need = actions.start(need, languages=languages, by=by)
    begun.delete()
    return need


def _title(sentence: str) -> str:
    """Its beginning, cut between words: the author makes a title of it."""
    first = sentence.split("\n")[0].strip()
    if len(first) <= TITLE_LENGTH:
        return first.rstrip(".")
    return f"{first[:TITLE_LENGTH].rsplit(' ', 1)[0]}…"
