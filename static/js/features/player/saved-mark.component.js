// The tick beside a recording that is saved on this phone.
import { obstacle } from "../../platform/keeping.js";

/** The slugs of saved recordings, read once for all rows of a page. @type {Promise<Set<string>> | undefined} */
let slugs;
// Read them again after a recording was saved or removed, also on an earlier page of this document.
document.addEventListener("recordings-changed", () => (slugs = undefined));

/** @type {import("../../platform/page.js").Start} */
export default async function start(mark, signal) {
  const show = async () => {
    slugs ??= savedSlugs();
    mark.hidden = !(await slugs).has(mark.dataset.slug ?? "");
  };
  document.addEventListener("recordings-changed", show, { signal });
  await show();
}

async function savedSlugs() {
  // If nothing was ever saved, don't load the code that lists recordings.
  if ((await obstacle()) || !(await caches.has("saved-recordings"))) return new Set();
  const { listSaved } = await import("../../downloads/recordings.js");
  const saved = (await listSaved()).filter(({ state }) => state === "saved");
  return new Set(saved.map(({ slug }) => slug));
}
