// The reading settings: text size, font, colours and spacing. A choice is shown at once and stored on this phone.
// theme.js applies it on every page.
import { obstacle } from "../../platform/keeping.js";
import { recall, remember } from "../../platform/storage.js";

const NAMES = ["theme", "size", "font", "spacing"];

/** @returns {Record<string, string>} */
function chosen() {
  try {
    return JSON.parse(recall("reading") ?? "{}");
  } catch {
    return {};
  }
}

/** @param {Record<string, string>} choices */
function apply(choices) {
  const root = document.documentElement;
  for (const name of NAMES) {
    if (choices[name]) root.dataset[name] = choices[name];
    else delete root.dataset[name];
  }
}

/** Store the fonts in use in a cache, so that they also work offline. */
async function storeFonts() {
  if (await obstacle()) return;
  await document.fonts.ready;
  const used = performance
    .getEntriesByType("resource")
    .map((entry) => new URL(entry.name).pathname)
    .filter((path) => path.startsWith("/static/fonts/"));
  const cache = await caches.open("chosen-fonts");
  await Promise.all(
    used.map(async (path) => (await caches.match(path)) ?? (await cache.add(path))),
  );
}

/** @type {import("../../platform/page.js").Start} */
export default function start(form) {
  if (!(form instanceof HTMLFormElement)) return;
  const show = () => {
    const choices = chosen();
    for (const name of NAMES) {
      const wanted = form.querySelector(
        `input[name="${name}"][value="${CSS.escape(choices[name] ?? "")}"]`,
      );
      if (wanted instanceof HTMLInputElement) wanted.checked = true;
    }
    apply(choices);
  };
  form.addEventListener("change", async () => {
    const choices = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, String(value)]),
    );
    remember("reading", JSON.stringify(choices));
    apply(choices);
    if (choices.font === "dyslexic") await storeFonts();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    remember("reading", null);
    show();
  });
  show();
}
