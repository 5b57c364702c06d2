"""Takes the pictures of the app: for the README, and for the browser's install dialog.

``python -m static.pictures.make`` after a screen has changed; the pictures are committed.
Drives the real server with the Chromium of the browser tests.
"""

from __future__ import annotations

import asyncio
import base64
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, PHONE, WIDE
from tests.server import running

Act = Callable[[Page], Awaitable[None]]
HERE = Path(__file__).parent
# Languages that the install dialog's pictures are in. Others show the English ones.
LANGUAGES = ("en", "ar")


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for tag in LANGUAGES:
                for name, path, is_wide, act in SCREENS:
                    address = f"{server.url}/{tag}/{path}"
                    taken = await picture(browser, address, tag=tag, wide=is_wide, act=act)
                    (HERE / f"{name}-{tag}.png").write_bytes(taken)
            exercise = f"{server.url}/en/recordings/soothing-rhythm-breathing"
            screens = [
                await picture(browser, f"{server.url}/en/"),
                await picture(browser, f"{server.url}/en/recordings/"),
                await picture(browser, exercise),
                await picture(browser, f"{server.url}/ar/", tag="ar", theme="dark"),
            ]
            (HERE / "readme.png").write_bytes(await side_by_side(browser, screens))
            await browser.close()


async def fill_in(page: Page) -> None:
    """An example of somebody's evening; the circles grow with the sliders."""
    for name, value in (("threat_size", 7), ("drive_size", 4), ("soothing_size", 3)):
        slider = page.locator(f"#answer-{name}")
        await slider.evaluate(
            """(slider, value) => {
                slider.value = value;
                slider.dispatchEvent(new Event("input", { bubbles: true }));
            }""",
            value,
        )
    for _ in range(1 if await page.locator("[data-next]:visible").count() else 0):
        await page.locator("[data-next]:visible").first.click()
    await page.wait_for_timeout(800)
    await page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


# Of the install dialog: name, path below the language, whether it is wide, what happens first.
SCREENS: tuple[tuple[str, str, bool, Act | None], ...] = (
    ("home", "", False, None),
    ("listen", "recordings/", False, None),
    ("worksheet", "worksheets/three-circles", False, fill_in),
    ("wide", "", True, None),
)


async def picture(
    browser: Browser,
    address: str,
    *,
    tag: str = "en",
    theme: str = "light",
    wide: bool = False,
    act: Act | None = None,
) -> bytes:
    context = await browser.new_context(
        viewport=WIDE if wide else PHONE,
        device_scale_factor=1 if wide else 1.5,
        color_scheme=theme,  # type: ignore[arg-type]
        locale=tag,
        reduced_motion="reduce",
    )
    # Whoever sees the install dialog needs no offer to install.
    await context.add_init_script('localStorage.setItem("install-card", "declined")')
    page = await context.new_page()
    await page.goto(address)
    await page.wait_for_load_state("networkidle")
    if act is not None:
        await act(page)
    taken = await page.screenshot()
    await context.close()
    return taken


async def side_by_side(browser: Browser, screens: list[bytes]) -> bytes:
    shown = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(screen).decode()}">'
        for screen in screens
    )
    page = await browser.new_page(viewport={"width": 1240, "height": 620})
    await page.set_content(
        "<style>body{margin:0;padding:20px;display:flex;gap:20px;background:#e9e1d5}"
        f"img{{height:580px;border-radius:18px}}</style>{shown}"
    )
    taken = await page.screenshot()
    await page.close()
    return taken


if __name__ == "__main__":
    asyncio.run(main())
