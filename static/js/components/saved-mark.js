// The tick beside a recording that this phone keeps.

/** Looked up once for all the rows of a page. @type {Promise<Set<string>> | undefined} */
let slugs;
// Saved or removed on a page that has given way to this one.
document.addEventListener("recording-kept", () => (slugs = undefined));

/** @type {import("../main.js").Start} */
export default async function start(mark, signal) {
  const show = async () => {
    slugs ??= savedSlugs();
    mark.hidden = !(await slugs).has(mark.dataset.slug ?? "");
  };
  document.addEventListener("recording-kept", show, { signal });
  await show();
}

async function savedSlugs() {
  // Nothing saved yet: no code to load for saying so.
  if (!("caches" in globalThis) || !(await caches.has("saved-recordings"))) return new Set();
  const { listSaved } = await import("../offline/recordings.js");
  const whole = (await listSaved()).filter(({ state }) => state === "saved");
  return new Set(whole.map(({ slug }) => slug));
}
