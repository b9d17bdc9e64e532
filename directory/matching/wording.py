"""A judgement in a sentence, and a criterion in a few words, in the language of the reader."""

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy

from core.languages import in_a_row
from directory.labels import label_of, level_in_a_sentence
from directory.matching.criteria import Criterion, CriterionState, What
from directory.matching.judging import Judgement

STATES = {
    CriterionState.MET: pgettext_lazy("criterion", "met"),
    CriterionState.PARTLY: pgettext_lazy("criterion", "partly met"),
    CriterionState.NOT_MET: pgettext_lazy("criterion", "not met"),
    CriterionState.NOT_STATED: pgettext_lazy("criterion", "not stated"),
}
LISTS = {
    What.THEME: "theme",
    What.LANGUAGE: "language",
    What.COUNTRY: "country",
    What.REGION: "subdivision",
    What.MILIEU: "milieux",
    What.TYPE: "organisation_types",
}
MODES = {"onsite": pgettext_lazy("mode", "On site"), "remote": pgettext_lazy("mode", "Remotely")}


def label(criterion: Criterion) -> str:
    """What is asked, as a heading: "Arabic, C1"."""
    match criterion.what:
        case What.SUBJECT:
            return pgettext("criterion", "Subject")
        case What.START:
            return date_format(criterion.day, "DATE_FORMAT")
        case What.GOALS:
            return gettext("Goals %(numbers)s") % {"numbers": in_a_row(criterion.values)}
        case What.MODE:
            return in_a_row([str(MODES[code]) for code in criterion.values])
        case What.LANGUAGE if criterion.level:
            return pgettext("language and level", "%(language)s, %(level)s") % {
                "language": _names(What.LANGUAGE, criterion.values),
                "level": level_in_a_sentence(criterion.level, get_language()),
            }
    return _names(criterion.what, criterion.values)


def sentence(judgement: Judgement) -> str:
    """Why it is met or not, short and checkable."""
    if judgement.state is CriterionState.NOT_STATED:
        return _not_stated(judgement)
    return SENTENCES[judgement.criterion.what](judgement)


def _not_stated(judgement: Judgement) -> str:
    match judgement.criterion.what:
        case What.LANGUAGE if judgement.said.get("language"):
            return gettext("Speaks it, without saying how well. This does not count as met.")
        case What.START:
            return gettext("The page does not say from when. This does not count as met.")
        case What.SUBJECT:
            return gettext("The page says nothing of it yet.")
    return gettext("The page does not say. This does not count as met.")


def _subject(judgement: Judgement) -> str:
    match judgement.state:
        case CriterionState.MET:
            return gettext("What the page tells is close to what is asked.")
        case CriterionState.PARTLY:
            return gettext("The page tells something near what is asked.")
    return gettext("The page tells of other things.")


def _theme(judgement: Judgement) -> str:
    told = {"theme": _name(What.THEME, judgement.said.get("theme", "")), "asked": _names(What.THEME, judgement.criterion.values)}
    match judgement.said.get("how"):
        case "declared":
            return gettext("Declares this theme.")
        case "below":
            return gettext("Declares “%(theme)s”, a part of this theme.") % told
        case "read":
            return gettext("Tells of it in the texts of the page.")
        case "near":
            return gettext("Works on a theme next to “%(asked)s”.") % told
    return gettext("Declares other themes.")


def _goals(judgement: Judgement) -> str:
    shared = judgement.said["goals"]
    if judgement.state is CriterionState.MET:
        return gettext("Contributes to the same goals: %(numbers)s.") % {"numbers": in_a_row(shared)}
    return gettext("Contributes to other goals.")


def _language(judgement: Judgement) -> str:
    level = judgement.said.get("level", "")
    if not level:
        return gettext("Speaks it.")
    told = {
        name: level_in_a_sentence(code, get_language()) for name, code in (("level", level), ("asked", judgement.criterion.level))
    }
    if not judgement.criterion.level:
        return gettext("Speaks it: %(level)s.") % told
    if judgement.state is CriterionState.MET:
        return gettext("Speaks it: %(level)s, where %(asked)s is asked.") % told
    return gettext("Speaks it: %(level)s, below the %(asked)s that is asked.") % told


def _place(judgement: Judgement) -> str:
    place = judgement.said.get("place", "")
    told = {"place": label_of("territory", place, get_language()) if place else "", "km": judgement.said.get("km")}
    match judgement.said.get("how"):
        case "based":
            return gettext("Based there: %(place)s.") % told
        case "works":
            return gettext("Works there: names %(place)s among the territories of intervention.") % told
        case "near":
            return gettext("Based nearby: %(place)s, about %(km)d km from centre to centre.") % told
    return gettext("Based elsewhere: %(place)s.") % told if place else gettext("Works elsewhere.")


def _mode(judgement: Judgement) -> str:
    if judgement.state is CriterionState.MET:
        return gettext("The page says so.")
    if judgement.said["reach"] == ["remote"]:
        return gettext("Works remotely only.")
    return gettext("Works on site only.")


def _start(judgement: Judgement) -> str:
    match judgement.said["how"]:
        case "now":
            return gettext("Available now.")
        case "from":
            day = {
                "day": date_format(judgement.said["day"], "DATE_FORMAT"),
                "asked": date_format(judgement.criterion.day, "DATE_FORMAT"),
            }
            if judgement.state is CriterionState.MET:
                return gettext("Available from %(day)s, in time for %(asked)s.") % day
            return gettext("Available from %(day)s, after %(asked)s.") % day
        case "closed":
            return gettext("Not available.")
    return gettext("Available later, without a date.")


def _kind_of_body(judgement: Judgement) -> str:
    own = judgement.said["milieu" if judgement.criterion.what is What.MILIEU else "type"]
    told = {"type": _name(judgement.criterion.what, own)}
    return (
        gettext("As asked: %(type)s.") if judgement.state is CriterionState.MET else gettext("Another kind: %(type)s.")
    ) % told


SENTENCES = {
    What.SUBJECT: _subject,
    What.THEME: _theme,
    What.GOALS: _goals,
    What.LANGUAGE: _language,
    What.COUNTRY: _place,
    What.REGION: _place,
    What.MODE: _mode,
    What.START: _start,
    What.MILIEU: _kind_of_body,
    What.TYPE: _kind_of_body,
}


def _name(what: What, code: str) -> str:
    return label_of(LISTS[what], code, get_language()) if code else ""


def _names(what: What, codes: tuple[str, ...]) -> str:
    return in_a_row([_name(what, code) for code in codes])
