/** What has to be said about the entry that is open. Each notice stands once, by its name. */
import { h, href } from "../lib/dom.js";
import { day } from "../lib/dates.js";
import { gettext, locale } from "../lib/messages.js";

/** @import { Entry, Summary } from "../data/entry-view.js" */

/**
 * @param {HTMLElement} place
 * @param {string} name
 * @param {Node | string | null} content null takes it away
 */
export function notice(place, name, content) {
  const old = place.querySelector(`[data-notice="${name}"]`);
  if (content === null) return old?.remove();
  const words = typeof content === "string" ? h("p", { text: content }) : content;
  const next = h("div", { class: "notice", "data-notice": name }, words);
  if (old) {
    if (old.textContent !== next.textContent) old.replaceWith(next);
  } else place.append(next);
}

/**
 * What is said about an entry before its answers.
 * @param {HTMLElement} place
 * @param {Entry | null} entry
 * @param {{revision: number, names: Set<string>, unfit: boolean}} page what the page can show, and whether some answer
 *   doesn't fit
 */
export function aboutEntry(place, entry, { revision, names, unfit }) {
  const unknown = Object.keys(entry?.fields ?? {}).some((name) => !names.has(name));
  const newer = unfit || unknown || (entry?.revision ?? 0) > revision;
  const text = gettext(
    "This was made with a newer version. Some parts can’t be shown here, but they are kept.",
  );
  notice(place, "newer", newer ? text : null);
  notice(place, "language", otherLanguage(entry?.locale));
}

/** @param {string | undefined} written */
function otherLanguage(written) {
  if (!written || written === locale()) return null;
  const language = languageName(written);
  return gettext("You wrote this in %(language)s. Your words stay as you wrote them.", {
    language,
  });
}

/** @param {string} tag */
function languageName(tag) {
  try {
    return new Intl.DisplayNames([locale()], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/**
 * A quiet way back to what was begun.
 * @param {HTMLElement} place
 * @param {Summary} entry
 */
export function carryOn(place, entry) {
  const when = day(new Date(entry.created));
  const text = gettext("Carry on with what you began %(when)s", { when });
  const address = `${href(`worksheets/${entry.worksheet}`)}#e=${entry.id}`;
  notice(place, "earlier", h("p", {}, h("a", { href: address, text })));
}
