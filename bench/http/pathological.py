"""Questions that only somebody malicious, or a machine, would ask. Names are for the report; the values are raw query strings."""

from urllib.parse import quote_plus


def q(text: str, more: str = "") -> str:
    return f"q={quote_plus(text, errors='surrogatepass')}{more}"


QUESTIONS = {
    "one letter": q("a"),
    "one Arabic letter": q("و"),
    "stop words only": q("le la les de des"),
    "every letter": q(" ".join("abcdefghijklmnopqrstuvwxyz")),
    "a hundred words": q(" ".join(["eau"] * 66)),
    "two-letter words": q(" ".join(f"{a}{b}" for a in "bcdfghklm" for b in "aeiou")[:200]),
    "OR chain": q(" OR ".join(["eau", "sol", "air", "feu"] * 6)[:200]),
    "operators of tsquery": q("eau & | ! <-> :* ( ) 'x"),
    "quotes without end": q('"' * 200),
    "nested quotes": q('"eau "sol "air" "feu"'),
    "minus only": q("-eau -sol -air -feu"),
    "minus of all": q("eau -eau"),
    "many phrases": q('"de la" ' * 25),
    "percent and underscore": q("%_%_%_%_%"),
    "backslashes": q("\\" * 200),
    "emoji": q("😀" * 100),
    "marks on one letter": q("e" + "\u0301" * 199),
    "tatweel": q("م" + "ـ" * 190 + "اء"),
    "bidi controls": q("\u202e\u2066eau\u2069" * 30),
    "digits": q("9" * 200),
    "a word of 200 letters": q("z" * 200),
    "201 characters": q("z" * 201),
    "names only": q("Ben Ali Bel Hadj Abd el Kader Abou Bakr Ibn Rochd Oulad Aït Moulay Sidi"),
    "one syllable, again and again": q("mohamed " * 25),
    "all goals": q("", "".join(f"&goal={number}" for number in range(1, 18))),
    "forty countries": q("", "".join(f"&country={a}{b}" for a in "ABCDEFGHIJ" for b in "MAFR")),
    "a thousand values": q("", "&theme=x" * 900),
    "page 100,000": q("", "&page=100000"),
    "page of huge number": q("eau", "&page=" + "9" * 100),
    "all words misspelt": q("hydrologueé agricultuer économiee circulairre developpementt territoriale"),
    "NUL": "q=%00eau",
    "lone surrogate": "q=%ED%A0%80",
    "bad UTF-8": "q=%FF%FE%C3",
    "arrays": "q[]=eau&q=sol&q=air&sort=name&sort=newest",
}
