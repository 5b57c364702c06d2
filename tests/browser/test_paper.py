"""Printed worksheets, filled in and empty."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from hearth_cft import CONTENT
from hearth_cft.library.loader import load_library
from hearth_cft.library.models import Field, Worksheet
from tests.browser.conftest import DIRECTIONS, OpenPhone
from tests.browser.conftest import EVERYTHING as IN_FULL
from tests.browser.kept import bare_page, filled_in, keep
from tests.browser.writing import (
    EVERYTHING,
    SHEET,
    TRIGGERS,
    WORDS,
    begun,
    fill_everything,
    is_ready,
    is_saved,
    opened,
)
from tests.server import Server

pytestmark = pytest.mark.browser

# Returns those of the given selectors that match a visible element.
VISIBLE = """(selectors) => selectors.filter((selector) =>
    [...document.querySelectorAll(selector)].some((each) => each.checkVisibility()))"""
APP_PARTS = [".top", ".bar", ".foot", ".line", ".button", ".link", ".sheet-steps", ".example"]
CONTROLS = ["input", "textarea"]


async def test_a_filled_worksheet_prints_the_answers_and_nothing_of_the_app(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server)
    await fill_everything(page)
    await page.emulate_media(media="print")

    assert await page.evaluate(VISIBLE, [*APP_PARTS, *CONTROLS, ".blank"]) == []
    printed = page.locator(".printed:visible")
    assert await printed.all_text_contents() == EVERYTHING
    await expect(page.locator(".print-privacy")).to_contain_text("This paper has your words on it")
    # A question without an answer isn't printed.
    await expect(page.locator("[data-field=step]")).to_be_hidden()


def read_pdf(document: bytes, folder: Path) -> tuple[str, str]:
    """Return the text and the properties of a PDF, such as its page size, as poppler reads them.

    A form feed ends each page of the text.
    """
    file = folder / "paper.pdf"
    file.write_bytes(document)
    text, properties = (
        subprocess.run([tool, str(file), *rest], capture_output=True, text=True, check=True).stdout
        for tool, *rest in (("pdftotext", "-"), ("pdfinfo",))
    )
    return text, properties


async def test_paper_is_a4_and_has_every_answer_whole(
    open_phone: OpenPhone, shared_server: Server, tmp_path: Path
) -> None:
    page = await opened(await open_phone(), shared_server)
    await fill_everything(page)
    await page.click("[data-back]")
    await page.click("[data-back]")
    await page.click("[data-back]")
    long_answer = " ".join(f"word{number}" for number in range(1500))
    await page.fill("#answer-threat_thoughts", long_answer)
    await is_saved(page)

    text, properties = read_pdf(await page.pdf(prefer_css_page_size=True), tmp_path)
    text = " ".join(text.split())

    assert "(A4)" in properties
    for answer in [*EVERYTHING, long_answer, "Moments worth keeping", "Printed"]:
        assert answer in text
    assert "backup is off" not in text
    assert "Home" not in text


async def test_an_empty_worksheet_prints_room_for_every_type_of_answer(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await opened(await open_phone(), shared_server)
    await fill_everything(page)
    await page.evaluate("window.print = () => {}")
    await page.get_by_role("button", name="Print an empty one").click()
    await page.emulate_media(media="print")

    not_on_it = [*APP_PARTS, *CONTROLS, ".printed", ".print-privacy"]
    assert await page.evaluate(VISIBLE, not_on_it) == []
    without_room = await page.evaluate(
        """() => [...document.querySelectorAll("[data-field]")]
            .filter((each) => !each.closest("template"))
            .filter((each) => !each.parentElement.closest("[data-field]"))
            .filter((each) => ![...each.querySelectorAll(".blank :is(.rule, li)")]
                .some((room) => room.checkVisibility()))
            .map((each) => each.dataset.field)"""
    )
    assert without_room == []
    assert await page.locator("[data-system][data-unset]").count() == 3
    assert len(await page.pdf(prefer_css_page_size=True)) > 10_000


def an_answer(question: Field) -> Any:
    match question.type:
        case "slider":
            return question.min
        case "date":
            return "2026-11-22"
        case "choice":
            return question.options[0].value
        case "choices":
            return [question.options[0].value]
        case "group":
            return [{"_id": "first", **answers_to(question.fields)}]
        case _:
            return WORDS


def answers_to(questions: Iterable[Field]) -> dict[str, Any]:
    return {question.name: an_answer(question) for question in questions}


def filled(sheet: Worksheet) -> dict[str, Any]:
    answers = answers_to(field for section in sheet.sections for field in section.fields)
    return {**filled_in(sheet.slug, **answers), "revision": sheet.revision}


def letters(text: str) -> str:
    """Return the letters alone, sorted: poppler writes Arabic in other forms and orders."""
    return "".join(sorted(filter(str.isalpha, unicodedata.normalize("NFKC", text))))


async def bare_sheets(page: Page, folder: Path) -> list[int]:
    """Print the page. Return the numbers of the sheets with nothing but the line on privacy."""
    text, _ = read_pdf(await page.pdf(prefer_css_page_size=True), folder)
    nothing = {"", *map(letters, await page.locator(".print-privacy").all_text_contents())}
    sheets = text.split("\f")[:-1]
    return [number for number, sheet in enumerate(sheets, 1) if letters(sheet) in nothing]


@pytest.mark.parametrize("locale", DIRECTIONS)
async def test_no_sheet_of_any_worksheet_is_empty(
    open_phone: OpenPhone, whole_server: Server, tmp_path: Path, locale: str
) -> None:
    # Worksheets take turns in the languages. `make test-all` prints each in each of them.
    step, first = (1, 0) if IN_FULL else (len(DIRECTIONS), DIRECTIONS.index(locale))
    sheets = load_library([CONTENT]).worksheets[first::step]
    page = await bare_page(await open_phone(), whole_server)
    notes = await keep(page, *map(filled, sheets))
    bare = {}

    for sheet, note in zip(sheets, notes, strict=True):
        await page.goto(f"{whole_server.url}/{locale}/worksheets/{sheet.slug}#e={note}")
        await is_ready(page)
        await expect(page.locator("html")).to_have_attribute("data-print", "filled")
        bare[sheet.slug, "filled"] = await bare_sheets(page, tmp_path)
        await page.evaluate("window.print = () => {}")
        await page.locator(".link[data-paper=empty]").dispatch_event("click")
        bare[sheet.slug, "empty"] = await bare_sheets(page, tmp_path)

    assert {what: numbers for what, numbers in bare.items() if numbers} == {}


@pytest.mark.parametrize("locale", DIRECTIONS)
async def test_no_sheet_of_other_pages_is_empty(
    open_phone: OpenPhone, whole_server: Server, tmp_path: Path, locale: str
) -> None:
    page = await (await open_phone(java_script_enabled=False)).new_page()

    for path in ("programme", "learn/the-three-flows", "recordings/soothing-rhythm-breathing"):
        await page.goto(f"{whole_server.url}/{locale}/{path}")
        assert await bare_sheets(page, tmp_path) == [], path


async def test_notes_can_ask_for_a_filled_worksheet_on_paper(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    context = await open_phone()
    await context.add_init_script("window.print = () => (document.title = 'printed')")
    page = await begun(context, shared_server)
    url = page.url.replace("&step=threat", "&print")
    await page.goto("about:blank")

    await page.goto(url)

    await expect(page).to_have_title("printed")
    assert "print" not in page.url
    assert await page.evaluate("document.documentElement.dataset.print") == "filled"


async def test_without_scripts_the_questions_can_be_read_and_printed_but_not_written_in_vain(
    open_phone: OpenPhone, shared_server: Server
) -> None:
    page = await (await open_phone(java_script_enabled=False)).new_page()
    await page.goto(f"{shared_server.url}/en/{SHEET}")

    await expect(page.locator("noscript .notice")).to_be_visible()
    await expect(page.get_by_text("What sets it off?")).to_be_visible()
    await expect(page.locator(TRIGGERS)).to_be_hidden()
    await expect(page.locator("[data-field=threat_triggers] .rule").first).to_be_visible()
