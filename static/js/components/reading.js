// Size, font, colours and spacing: shown at once, kept on this phone, applied by theme.js.
const NAMES = ["theme", "size", "font", "spacing"];

/** @returns {Record<string, string>} */
function chosen() {
  try {
    return JSON.parse(localStorage.getItem("reading") ?? "{}");
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

/** A font that was chosen must also be there in flight mode. */
async function carryFont() {
  await document.fonts.ready;
  const used = performance
    .getEntriesByType("resource")
    .map((entry) => new URL(entry.name).pathname)
    .filter((path) => path.startsWith("/static/fonts/"));
  const kept = await caches.open("chosen-fonts");
  await Promise.all(used.map(async (path) => (await caches.match(path)) ?? (await kept.add(path))));
}

/** @type {import("../main.js").Start} */
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
    localStorage.setItem("reading", JSON.stringify(choices));
    apply(choices);
    if (choices.font === "dyslexic") await carryFont();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    localStorage.removeItem("reading");
    show();
  });
  show();
}
