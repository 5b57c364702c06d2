"""What a person does with a browser, in a line each, whatever the browser."""

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
    """An expression was asked for in a page that gave way to another before it had an answer."""


class Phone:
    """A browser that opens pages of the server at ``url``."""

    def __init__(self, driver: WebDriver, engine: str, url: str) -> None:
        self.driver = driver
        self.engine = engine
        self.url = url
        # A driver that hangs fails its test and not the whole run.
        driver.command_executor.client_config.timeout = 2 * PATIENCE
        driver.set_page_load_timeout(PATIENCE)
        driver.set_script_timeout(PATIENCE)

    def open(self, path: str) -> None:
        self.driver.get(self.url + path)

    def reload(self) -> None:
        """As the page itself can: geckodriver's refresh goes past the worker, to the server."""
        self.ask("void (window.isOld = true, setTimeout(() => location.reload()))")
        self.until("!window.isOld && document.readyState === 'complete'")

    def get_ready_for_flight(self) -> None:
        """Wait until the worker controls the page and the snapshot is the active one."""
        self.until(READY)
        if self.engine == "webkit":
            # Automated sessions keep nothing on the disk: what the site stored is forgotten when
            # its last page is closed, as it is for a moment between two. This one stays open.
            # A window, not a tab: in a second tab its driver never comes back from a click
            # (WebKit's bug 283392).
            self.driver.switch_to.new_window("window")

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.url)

    @property
    def title(self) -> str:
        return self.driver.title

    def ask(self, expression: str, *arguments: object) -> Any:
        """What an expression of JavaScript gives, or what it promises, in the page."""
        told = self.driver.execute_async_script(
            f"""const done = arguments[arguments.length - 1];
            Promise.resolve().then(() => {expression})
              .then((value) => done({{ value }}), (error) => done({{ error: String(error) }}));""",
            *arguments,
        )
        if told is None:
            # The page changed while it ran. Firefox gives nothing then, and raises no error.
            raise PageChangedError(expression)
        assert "error" not in told, f"{expression}: {told['error']}"
        return told.get("value")

    def until(self, expression: str, *arguments: object, seconds: float = PATIENCE) -> Any:
        """Wait until an expression of JavaScript gives something true, and give it."""
        deadline = time.monotonic() + seconds
        found: Any = None
        while time.monotonic() < deadline:
            # What it is about, or the page itself, may not be there yet.
            with contextlib.suppress(AssertionError, WebDriverException):
                if found := self.ask(expression, *arguments):
                    return found
            time.sleep(0.1)
        told = ", ".join(map(str, arguments))
        raise AssertionError(f"never true: {expression} {told}\n{self.words()}")

    def words(self, css: str = "body") -> str:
        return str(self.ask(f"document.querySelector({css!r})?.innerText ?? ''"))

    def sees(self, words: str, css: str = "body") -> None:
        """Wait until these words are read there, also while one page gives way to another."""
        self.until(
            f"document.querySelector({json.dumps(css)})?.innerText.includes(arguments[0])", words
        )

    def press(self, name: str) -> None:
        """Press the button, or follow the link, of this name."""
        same = f'normalize-space()="{name}" or @aria-label="{name}"'
        self.click(f"//button[{same}] | //a[{same}]")

    def click(self, xpath: str, across: float = 0.5) -> None:
        """Click on what is found, so far ``across`` it, once it is there to be clicked on."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                element = self._shown(xpath)
                offset = round(element.size["width"] * (across - 0.5))
                self.driver.execute_script(
                    "arguments[0].scrollIntoView({ block: 'center' })", element
                )
                there = ActionChains(self.driver).move_to_element_with_offset(element, offset, 0)
                return there.click().perform()
            except WebDriverException as error:
                # It moved, was drawn anew, or is about to be shown.
                if time.monotonic() > deadline:
                    raise AssertionError(f"{error.msg}\n{self.words()}") from error
                time.sleep(0.1)

    def _shown(self, xpath: str) -> WebElement:
        found = self.driver.find_elements(By.XPATH, xpath)
        for element in found:
            if element.is_displayed() and element.is_enabled():
                return element
        raise WebDriverException(f"{len(found)} found, none shown: {xpath}")

    def type(self, label: str, words: str) -> None:
        """Type into the field of this label."""
        self.click(f'//*[@id=//label[normalize-space()="{label}"]/@for]')
        self.keys(words)

    def keys(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def field(self, label: str) -> str:
        """What is in the field of this label."""
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
