"""Recordings for tests: small, well-formed files that hold no sound."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hearth_cft.i18n.catalogue import Catalogue, Message
from hearth_cft.library.models import Recording
from hearth_cft.library.script import parse_script, script_sha256
from hearth_cft.tools.recordings.captions import Cue
from hearth_cft.tools.recordings.files import Recorded, keep
from hearth_cft.tools.recordings.labels import DEMONSTRATION_LICENCE, OWN_LICENCE, demonstration
from hearth_cft.tools.recordings.tags import Tags, tag_bytes
from hearth_cft.tools.translations.write import write

SCRIPT = "## full\n\nSit down.\n\n[pause 2]\n\nStand up.\n\n## short\n\nSit.\n"
# A whole content file: front matter and the text of SCRIPT.
PAGE = (
    '+++\ntitle = "Calm"\nsummary = "Be calm."\norder = 1\nminutes = { full = 1, short = 1 }\n+++\n'
    "## full\n\nSit down.\n\n[pause 2]\n\nStand up.\n\n## short\n\nSit.\n"
)
CUES = (Cue(1, 2, "Sit down."), Cue(4, 5.5, "Stand up."))

SPANISH = {
    "Calm": "Calma",
    "Sit down.": "Siéntate.",
    "Stand up.": "Ponte de pie.",
    "Sit.": "Siéntate.",
}


def recording(script: str = SCRIPT, slug: str = "calm") -> Recording:
    scripts = parse_script(script)
    minutes = dict.fromkeys(scripts, 1)
    return Recording(slug, "Calm", "Be calm.", 1, minutes, scripts, Path(f"recordings/{slug}.md"))


def recorded(**changes: Any) -> Recorded:
    values: dict[str, Any] = {
        "slug": "calm",
        "version": "full",
        "locale": "en",
        "voice": "isabella",
        "voice_name": "Isabella",
        "generated": True,
        "seconds": 60.0,
        "script_sha256": script_sha256(parse_script(SCRIPT)["full"]),
        "licence": DEMONSTRATION_LICENCE,
    }
    return Recorded(**{**values, **changes})


def put(
    folder: Path, about: Recorded | None = None, cues: Sequence[Cue] = CUES, **tags: str
) -> Path:
    """Write the files of a recording. Return the MP3, which holds tags but no sound.

    Without cues there is no captions file.
    """
    about = about or recorded()
    comment = demonstration(about.locale) if about.generated else ""
    written = {
        "title": "Calm",
        "voice": about.voice_name,
        "language": "eng",
        "licence": about.licence,
        "comment": comment,
    }
    return keep(folder, about, tag_bytes(Tags(**{**written, **tags})) + b"sound", cues)


def own(**changes: Any) -> Recorded:
    """Return the description of a therapist's recording."""
    values = {"voice": "ab", "voice_name": "A. B.", "generated": False, "licence": OWN_LICENCE}
    return recorded(**{**values, **changes})


def rewrite(file: Path, **changes: Any) -> None:
    """Change fields of a .json file. None removes a field."""
    values = {**json.loads(file.read_text(encoding="utf-8")), **changes}
    remaining = {key: value for key, value in values.items() if value is not None}
    file.write_text(json.dumps(remaining), encoding="utf-8")


def put_catalogue(
    folder: Path, texts: Mapping[str, str], context: str = "recording:calm", locale: str = "es"
) -> Path:
    """Write a catalogue. `texts` maps English texts to translations."""
    messages = (
        Message(text, context=context, forms=(translation,)) for text, translation in texts.items()
    )
    header = {"Plural-Forms": "nplurals=2; plural=(n != 1);"}
    catalogue = Catalogue(header, messages={message.key: message for message in messages})
    file = folder / locale / "LC_MESSAGES" / "content.po"
    write(file, catalogue)
    return file
