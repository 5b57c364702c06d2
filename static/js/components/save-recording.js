// "Keep it on this phone": save with progress, pause, go on, remove.
import { size } from "../lib/dates.js";
import { h, href, say } from "../lib/dom.js";
import { gettext, pgettext } from "../lib/messages.js";
import { removeRecording, saveRecording, savedState } from "../offline/recordings.js";

/** @typedef {import("../player/files.js").Sound} Sound */
/** @typedef {"none" | "saving" | "checking" | "partial" | "saved"} State */

/** @type {import("../main.js").Start} */
export default function start(section) {
  const place = section.querySelector("[data-keep]");
  const page = section.closest("[data-slug]");
  if (!place || !(page instanceof HTMLElement)) return;
  const keeper = new Keeper(section, place, page);
  page.addEventListener("recording-chosen", (event) => {
    void keeper.show(/** @type {CustomEvent<Sound>} */ (event).detail);
  });
}

class Keeper {
  /** @param {Element} section @param {Element} place @param {HTMLElement} page */
  constructor(section, place, page) {
    this.section = section;
    this.page = page;
    this.text = h("p", { role: "status" });
    this.progress = h("progress", { class: "progress", "aria-labelledby": "keep-title" });
    this.buttons = h("p", { class: "buttons" });
    place.replaceChildren(this.text, this.progress, this.buttons);
    /** @type {Sound | undefined} */
    this.sound = undefined;
    /** @type {AbortController | undefined} */
    this.running = undefined;
  }

  /** @param {Sound} sound */
  async show(sound) {
    if (this.sound?.address !== sound.address) this.running?.abort();
    this.sound = sound;
    for (const link of this.section.querySelectorAll("[data-audio]")) {
      if (link instanceof HTMLElement) link.hidden = link.dataset.address !== sound.address;
    }
    const { state, bytes } = await savedState(sound.address);
    this.draw(state, bytes);
  }

  /** @param {State} state @param {number} done bytes @param {string} [problem] */
  draw(state, done, problem) {
    const total = this.sound?.bytes ?? 0;
    const sizes = { size: size(total), done: size(done), total: size(total) };
    this.progress.hidden = state === "none" || state === "saved";
    this.progress.max = total;
    this.progress.value = done;
    say(this.text, problem ?? this.words(state, sizes));
    this.buttons.replaceChildren(...this.choices(state, Boolean(problem)));
  }

  /** @param {State} state @param {{size: string, done: string, total: string}} sizes */
  words(state, sizes) {
    switch (state) {
      case "saving":
        return gettext("Saving… %(done)s of %(total)s", sizes);
      case "checking":
        return gettext("Checking that all of it arrived…");
      case "partial":
        return gettext("Paused at %(done)s of %(total)s.", sizes);
      case "saved":
        return gettext("Saved on this phone. It plays with no signal.");
      default:
        return gettext("Save it once and it plays with no signal. It takes %(size)s.", sizes);
    }
  }

  /** @param {State} state @param {boolean} failed */
  choices(state, failed) {
    const again = failed ? pgettext("button", "Try again") : gettext("Go on saving");
    const remove = this.button(gettext("Remove from this phone"), () => this.remove(), "quiet");
    switch (state) {
      case "checking":
        return [];
      case "saving":
        return [this.button(pgettext("button", "Pause saving"), () => this.running?.abort())];
      case "partial":
        return [this.button(again, () => this.save()), remove];
      case "saved":
        return [remove];
      default: {
        const save = failed ? again : gettext("Save on this phone");
        return [this.button(save, () => this.save())];
      }
    }
  }

  /** @param {string} text @param {() => void} onclick @param {string} [kind] */
  button(text, onclick, kind = "nhsuk-button--secondary") {
    return h("button", { type: "button", class: `nhsuk-button ${kind}`, text, onclick });
  }

  async save() {
    const { sound } = this;
    if (!sound) return;
    const running = new AbortController();
    this.running = running;
    const mine = () => this.sound === sound;
    this.draw("saving", (await savedState(sound.address)).bytes);
    this.buttons.querySelector("button")?.focus();
    try {
      await saveRecording(this.described(sound), {
        signal: running.signal,
        onProgress: ({ bytes }) => {
          if (mine()) this.draw(bytes >= sound.bytes ? "checking" : "saving", bytes);
        },
      });
      if (mine()) this.draw("saved", sound.bytes);
      document.dispatchEvent(new CustomEvent("recording-kept"));
    } catch (error) {
      const { state, bytes } = await savedState(sound.address);
      if (mine()) this.draw(state, bytes, running.signal.aborted ? undefined : explain(error));
      if (mine() && noRoom(error)) this.buttons.append(storageLink());
    } finally {
      if (this.running === running) this.running = undefined;
    }
  }

  /** @param {Sound} sound */
  described(sound) {
    return {
      url: sound.address,
      captionsUrl: sound.captions,
      sha256: sound.sha256,
      size: sound.bytes,
      title: this.page.dataset.title ?? "",
      slug: this.page.dataset.slug ?? "",
      locale: sound.locale,
      version: sound.version,
      voice: sound.voice,
    };
  }

  async remove() {
    if (!this.sound) return;
    await removeRecording(this.sound.address);
    this.draw("none", 0);
    document.dispatchEvent(new CustomEvent("recording-kept"));
    this.buttons.querySelector("button")?.focus();
  }
}

/** @param {unknown} error */
function noRoom(error) {
  return error instanceof Error && error.name === "StorageFullError";
}

/** @param {unknown} error */
function explain(error) {
  if (noRoom(error)) {
    return gettext(
      "This phone has no room left for it. Remove something you no longer need, then try again.",
    );
  }
  if (error instanceof Error && error.name === "DamagedError") {
    return gettext("The recording arrived damaged, so it was not kept. Try again.");
  }
  return gettext(
    "Saving stopped. Try again when the connection is better. Nothing that was saved is lost.",
  );
}

function storageLink() {
  return h("a", { href: href("settings/storage"), text: gettext("What is kept on this phone") });
}
