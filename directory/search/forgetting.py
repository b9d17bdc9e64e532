"""Taking an entry out of the index for good."""

from copy import copy

from directory.models import Entry, SearchWord
from directory.search.counting import answers
from directory.search.question import read_question
from directory.search.reading import read
from directory.search.writing import unindex


def forget(entry: Entry) -> None:
    """Like `unindex`, and with the words for corrections that no other entry holds: names are among them.

    Other processes may go on believing that such a word is stored; a new entry that holds it has it again with the next
    `rebuild_search`.
    """
    unindex(entry)
    words = sorted(_words_ever_public(entry))
    held = answers([_asking(word) for word in words], kind=None)
    SearchWord.objects.filter(word__in=[word for word, others in zip(words, held, strict=True) if not others]).delete()


def _words_ever_public(entry: Entry) -> set[str]:
    words: set[str] = set()
    for version in entry.versions.all():
        then = copy(entry)
        then.document = version.document
        words |= read(then).words
    return words


def _asking(word: str) -> str:
    question = read_question(word)
    return question.asking(question.units) or "nothing:asked"
