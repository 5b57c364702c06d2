"""A voice of the device, for Chromium without a window, which has none.

It plays the part of real ones with their faults: voices come late, what is spoken right after a
cancel is dropped, the end of a cancelled text comes late, the first text needs a press, and
pause() does nothing. It speaks a word, or to the end, when the test says so.
"""

from __future__ import annotations

from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.browser.acts import page_of
from tests.browser.conftest import until
from tests.server import Server

DEVICE = """{
  const voice = (name, lang, localService = true) =>
    ({ name, lang, voiceURI: name, localService, default: false });
  const all = {
    none: [],
    network: [voice("Cloud", "en-GB", false)],
    usual: [voice("Hazel", "en-GB"), voice("George", "en_GB"), voice("Maged", "ar-SA"),
      voice("Cloud", "en-GB", false)],
  };
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) {
      super();
      Object.assign(this, { text, lang: "", voice: null, rate: 1, pitch: 1, volume: 1 });
    }
  };
  const tell = (utterance, type, about = {}) =>
    utterance.dispatchEvent(Object.assign(new Event(type), about));
  class Device extends EventTarget {
    voices = [];
    said = [];
    speaking = false;
    pending = false;
    paused = false;
    #now;
    #cancelled = -1000;
    #isAllowed = false;
    getVoices() {
      return this.voices;
    }
    speak(utterance) {
      this.#isAllowed ||= navigator.userActivation.isActive;
      if (!this.#isAllowed) return void setTimeout(tell, 0, utterance, "error");
      if (performance.now() - this.#cancelled < 200) return;
      this.#now = utterance;
      this.speaking = true;
      setTimeout(() => {
        if (this.#now !== utterance) return;
        this.said.push(utterance);
        tell(utterance, "start");
      });
    }
    cancel() {
      const before = this.#now;
      this.#now = undefined;
      this.speaking = false;
      this.#cancelled = performance.now();
      if (before) setTimeout(tell, 150, before, "end");
    }
    pause() {}
    resume() {}
    // What the test makes it do.
    say(word) {
      const charIndex = this.#now.text.indexOf(word);
      tell(this.#now, "boundary", { name: "word", charIndex, charLength: word.length });
    }
    finish() {
      const before = this.#now;
      this.#now = undefined;
      this.speaking = false;
      tell(before, "end");
    }
  }
  const device = new Device();
  Object.defineProperty(window, "speechSynthesis", { value: device });
  window.voicesCome = (kind = "usual") => {
    device.voices = all[kind];
    device.dispatchEvent(new Event("voiceschanged"));
  };
  if ("KIND" !== "late") setTimeout(window.voicesCome, 50, "KIND");
}"""
NOW = "speechSynthesis.said.at(-1)"


async def page_with_voice(
    phone: BrowserContext, server: Server, path: str, locale: str = "en", voices: str = "usual"
) -> Page:
    """Open a page on a device with these voices: usual, network, none, or late."""
    await phone.add_init_script(DEVICE.replace("KIND", voices))
    return await page_of(phone, server, path, locale)


async def open_part(page: Page) -> Locator:
    """Open the panel and its part that reads aloud. Return that part."""
    await page.locator("header .key[href$='settings/reading']").click()
    part = page.locator("[data-module=aloud]")
    await page.locator("details", has=part).locator("summary").click()
    return part


async def read_aloud(page: Page, label: str = "Read this page aloud") -> Locator:
    """Press the button, and wait for the first words. Return the bar."""
    part = await open_part(page)
    await part.get_by_role("button", name=label).click()
    await until(page, "speechSynthesis.said.length === 1")
    return page.locator(".aloud-bar")


async def hears(page: Page, words: str) -> None:
    """Wait until the voice speaks a text that begins with these words."""
    await until(page, f"speechSynthesis.speaking && {NOW}.text.trim().startsWith({words!r})")


async def finish(page: Page) -> None:
    await page.evaluate("speechSynthesis.finish()")


async def say(page: Page, word: str) -> None:
    await page.evaluate("word => speechSynthesis.say(word)", word)


async def is_silent(page: Page) -> None:
    await until(page, "!speechSynthesis.speaking")


async def expect_marked(page: Page, words: str) -> None:
    await expect(page.locator("[data-spoken]")).to_contain_text(words)
