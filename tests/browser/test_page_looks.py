"""What softens or strengthens the look of a page: tints, pictures, links, controls, movement."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.acts import started
from tests.browser.conftest import WIDE, OpenPhone, drawn, until
from tests.browser.test_aids import colour_at, reading
from tests.server import Server
from tests.unit.test_tints import THEMES, TINTS, tinted

pytestmark = pytest.mark.browser

DIAGRAM = "learn/three-systems"
CHOSEN = "[...document.querySelectorAll('{}')].map((each) => getComputedStyle(each).{})"

# Returns a line for each control that is lower than 60 px. A link in a sentence may be lower.
TOO_LOW = """() => [...document.querySelectorAll("a, button, select, summary, input, textarea")]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .filter((each) => !each.closest("main :is(p, .prose li, dd)") || each.matches("button"))
    .filter((each) => !each.matches(".nhsuk-skip-link, .sr"))
    .map((each) => {
        const target = each.closest("label, .nhsuk-radios__item, .nhsuk-checkboxes__item") ?? each;
        return [each.outerHTML.slice(0, 90), Math.round(target.getBoundingClientRect().height)];
    })
    .filter(([, height]) => height < 60)
    .map(String)"""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("tint", ["yellow", "sky"])
async def test_a_tint_gives_the_colours_whose_contrast_is_computed(
    shared_server: Server, open_phone: OpenPhone, theme: str, tint: str
) -> None:
    page = await reading(
        await open_phone(), shared_server, theme=theme, tint=tint, **{"--tint-strength": "0.6"}
    )

    shown = await colour_at(page, 2, 200)

    wanted = bytes.fromhex(tinted(THEMES[theme]["paper"], TINTS[tint])[1:])
    assert max(abs(a - b) for a, b in zip(shown, wanted, strict=True)) <= 2


async def test_grey_takes_all_colours_and_leaves_the_bar_where_it_is(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, "", grey="on")
    box = await page.locator(".card.go").bounding_box()
    assert box

    red, green, blue = await colour_at(page, box["x"] + box["width"] / 2, box["y"] + 3)

    assert max(red, green, blue) - min(red, green, blue) <= 2
    await page.evaluate("scrollTo(0, 300)")
    await expect(page.locator(".bar")).to_be_in_viewport(ratio=1)


async def test_words_take_the_place_of_a_hidden_diagram(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, DIAGRAM, pictures="hidden")
    diagram = page.get_by_role("img", name="The three systems")

    await expect(page.locator(".picture .diagram-words")).to_be_visible()
    box = await diagram.bounding_box()
    assert box
    assert box["width"] <= 1
    assert box["height"] <= 1


async def test_pictures_can_be_dimmed(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await reading(await open_phone(), shared_server, DIAGRAM, pictures="dim")

    assert await page.evaluate(CHOSEN.format(".diagram", "filter")) == ["brightness(0.7)"]


async def test_plain_text_is_one_column_of_words(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(viewport=WIDE), shared_server, "", plain="on")

    await expect(page.locator(":is(.drawing, .ember, .disc) >> visible=true")).to_have_count(0)
    assert await page.evaluate(CHOSEN.format("main", "display")) == ["block"]
    starts = await page.evaluate(
        """() => [...document.querySelectorAll("main > :not(.sr), main .card")]
            .filter((each) => each.checkVisibility())
            .map((each) => Math.round(each.getBoundingClientRect().left))"""
    )
    assert len(set(starts)) == 1
    colours = await page.evaluate(CHOSEN.format("main .card", "backgroundColor"))
    assert set(colours) == {"rgba(0, 0, 0, 0)"}


async def test_marked_links_are_bold_and_underlined(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await reading(await open_phone(), shared_server, "learn/what-is-cft", links="marked")

    for part in (".foot a", ".card .text > :first-child"):
        assert set(await page.evaluate(CHOSEN.format(part, "fontWeight"))) == {"700"}
        assert set(await page.evaluate(CHOSEN.format(part, "textDecorationLine"))) == {"underline"}


@pytest.mark.parametrize(
    "path",
    ["", "learn/three-systems", "settings/reading", "worksheets/three-circles", "recordings/"],
)
async def test_larger_controls_are_at_least_60_px_high(
    shared_server: Server, open_phone: OpenPhone, path: str
) -> None:
    page = await reading(await open_phone(), shared_server, path, controls="large")

    assert await page.evaluate(TOO_LOW) == []


async def test_a_larger_pointer_is_our_own_picture(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone(viewport=WIDE, has_touch=False)
    page = await reading(phone, shared_server, "search", pointer="large")

    for part, picture in [("main", "arrow"), (".foot a", "hand"), ("[type=search]", "text")]:
        [cursor, *_] = await page.evaluate(CHOSEN.format(part, "cursor"))
        assert f"/static/icons/pointer-{picture}-" in cursor
        address = cursor.split('"')[1]
        assert (await page.request.get(address)).ok


async def test_nothing_moves_for_a_reader_who_wants_no_movement(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await phone.new_page()
    await page.goto(f"{shared_server.url}/en/")
    await started(page)
    assert await page.evaluate(CHOSEN.format(".home .ember .glow", "animationName")) == ["breath"]

    await page.evaluate('localStorage.reading = \'{"motion": "still"}\'')
    await page.reload()
    await started(page)
    await drawn(page)

    await until(page, "document.getAnimations().length === 0")
    assert await page.evaluate(CHOSEN.format(".home .ember .glow", "animationName")) == ["none"]
