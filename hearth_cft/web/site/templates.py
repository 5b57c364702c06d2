"""Create one Jinja environment for each language. They share the compiled templates.

Autoescaping is on for every template. Quart leaves it off for `.jinja` files, and nhsuk's macros
are `.jinja` files. Translated text is plain text: unlike Jinja's new-style gettext, gettext here
never marks it as HTML.
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
from hearth_cft.version import version

MODULE = re.compile(r'data-module="([a-z-]+)"')
FONTS = ("atkinson",)  # every language shows some Latin text
COMPILED = HERE / "__pycache__" / "templates"


class AssetError(Exception):
    """The built front end is missing or lacks a file. The message says how to build it."""


class Assets:
    """Addresses of built files, by their logical names in hearth_cft/assets/manifest.json."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._addresses: dict[str, str] = json.loads((folder / "manifest.json").read_bytes())
            # In both, "" stands for what every page needs, a component's name for what it needs.
            self._modules: dict[str, list[str]] = json.loads((folder / "modules.json").read_bytes())
            self.sources: dict[str, list[str]] = json.loads((folder / "sources.json").read_bytes())
        except (OSError, ValueError) as error:
            raise AssetError(f"the front end is not built ({error}); run 'make build'") from None

    def __call__(self, name: str) -> str:
        try:
            return self._addresses[name]
        except KeyError:
            raise AssetError(f"the front end has no '{name}'; run 'make build'") from None

    def named(self, start: str) -> dict[str, str]:
        """Return {logical name: address} of every file whose logical name begins with `start`."""
        return {name: at for name, at in self._addresses.items() if name.startswith(start)}

    def modules(self, html: str) -> list[str]:
        """Return the addresses of all scripts that a page runs. `html` is its main part.

        A browser learns which scripts a script imports only when it has loaded it. Because the page
        names all of them, they arrive in one round trip.
        """
        names = ["", *MODULE.findall(html)]
        # Skip unknown names: main.js contains small components, and nhsuk's markup has its own.
        return list(dict.fromkeys(at for name in names for at in self._modules.get(name, ())))

    def fonts(self, locale: Locale) -> list[str]:
        """Return the addresses of the fonts that this language's pages use."""
        shared = [f"fonts/{family}-{weight}.woff2" for family in FONTS for weight in (400, 700)]
        return [*(self(face) for face in shared), *self._own_fonts(locale)]

    def preloaded(self, locale: Locale) -> list[str]:
        """Return the addresses of the fonts to request before the style sheet is read.

        A page uses a font only if it comes before the first paint (static/css/_fonts.scss). A
        language with fonts of its own needs only those. A phone that already has them loses
        nothing by it: it stores them for use offline anyway.
        """
        return self._own_fonts(locale) or self.fonts(locale)

    def _own_fonts(self, locale: Locale) -> list[str]:
        families = (family.lower().replace(" ", "-") for family in locale.fonts)
        return [at for family in families for at in self.named(f"fonts/{family}-").values()]


class CompiledTemplates(BytecodeCache):
    """A cache of compiled templates, in memory and on disk.

    The copy in memory saves compiling them again for a second language. The copy on disk saves it
    at the next start. It is in the folder where Python caches our own compiled modules.
    """

    def __init__(self, folder: Path) -> None:
        self._code: dict[str, CodeType] = {}
        self._disk = FileSystemBytecodeCache(str(folder))
        # A process that may not write there starts more slowly, as with Python's own cache.
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
    """A factory of Jinja environments. All languages share `config` and `assets`."""

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
        # nhsuk's macros read attributes of undefined variables.
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
            version=version(),
            preloaded_fonts=self._assets.preloaded(locale),
            **translations.values,
        )
        return environment
