"""Texts for the tags and captions of recordings, in each language that has a voice."""

DEMONSTRATION = {
    "en": (
        "Demonstration recording in a computer-generated voice, not a therapist. "
        "Your service will replace it with its own."
    ),
    "es": (
        "Grabación de demostración con una voz generada por ordenador, no de terapeuta. "
        "Tu servicio la sustituirá por una propia."
    ),
    "fr": (
        "Enregistrement de démonstration avec une voix générée par ordinateur, et non celle "
        "d’un ou d’une thérapeute. Ton service le remplacera par le sien."
    ),
    "pt-BR": (
        "Gravação de demonstração com uma voz gerada por computador, não de terapeuta. "
        "O seu serviço vai trocá-la por uma gravação própria."
    ),
}
# The title of a file has this in brackets after the name of the exercise.
_SHORT = {"en": "short", "es": "versión corta", "fr": "version courte", "pt-BR": "versão curta"}
DEMONSTRATION_LICENCE = "MIT; voice by Kokoro-82M, Apache-2.0"
OWN_LICENCE = "Belongs to the service that recorded it"

# ID3 needs the three letters of ISO 639-2. Pages have the two letters of ISO 639-1.
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
    """Return the three letters for a locale such as "en" or "pt-BR", or "und" if unknown."""
    language = locale.split("-", 1)[0].lower()
    return language if len(language) == 3 else _THREE_LETTERS.get(language, "und")


def demonstration(locale: str) -> str:
    """Return the sentence that every computer-generated recording carries.

    It is in English if there is no translation.
    """
    return DEMONSTRATION.get(locale, DEMONSTRATION["en"])


def file_title(title: str, version: str, locale: str) -> str:
    """Return the title for a file: the title of the exercise, marked if it is the short version."""
    return title if version == "full" else f"{title} ({_SHORT.get(locale, _SHORT['en'])})"
