"""What home knows, on this phone only: the time of day, what was stopped, a long time away."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.acts import page_of, started
from tests.browser.conftest import OpenPhone, in_every_look, until, violations
from tests.browser.listen import bar, follow, listening_to, now, plays
from tests.browser.test_first_visit import shifted, with_late_scripts
from tests.server import Server

pytestmark = pytest.mark.browser
STOPPED = {
    "listening": {
        "last": {"slug": "safe-place", "version": "full"},
        "stopped": {"safe-place/full": 202},
    }
}
DAY = 86_400_000  # ms
# Each script runs before a page's own scripts.
REMEMBER = """for (const [name, value] of Object.entries(%s)) {
  localStorage.setItem(name, typeof value === "string" ? value : JSON.stringify(value));
}"""


async def phone_with(open_phone: OpenPhone, hour: int = 20, **remembered: object) -> BrowserContext:
    """Open a phone at this hour of a day. `remembered` is what its pages have stored."""
    phone = await open_phone(timezone_id="UTC")
    await phone.clock.set_fixed_time(datetime(2026, 11, 30, hour, 30, tzinfo=UTC))
    if remembered:
        await phone.add_init_script(REMEMBER % json.dumps(remembered))
    return phone


async def home_on(phone: BrowserContext, server: Server, locale: str = "en") -> Page:
    page = await page_of(phone, server, "", locale)
    await started(page)
    return page


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [
        (5, "Good morning."),
        (11, "Good morning."),
        (12, "Good afternoon."),
        (18, "Good evening."),
        (22, "Good evening."),
        (23, "It’s late."),
        (4, "It’s late."),
    ],
)
async def test_it_greets_by_the_time_of_day(
    shared_server: Server, open_phone: OpenPhone, hour: int, greeting: str
) -> None:
    page = await home_on(await phone_with(open_phone, hour), shared_server)

    await expect(page.get_by_role("heading", level=1)).to_have_accessible_name(
        f"{greeting} What would help right now?"
    )
    is_night = greeting == "It’s late."
    await expect(page.get_by_role("link", name="For the night")).to_be_visible(visible=is_night)


async def test_without_scripts_it_asks_only(shared_server: Server, open_phone: OpenPhone) -> None:
    page = await page_of(await open_phone(java_script_enabled=False), shared_server, "")

    heading = page.get_by_role("heading", level=1)

    assert await heading.inner_text() == "What would help right now?"
    await expect(page.get_by_role("link", name="For the night")).to_be_hidden()


async def test_the_exercise_for_the_night_is_a_whole_one(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await home_on(await phone_with(open_phone, 2), shared_server)

    await page.get_by_role("link", name="For the night").click()

    await plays(page)
    assert "-full-" in await page.evaluate("document.querySelector('audio').src")


async def test_what_was_stopped_is_resumed_with_one_tap(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await home_on(await phone_with(open_phone, **STOPPED), shared_server)
    card = page.get_by_role("link", name="Resume Safe place")
    await expect(card).to_contain_text("3:22 of ")

    await card.click()

    await plays(page)
    assert await now(page) >= 202
    assert "safe-place-full-" in await page.evaluate("document.querySelector('audio').src")


async def test_what_plays_is_not_offered_to_be_resumed(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    page = await listening_to(await open_phone(), shared_server, "recordings/safe-place")
    await page.locator("[data-words=full] [data-phrase]").nth(4).click()
    await until(page, "document.querySelector('audio').currentTime > 15")

    await follow(page, bar(page, "Home"), "Home")
    await started(page)

    await expect(page.locator(".resume-card")).to_be_hidden()


async def test_a_recording_that_is_gone_is_not_offered(
    shared_server: Server, open_phone: OpenPhone
) -> None:
    gone = json.loads(json.dumps(STOPPED).replace("safe-place", "gone"))

    page = await home_on(await phone_with(open_phone, **gone), shared_server)

    await expect(page.locator(".resume-card")).to_be_hidden()


@pytest.mark.parametrize(("days", "is_long"), [(20, False), (22, True)])
async def test_after_weeks_away_it_welcomes_back_and_counts_nothing(
    shared_server: Server, open_phone: OpenPhone, days: int, is_long: bool
) -> None:
    page = await home_on(await phone_with(open_phone), shared_server)
    await page.evaluate(
        f"""() => {{
          localStorage.setItem("last-visit", String(Date.now() - {days * DAY}));
          localStorage.setItem("listening", {json.dumps(json.dumps(STOPPED["listening"]))});
        }}"""
    )

    await page.reload()
    await started(page)

    greeting = "Welcome back." if is_long else "Good evening."
    await expect(page.get_by_role("heading", level=1)).to_have_accessible_name(
        f"{greeting} What would help right now?"
    )
    await expect(page.locator(".resume-card")).to_be_visible(visible=not is_long)
    assert str(days) not in await page.locator("main").inner_text()
    # It is said during this visit, also on the way back to home.
    await page.goto(f"{shared_server.url}/en/help")
    await page.goto(f"{shared_server.url}/en/")
    await expect(page.get_by_role("heading", level=1)).to_contain_text(greeting)


@pytest.mark.parametrize("hour", [3, 20])
@pytest.mark.parametrize("width", [360, 1280])
async def test_nothing_jumps_when_it_knows(
    whole_server: Server, open_phone: OpenPhone, hour: int, width: int
) -> None:
    week = {"programme-week": "2", "week-rows": "6"}
    phone = await open_phone(viewport={"width": width, "height": 740})
    await phone.add_init_script(REMEMBER % json.dumps({**STOPPED, **week}))
    # A clock of the test would stop what measures the shifts, so only the hour is another.
    await phone.add_init_script(f"Date.prototype.getHours = () => {hour}")
    page = await phone.new_page()
    await with_late_scripts(page)

    await page.goto(f"{whole_server.url}/en/")
    await expect(page.get_by_role("link", name="Resume Safe place")).to_be_visible()
    await expect(page.locator(".at-home b").first).to_have_text("Our tricky brain")

    assert await shifted(page) < 0.005


@in_every_look
async def test_axe_finds_nothing_on_a_home_that_knows(
    whole_server: Server, open_phone: OpenPhone, locale: str, scheme: str
) -> None:
    week = {"programme-week": "2", "week-rows": "6"}
    phone = await phone_with(open_phone, 23, **STOPPED, **week)
    page = await phone.new_page()
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    await page.goto(f"{whole_server.url}/{locale}/")
    await expect(page.locator(".resume-card[data-filled]")).to_be_visible()
    await expect(page.locator(".at-home b")).to_have_count(6)

    assert await violations(page) == []
