/** The notices above a worksheet's questions. Each notice has a name and is shown at most once. */
import { h, href } from "../../platform/dom.js";
import { day } from "../../platform/dates.js";
import { gettext, languageName, locale } from "../../platform/i18n.js";

/** @import { Entry, Summary } from "../../data/entry-view.js" */
/** @import { Revisions } from "./revisions.js" */

/**
 * Show a notice in place of the one with the same name.
 * @param {HTMLElement} place
 * @param {string} name
 * @param {Node | string | null} content null removes the notice
 */
export function notice(place, name, content) {
  const old = place.querySelector(`[data-notice="${name}"]`);
  if (content === null) return old?.remove();
  const body = typeof content === "string" ? h("p", { text: content }) : content;
  const next = h("div", { class: "notice", "data-notice": name }, body);
  if (old) {
    if (old.textContent !== next.textContent) old.replaceWith(next);
  } else place.append(next);
}

/**
 * What the open page can show.
 * @typedef {object} Shown
 * @property {Revisions} revisions
 * @property {Set<string>} names of the page's questions
 * @property {boolean} unfit whether some answer doesn't fit its question
 * @property {string[]} languages in which the page is offered
 * @property {string} place the fragment of the page's address
 */

/**
 * Show the notices about an entry.
 * @param {HTMLElement} place
 * @param {Entry | null} entry
 * @param {Shown} page
 */
export function aboutEntry(place, entry, page) {
  notice(place, "newer", otherVersion(entry, page));
  notice(place, "revision", entry && earlierRevision(page.revisions));
  notice(place, "language", entry && otherLanguage(entry.locale, page));
  // The reader may have moved to another step since the link was made.
  const languageLink = place.querySelector("a[hreflang]");
  languageLink?.setAttribute("href", inLanguage(entry?.locale ?? "", page));
}

/** @param {Entry | null} entry @param {Shown} page */
function otherVersion(entry, { revisions: { shown }, names, unfit }) {
  const unknown = Object.keys(entry?.fields ?? {}).some((name) => !names.has(name));
  const revision = entry?.revision ?? 0;
  if (!(unfit || unknown || revision > shown)) return null;
  return revision < shown
    ? gettext(
        "This was made with an earlier version. Some parts can’t be shown here, but they are kept.",
      )
    : gettext(
        "This was made with a newer version. Some parts can’t be shown here, but they are kept.",
      );
}

/** @param {Revisions} revisions */
function earlierRevision({ slug, shown, offered }) {
  if (shown === offered) return null;
  const text = gettext("You began this before the worksheet changed. It is shown as it was.");
  if (!offered) return text;
  const begin = h("a", { href: href(`worksheets/${slug}`), text: gettext("Start a new one") });
  return h("p", {}, `${text} `, begin);
}

/** @param {string | undefined} begun @param {Shown} page */
function otherLanguage(begun, page) {
  if (!begun || begun === locale()) return null;
  const language = languageName(begun);
  const text = gettext("You began this in %(language)s. Your words stay as you wrote them.", {
    language,
  });
  if (!page.languages.includes(begun)) return text;
  const open = gettext("Open it in %(language)s", { language });
  const link = h("a", { href: inLanguage(begun, page), hreflang: begun, text: open });
  return h("p", {}, `${text} `, link);
}

/** Return this page's address in another language. @param {string} tag @param {Shown} page */
const inLanguage = (tag, { place }) => location.pathname.replace(/^\/[^/]+\//, `/${tag}/`) + place;

/**
 * Show a link to an entry that the reader began earlier.
 * @param {HTMLElement} place
 * @param {Summary} entry
 */
export function carryOn(place, entry) {
  const when = day(new Date(entry.created));
  const text = gettext("Carry on with what you began %(when)s", { when });
  const address = `${href(`worksheets/${entry.worksheet}`)}#e=${entry.id}`;
  notice(place, "earlier", h("p", {}, h("a", { href: address, text })));
}
