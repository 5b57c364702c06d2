"""The translators' preview: the real app, which reads a catalogue again when it is saved."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hearth_cft.application import load_site
from hearth_cft.config import Config, ConfigError
from hearth_cft.tools.translations import preview
from hearth_cft.tools.translations.preview import Preview, PreviewSite
from hearth_cft.tools.translations.tagged import Register, outline
from hearth_cft.tools.translations.workspace import Workspace
from hearth_cft.web.prerendered import Application
from tests.small import copied
from tests.unit.catalogue_files import edit, make_workspace, translate

# A text that is on the real home page and in the catalogue of the small working copy.
QUESTION = "What would help right now?"
# One item of each kind only, because the preview renders all pages in every language.
CONTENT = {
    "pages": ["three-systems"],
    "recordings": ["grounding-without-breath"],
    "worksheets": ["three-circles"],
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "hearth")


@pytest.fixture(scope="module", autouse=True)
def _with_small_content() -> Iterator[None]:
    content, sounds = copied(CONTENT)
    small = functools.partial(load_site, built_in=content, sounds=sounds)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preview, "load_site", small)
        yield


@pytest.fixture
def app(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Application:
    monkeypatch.setattr(preview, "LOOK_EVERY", 0)
    site = PreviewSite(workspace, Config.load(None, {}), tmp_path / "compiled")
    return Preview(fail_if_called, site)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Application:
    """Return a preview with one fuzzy Arabic text, for tests that change no file."""
    workspace = make_workspace(tmp_path_factory.mktemp("hearth"))
    path = workspace.catalogue("ar", "messages")
    translate(path, QUESTION, "ما الذي؟")
    edit(path, f'msgid "{QUESTION}"', f'#, fuzzy\nmsgid "{QUESTION}"')
    site = PreviewSite(workspace, Config.load(None, {}), tmp_path_factory.mktemp("compiled"))
    return Preview(fail_if_called, site)


async def fail_if_called(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError(f"the app behind was asked for {scope['path']}")


async def get(app: Application, address: str, status: int = 200) -> str:
    """Request an address without compression. Return the body of the response."""
    path, _, query = address.partition("?")
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    await app({**scope, "query_string": query.encode()}, None, send)
    assert sent[0]["status"] == status
    return b"".join(message.get("body", b"") for message in sent[1:]).decode()


async def test_a_saved_catalogue_shows_at_the_next_look(
    app: Application, workspace: Workspace
) -> None:
    before = await get(app, "/ar/")
    version = await get(app, "/preview/version.json")

    translate(workspace.catalogue("ar", "messages"), QUESTION, "ما الذي قد يساعدك الآن؟")

    assert QUESTION in before
    assert "ما الذي قد يساعدك الآن؟" in await get(app, "/ar/")
    assert await get(app, "/preview/version.json") != version


async def test_strings_tells_where_a_text_comes_from_and_how_far_it_is(shown: Application) -> None:
    html = await get(shown, "/ar/?strings=1")
    document = json.loads(await get(shown, "/preview/strings/ar.json"))

    number = re.search(
        rf'<span data-string="(\d+)"><span lang="en" dir="ltr">{re.escape(QUESTION)}</span></span>',
        html,
    )
    assert number
    card = document["strings"][int(number[1])]
    assert (card["id"], card["state"], card["suggestion"]) == (QUESTION, "fuzzy", "ما الذي؟")
    assert card["file"].startswith("translations/ar/LC_MESSAGES/messages.po:")
    assert card["places"] == ["hearth_cft/templates/home.html"]


async def test_no_marker_is_left_in_any_page(shown: Application) -> None:
    for address in ("/ar/", "/ar/learn/three-systems", "/ar/worksheets/three-circles", "/ar/help"):
        assert not re.search(r"[\ue000-\uf8ff]|\\ue0", await get(shown, f"{address}?strings=1"))


async def test_the_texts_of_scripts_are_told_by_what_they_say(shown: Application) -> None:
    document = json.loads(await get(shown, "/preview/strings/ar.json"))

    number = next(
        script[0] for script in document["scripts"] if script[1] == "not all of them are saved yet"
    )
    assert document["strings"][number]["places"] == ["static/js/saved.js"]


async def test_the_pseudo_locales_are_there(shown: Application) -> None:
    accented, mirrored = await get(shown, "/en-XA/"), await get(shown, "/ar-XB/")

    assert "⟦Ŵĥàţ ŵöûļđ ĥéļþ ŕîĝĥţ ñöŵ? ········⟧" in accented
    assert 'dir="rtl"' in mirrored
    assert "\u202eWhat\u202c" in mirrored


async def test_a_mistake_in_a_file_keeps_what_was_shown(
    app: Application, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    before = await get(app, "/ar/")

    workspace.locale_list.write_text("[[locales]\n")

    assert await get(app, "/ar/") == before
    assert await get(app, "/ar/?strings=1") == before
    assert "locales.toml" in capsys.readouterr().err


async def test_the_preview_lets_no_phone_keep_its_pages(shown: Application) -> None:
    await get(shown, "/ar/offline.json", status=404)
    worker = await get(shown, "/service-worker.js")

    assert "unregister" in worker
    assert "fetch" not in worker


def test_a_service_can_not_offer_a_pseudo_locale() -> None:
    with pytest.raises(ConfigError, match="en-XA"):
        load_site(Config.load(None, {"HEARTH_LANGUAGES": "en,en-XA"}))


def test_a_text_in_an_attribute_is_named_on_its_element() -> None:
    mark = Register().mark("Save <it>", "messages", (None, "Save it"))

    assert outline(f'<button title="{mark}">x</button>') == (
        '<button title="Save <it>" data-strings="0">x</button>'
    )


def test_a_text_where_no_element_can_stand_is_shown_without_marks() -> None:
    mark = Register().mark("Save", "messages", (None, "Save"))

    assert outline(f"<title>{mark}</title><svg><text>{mark}</text></svg>") == (
        '<title>Save</title><svg><text><tspan data-string="0">Save</tspan></text></svg>'
    )
