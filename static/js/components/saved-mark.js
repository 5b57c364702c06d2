// The tick beside a recording that this phone keeps.

/** @type {import("../main.js").Start} */
export default async function start(mark) {
  // Nothing saved yet: no code to load for saying so.
  if (!(await caches.has("saved-recordings"))) return;
  const { listSaved } = await import("../offline/recordings.js");
  const saved = await listSaved();
  mark.hidden = !saved.some((each) => each.slug === mark.dataset.slug);
}
