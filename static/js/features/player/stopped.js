// Home: "Resume Safe place", with the place at which the listener stopped. theme.js decides before the first paint whether
// the card is shown; this module fills it.
import { isComputer } from "../../platform/device.js";
import { obstacle } from "../../platform/keeping.js";
import { clock } from "../../platform/dates.js";
import { say } from "../../platform/dom.js";
import { drawing } from "../../platform/drawings.js";
import { gettext } from "../../platform/i18n.js";
import { recall } from "../../audio/preferences.js";

/** @param {HTMLElement} part */
export async function offerStopped(part) {
  const root = document.documentElement;
  const card = part.querySelector("a.resume-card");
  if (root.dataset.stopped === undefined || !(card instanceof HTMLAnchorElement)) return;
  const { last: { slug, version } = { slug: "", version: "" }, stopped = {} } = recall();
  const template = part.querySelector(`template[data-recording="${CSS.escape(slug)}"]`);
  const isPlaying = !document.querySelector("[data-mini]")?.hasAttribute("hidden");
  // The service may not have the recording any more. One that plays has its own player.
  if (!(template instanceof HTMLTemplateElement) || isPlaying)
    return void delete root.dataset.stopped;
  const at = stopped[`${slug}/${version}`];
  const length = Number(template.dataset[version === "short" ? "short" : "full"]);
  card.href = `${card.href}${slug}${version === "short" ? "#short" : ""}`;
  Object.assign(card.dataset, { recording: slug, version, at: String(at) });
  const place = { time: clock(at), length: clock(Math.max(at, length || at)) };
  const isSaved = await savedHere(slug, version).catch(() => false);
  card.querySelector(".disc")?.replaceWith(drawing(`recordings/${slug}`));
  const [title, small] = [card.querySelector("b"), card.querySelector("small")];
  if (title) {
    // Translators: a card on the home page; the title of a recording follows
    say(title, gettext("Resume %(title)s", { title: template.content.textContent?.trim() ?? "" }));
  }
  if (!small) return;
  say(small, isSaved ? savedWords(place) : gettext("%(time)s of %(length)s", place));
  card.dataset.filled = "";
}

/** @param {{time: string, length: string}} place */
const savedWords = (place) =>
  isComputer()
    ? gettext("%(time)s of %(length)s, saved on this computer", place)
    : gettext("%(time)s of %(length)s, saved on this phone", place);

/** @param {string} slug @param {string} version */
async function savedHere(slug, version) {
  // If nothing was ever saved, don't load the code that lists recordings.
  if ((await obstacle()) || !(await caches.has("saved-recordings"))) return false;
  const { listSaved } = await import("../../downloads/recordings.js");
  return (await listSaved()).some(
    (saved) => saved.state === "saved" && saved.slug === slug && saved.version === version,
  );
}
