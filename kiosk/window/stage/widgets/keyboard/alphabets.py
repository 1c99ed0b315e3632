"""Which letters lie where in each language, and what a long press offers. Pure data.

The rows follow the arrangements of the national keyboards (AZERTY, QWERTY, QWERTZ, the Arabic
101) and, for kana, the table of fifty sounds.
"""

from typing import Final

LETTERS: Final = {
    "fr": ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    "de": ("qwertzuiopü", "asdfghjklöä", "yxcvbnmß"),
    "es": ("qwertyuiop", "asdfghjklñ", "zxcvbnm"),
    "": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
}
# The letters that stand beside the space bar, where a language needs them all the time.
BESIDE: Final = {"fr": "éèàç", "de": "',", "it": "àèù-", "es": "áéí-", "nl": "ëï-", "": ",-"}
# What fills the third row up to ten; QWERTZ, eleven wide, has its dash beside the figures.
MARKS: Final = {"fr": "'-", "de": "", "": "'"}

ARABIC: Final = ("ضصثقفغعهخحجد", "شسيبلاتنمكطذ", "ئءؤرىةأوزظإ")
# Columns of five sounds; "゛", "゜" and "小" change the sign before them.
HIRAGANA: Final = (
    "あかさたなはまやらわ",
    "いきしちにひみ゛りを",
    "うくすつぬふむゆるん",
    "えけせてねへめ゜れー",
    "おこそとのほもよろ小",
)
KATAKANA: Final = (
    "アカサタナハマヤラワ",
    "イキシチニヒミ゛リヲ",
    "ウクスツヌフムユルン",
    "エケセテネヘメ゜レー",
    "オコソトノホモヨロ小",
)

DIGITS: Final = "1234567890"

# The first is the one that is wanted most.
MORE: Final = {
    "a": "àâæäáãåą",
    "c": "çćč",
    "d": "ďđð",
    "e": "éèêëęě",
    "g": "ğ",
    "i": "îïíìı",
    "l": "ł",
    "n": "ñńň",
    "o": "ôœöóòõøő",
    "r": "ř",
    "s": "ßśšş",
    "t": "ťþ",
    "u": "ùûüúůű",
    "y": "ÿý",
    "z": "žźż",
    "ö": "ôóòœø",
    "ä": "àâáæ",
    "ü": "ùûú",
    "é": "èêë",
    "è": "éêë",
    "à": "âäá",
    "ù": "ûüú",
    "á": "àâäª",
    "í": "îïì",
    "ë": "éèê",
    "ï": "îíì",
    ".": ",;:/&()#",
    ",": ";:.",
    "'": '’"',
    "-": "–_/+",
    "0": "°",
    "ا": "أإآء",
    "ي": "ئى",
    "و": "ؤ",
    "ه": "ة",
    "ك": "گ",
    "ب": "پ",
    "ف": "ڤ",
    "ج": "چ",
}
# What a language wants first of a letter, before what the others do.
FIRST: Final = {
    "de": {"a": "ä", "o": "ö", "u": "ü", "e": "é"},
    "es": {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú"},
    "it": {"a": "à", "e": "è", "i": "ì", "o": "ò", "u": "ù"},
    "nl": {"e": "ë", "i": "ï", "o": "ö", "u": "ü", "a": "á"},
    "en": {"e": "é", "a": "á", "o": "ó", "u": "ú", "i": "í"},
}
ORDINALS: Final = {"a": "ª", "o": "º"}  # "1º", "2ª" on Spanish and Italian doors
EASTERN_DIGITS: Final = dict(zip(DIGITS, "١٢٣٤٥٦٧٨٩٠", strict=True))

# A fixed list, the same for everybody: nothing that anybody typed is ever offered.
MAIL_HOSTS: Final = ("@gmail.com", "@outlook.com")
MAIL_ENDINGS: Final = {
    "fr": ".fr",
    "en": ".co.uk",
    "de": ".de",
    "es": ".es",
    "it": ".it",
    "nl": ".nl",
    "ar": ".net",
    "ja": ".jp",
    "": ".org",
}

# How the switch between scripts is labelled.
SCRIPT_NAMES: Final = {"latin": "ABC", "ar": "عربي", "hiragana": "ひら", "katakana": "カナ"}


def more(letter: str, language: str) -> str:
    """What a long press on `letter` offers, in the order in which it is wanted."""
    if language == "ar" and letter in EASTERN_DIGITS:
        return MORE.get(letter, "") + EASTERN_DIGITS[letter]
    offered = FIRST.get(language, {}).get(letter, "") + MORE.get(letter, "")
    if language in ("es", "it"):
        offered += ORDINALS.get(letter, "")
    return "".join(dict.fromkeys(offered))
