"""Jinja environments, one a language, that share what they compiled.

Autoescaping is on for every template: Quart leaves it off for `.jinja` files, and nhsuk's macros
are `.jinja`. Translated text is text; gettext here never marks it as HTML, unlike Jinja's own
new-style gettext.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from pickle import UnpicklingError
from types import CodeType

from jinja2 import (
    BytecodeCache,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
)
from jinja2.bccache import Bucket

from hearth_cft import HERE, TEMPLATES
from hearth_cft.config import Config, local
from hearth_cft.i18n.locales import Locale
from hearth_cft.i18n.translations import Translations

MODULE = re.compile(r'data-module="([a-z-]+)"')
FONTS = ("atkinson",)  # every language shows some Latin
COMPILED = HERE / "__pycache__" / "templates"


class AssetError(Exception):
    """The built front end is missing or lacks a file; the message says how to build it."""


class Assets:
    """Addresses of built files, by their logical names in hearth_cft/assets/manifest.json."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._addresses: dict[str, str] = json.loads((folder / "manifest.json").read_bytes())
            self._modules: dict[str, list[str]] = json.loads((folder / "modules.json").read_bytes())
            # The scripts of every page under "", those of a component under its name.
            self.sources: dict[str, list[str]] = json.loads((folder / "sources.json").read_bytes())
        except (OSError, ValueError) as error:
            raise AssetError(f"the front end is not built ({error}); run 'make build'") from None

    def __call__(self, name: str) -> str:
        try:
            return self._addresses[name]
        except KeyError:
            raise AssetError(f"the front end has no '{name}'; run 'make build'") from None

    def named(self, start: str) -> dict[str, str]:
        """Logical name -> address of every file whose logical name begins with `start`."""
        return {name: at for name, at in self._addresses.items() if name.startswith(start)}

    def modules(self, html: str) -> list[str]:
        """Addresses of every script that a page runs whose main part is `html`.

        A script says which others it needs only once it is here; named in the page, all of them
        come in one round trip.
        """
        names = ["js/main.js", *(f"js/components/{name}.js" for name in MODULE.findall(html))]
        # Small components come with main.js, and nhsuk's markup names modules of its own.
        return list(dict.fromkeys(at for name in names for at in self._modules.get(name, ())))

    def fonts(self, locale: Locale) -> list[str]:
        """Addresses of the fonts that this language's pages are set in."""
        faces = [f"fonts/{family}-{weight}.woff2" for family in FONTS for weight in (400, 700)]
        families = (family.lower().replace(" ", "-") for family in locale.fonts)
        own = [at for family in families for at in self.named(f"fonts/{family}-").values()]
        return [*(self(face) for face in faces), *own]

    def preloaded(self, locale: Locale) -> list[str]:
        """Fonts worth asking for before the style sheet is read.

        None where the language has its own: phones often carry that, and only they know.
        """
        return [] if locale.fonts else self.fonts(locale)


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates: in memory, so that a second language costs no second compiling, and
    where Python keeps our own compiled modules, so that the next start costs none.
    """

    def __init__(self, folder: Path) -> None:
        self._code: dict[str, CodeType] = {}
        self._disk = FileSystemBytecodeCache(str(folder))
        # As with Python's own: whoever may not write there starts more slowly.
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get(bucket.key)
        if bucket.code is None:
            with suppress(OSError, EOFError, UnpicklingError):
                self._disk.load_bytecode(bucket)
        if bucket.code is not None:
            self._code[bucket.key] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key] = bucket.code
            with suppress(OSError):
                self._disk.dump_bytecode(bucket)


class Renderer:
    """Renders templates in a language; `config` and `assets` are the same for all."""

    def __init__(
        self,
        config: Config,
        assets: Assets,
        offered: tuple[Locale, ...],
        theme_address: str | None,
    ) -> None:
        self._config, self._assets, self._offered = config, assets, offered
        self._theme_address = theme_address
        self._compiled = CompiledTemplates(COMPILED)
        # nhsuk's macros ask for attributes of what isn't there.
        self._undefined = ChainableUndefined
        self._loader = ChoiceLoader(
            [FileSystemLoader(TEMPLATES), PackageLoader("nhsuk_frontend_jinja")]
        )

    def environment(self, translations: Translations) -> Environment:
        locale = translations.locale
        environment = Environment(
            loader=self._loader,
            autoescape=True,
            undefined=self._undefined,
            bytecode_cache=self._compiled,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

        def href(path: str = "") -> str:
            return f"/{locale.tag}/{path.lstrip('/')}"

        def own(text: Mapping[str, str]) -> tuple[str, str]:
            return local(text, locale.tag)

        environment.globals.update(
            gettext=translations.gettext,
            ngettext=translations.ngettext,
            pgettext=translations.pgettext,
            npgettext=translations.npgettext,
            megabytes=translations.megabytes,
            locale=locale,
            offered=self._offered,
            config=self._config,
            asset=self._assets,
            modules=self._assets.modules,
            href=href,
            own=own,
            theme_address=self._theme_address,
            preloaded_fonts=self._assets.preloaded(locale),
            **translations.values,
        )
        return environment
