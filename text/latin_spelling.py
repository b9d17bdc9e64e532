"""A Latin spelling for an Arabic name, as civil registers of the Maghreb write it: a proposal that its bearer corrects.

Known names come first; other words follow their letters, with the short vowel that is likeliest where Arabic writes none
(a, and i after a long a: طارق Tarik). Nothing here is a scholar's transliteration.
"""

import re

# Arabic word: its usual spelling in Morocco. Written for this network (CC0 1.0).
_KNOWN_NAMES = """
عبدالله:Abdallah محمد:Mohamed أحمد:Ahmed محمود:Mahmoud مصطفى:Mustapha حسن:Hassan الحسن:El_Hassan حسين:Hussein
الحسين:El_Houssine علي:Ali عمر:Omar عثمان:Othmane خالد:Khalid يوسف:Youssef يونس:Younes ياسين:Yassine
إبراهيم:Ibrahim إسماعيل:Ismail إدريس:Idriss سعيد:Said رشيد:Rachid كريم:Karim عزيز:Aziz جمال:Jamal كمال:Kamal
نبيل:Nabil هشام:Hicham طارق:Tarik مراد:Mourad أنس:Anas أيوب:Ayoub بلال:Bilal حمزة:Hamza زكرياء:Zakaria
سفيان:Soufiane عادل:Adil عماد:Imad فؤاد:Fouad منير:Mounir مهدي:Mehdi المهدي:El_Mehdi نور:Nour
نورالدين:Noureddine صلاح:Salah توفيق:Taoufik جواد:Jawad حميد:Hamid لحسن:Lahcen مولاي:Moulay سيدي:Sidi
الله:Allah فاطمة:Fatima الزهراء:Zahra خديجة:Khadija عائشة:Aicha مريم:Meryem زينب:Zineb أمينة:Amina سعاد:Souad
سميرة:Samira نادية:Nadia ليلى:Leila سلمى:Salma هند:Hind حنان:Hanane إيمان:Imane سناء:Sanae وفاء:Wafae
لطيفة:Latifa مليكة:Malika نعيمة:Naima رشيدة:Rachida كريمة:Karima حياة:Hayat نجاة:Najat نزهة:Nezha أسماء:Asmae
بشرى:Bouchra ثريا:Touria جميلة:Jamila حليمة:Halima رقية:Rkia زهرة:Zahra سارة:Sara صفاء:Safae عزيزة:Aziza
غزلان:Ghizlane فوزية:Fouzia كوثر:Kaoutar ماجدة:Majda منى:Mouna نوال:Naoual هاجر:Hajar وداد:Widad
الفاسي:El_Fassi الإدريسي:El_Idrissi العلوي:Alaoui التازي:Tazi بناني:Bennani بنجلون:Benjelloun الشرايبي:Chraibi
برادة:Berrada العراقي:Iraqi السباعي:Sebai الحسني:El_Hassani الناصري:Naciri البكري:El_Bakri
المنصوري:El_Mansouri الزياني:Ziani بوعزة:Bouazza
"""
_KNOWN = dict(pair.split(":") for pair in _KNOWN_NAMES.split())
_LETTERS = {
    "ا": "a", "أ": "a", "آ": "a", "إ": "i", "ى": "a", "ة": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "kh",
    "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s", "ش": "ch", "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "ع": "a", "غ": "gh",
    "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "ou", "ؤ": "ou", "ي": "i", "ئ": "i", "ء": "",
    "گ": "g", "ڭ": "g", "ڤ": "v",
}  # fmt: skip
_VOWELS = frozenset("aiou")
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_ARABIC = re.compile("[\u0620-\u064a]")


def is_arabic(name: str) -> bool:
    return bool(_ARABIC.search(name))


def latin_spelling(name: str) -> str:
    """ "محمد الفاسي" is "Mohamed El Fassi"; what is not written in Arabic letters stays as it is."""
    return " ".join(_word(word) for word in _MARKS.sub("", name).replace("عبد ال", "عبدال").split())


def _word(word: str) -> str:
    if not is_arabic(word):
        return word
    if known := _KNOWN.get(word):
        return known.replace("_", " ")
    for prefix, written in (("عبدال", "Abdel"), ("ال", "El "), ("بن", "Ben"), ("بو", "Bou")):
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= 2 + (prefix != "عبدال"):
            return written + (_word(rest) if written.endswith(" ") else _word(rest).lower().replace(" ", ""))
    return {"بن": "Ben", "ابن": "Ibn", "بو": "Bou", "أبو": "Abou", "عبد": "Abd"}.get(word) or _by_letters(word).capitalize()


def _by_letters(word: str) -> str:
    written, closes = "", False  # whether the last consonant closes a syllable whose vowel was put in
    for position, letter in enumerate(word):
        sound = _sound(word, position)
        is_last = position == len(word) - 1
        if written and sound and written[-1] not in _VOWELS and sound[0] not in _VOWELS:
            closes = not closes or is_last
            if closes:
                written += "i" if "ا" in word[max(0, position - 2) : position - 1] else "a"
        elif sound[:1] in _VOWELS:
            closes = False
        if not (letter in "اعأ" and written.endswith("a")):
            written += sound
    return written


def _sound(word: str, position: int) -> str:
    following = _LETTERS.get(word[position + 1], "") if position + 1 < len(word) else ""
    if word[position] == "و" and (position == 0 or following[:1] in _VOWELS):
        return "w"
    if word[position] == "ي" and following[:1] in _VOWELS:
        return "y"
    return _LETTERS.get(word[position], "")
