"""Words that every recording carries with it."""

DEMONSTRATION = (
    "Demonstration recording in a computer-generated voice, not a therapist. "
    "Your service will replace it with its own."
)
DEMONSTRATION_LICENCE = "MIT; voice by Kokoro-82M, Apache-2.0"
OWN_LICENCE = "Belongs to the service that recorded it"

# ID3 wants the three letters of ISO 639-2, pages have the two of ISO 639-1.
_THREE_LETTERS = {
    "ar": "ara",
    "bn": "ben",
    "cy": "cym",
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fa": "fas",
    "fr": "fra",
    "gu": "guj",
    "hi": "hin",
    "it": "ita",
    "lt": "lit",
    "pa": "pan",
    "pl": "pol",
    "ps": "pus",
    "pt": "por",
    "ro": "ron",
    "so": "som",
    "ta": "tam",
    "tr": "tur",
    "uk": "ukr",
    "ur": "urd",
    "zh": "zho",
}


def iso_639_2(locale: str) -> str:
    """Three letters for a locale such as "en" or "pt-BR"; "und" where we don't know them."""
    language = locale.split("-", 1)[0].lower()
    return language if len(language) == 3 else _THREE_LETTERS.get(language, "und")
