"""The actions of a person in a browser, with the same methods for every engine."""

from __future__ import annotations

import contextlib
import json
import time
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

PATIENCE = 60  # seconds; several browsers share the machine

READY = """(async () => {
  const note = await caches.match("/active/en", { cacheName: "hearth-active" });
  return Boolean(note && navigator.serviceWorker.controller);
})()"""


class PageChangedError(WebDriverException):
    """The page was replaced by another before an expression in it had a result."""


class Phone:
    """A browser that opens pages of the server at ``url``."""

    def __init__(self, driver: WebDriver, engine: str, url: str) -> None:
        self.driver = driver
        self.engine = engine
        self.url = url
        # With these timeouts, a driver that hangs fails only its test and not the whole run.
        driver.command_executor.client_config.timeout = 2 * PATIENCE
        driver.set_page_load_timeout(PATIENCE)
        driver.set_script_timeout(PATIENCE)

    def open(self, path: str) -> None:
        self.driver.get(self.url + path)

    def reload(self) -> None:
        """Reload from within the page.

        geckodriver's refresh would bypass the service worker and go to the server.
        """
        self.ask("void (window.isOld = true, setTimeout(() => location.reload()))")
        self.until("!window.isOld && document.readyState === 'complete'")

    def get_ready_for_flight(self) -> None:
        """Wait until the service worker controls the page and the snapshot is active."""
        self.until(READY)
        self.keep_site_open()

    def keep_site_open(self) -> None:
        """Keep what the site has stored while pages change."""
        if self.engine == "webkit":
            # An automated session stores nothing on disk. It forgets the site's data when the
            # site's last page closes, and between two pages none is open for a moment. So this
            # page stays open, and the test goes on in a new window. In a new tab, the driver would
            # never return from a click (WebKit's bug 283392).
            self.driver.switch_to.new_window("window")

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.url)

    @property
    def title(self) -> str:
        return self.driver.title

    def ask(self, expression: str, *arguments: object) -> Any:
        """Return the value of a JavaScript expression in the page. Await it if it is a promise."""
        result = self.driver.execute_async_script(
            f"""const done = arguments[arguments.length - 1];
            Promise.resolve().then(() => {expression})
              .then((value) => done({{ value }}), (error) => done({{ error: String(error) }}));""",
            *arguments,
        )
        if result is None:
            # The page changed while the script ran. Firefox then returns nothing and raises no
            # error.
            raise PageChangedError(expression)
        assert "error" not in result, f"{expression}: {result['error']}"
        return result.get("value")

    def until(self, expression: str, *arguments: object, seconds: float = PATIENCE) -> Any:
        """Wait until a JavaScript expression has a true value. Return the value."""
        deadline = time.monotonic() + seconds
        value: Any = None
        while time.monotonic() < deadline:
            # The elements in the expression, or the page itself, may not exist yet.
            with contextlib.suppress(AssertionError, WebDriverException):
                if value := self.ask(expression, *arguments):
                    return value
            time.sleep(0.1)
        values = ", ".join(map(str, arguments))
        raise AssertionError(f"never true: {expression} {values}\n{self.words()}")

    def words(self, css: str = "body") -> str:
        return str(self.ask(f"document.querySelector({css!r})?.innerText ?? ''"))

    def sees(self, words: str, css: str = "body") -> None:
        """Wait until the element shows these words, even if the page changes meanwhile."""
        self.until(
            f"document.querySelector({json.dumps(css)})?.innerText.includes(arguments[0])", words
        )

    @property
    def device(self) -> str:
        """What the app calls this device: WebKitGTK has a mouse and a wide window."""
        rule = "(hover: hover) and (pointer: fine) and (min-width: 48rem)"
        return "this computer" if self.ask(f"matchMedia({rule!r}).matches") else "this phone"

    def press(self, name: str) -> None:
        """Press the button or follow the link with this name."""
        same = f'normalize-space()="{name}" or @aria-label="{name}"'
        self.click(f"//button[{same}] | //a[{same}]")

    def click(self, xpath: str, across: float = 0.5) -> None:
        """Click the first visible element that matches, as soon as it can be clicked.

        ``across`` is the place of the click, as a share of the element's width.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                element = self._shown(xpath)
                offset = round(element.size["width"] * (across - 0.5))
                self.driver.execute_script(
                    "arguments[0].scrollIntoView({ block: 'center' })", element
                )
                actions = ActionChains(self.driver).move_to_element_with_offset(element, offset, 0)
                return actions.click().perform()
            except WebDriverException as error:
                # The element has moved, was drawn again, or isn't shown yet.
                if time.monotonic() > deadline:
                    raise AssertionError(f"{error.msg}\n{self.words()}") from error
                time.sleep(0.1)

    def _shown(self, xpath: str) -> WebElement:
        elements = self.driver.find_elements(By.XPATH, xpath)
        for element in elements:
            if element.is_displayed() and element.is_enabled():
                return element
        raise WebDriverException(f"{len(elements)} found, none shown: {xpath}")

    def type(self, label: str, words: str) -> None:
        """Type into the field with this label."""
        self.click(f'//*[@id=//label[normalize-space()="{label}"]/@for]')
        self.keys(words)

    def keys(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def field(self, label: str) -> str:
        """Return the content of the field with this label."""
        return str(
            self.ask(
                """(() => {
                  const labels = [...document.querySelectorAll("label")];
                  const found = labels.find((one) => one.innerText.trim() === arguments[0]);
                  return found?.control?.value ?? "";
                })()""",
                label,
            )
        )


__all__ = ["Keys", "Phone"]
