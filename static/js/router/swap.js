// Puts another page's content into this page: title, description, preloaded scripts, attributes of <body>, the
// current item in the bar, and <main>.

/** @param {Document} next */
export function swap(next) {
  setTitle(next.title);
  copyAttribute(document, next, 'meta[name="description"]', "content");
  preload(next);
  replaceAttributes(document.body, next.body);
  document.querySelectorAll(".bar a").forEach((link, index) => {
    const mark = next.querySelectorAll(".bar a")[index]?.getAttribute("aria-current");
    if (mark) link.setAttribute("aria-current", mark);
    else link.removeAttribute("aria-current");
  });
  const main = /** @type {HTMLElement} */ (next.querySelector("main"));
  document.querySelector("main")?.replaceWith(document.adoptNode(main));
}

/** Set the title. In discreet mode (theme.js) the shown title stays the same on every page. @param {string} title */
function setTitle(title) {
  const element = document.querySelector("title");
  if (element) element.dataset.ours = title;
  if (document.documentElement.dataset.discreet === undefined) document.title = title;
}

/** @param {Document} here @param {Document} next @param {string} selector @param {string} name */
function copyAttribute(here, next, selector, name) {
  const value = next.querySelector(selector)?.getAttribute(name) ?? "";
  here.querySelector(selector)?.setAttribute(name, value);
}

/** Preload the scripts that the page's components need, all in one round trip. @param {Document} next */
function preload(next) {
  const known = new Set(Array.from(preloads(document), ({ href }) => href));
  for (const link of preloads(next)) {
    // Resolve the address against this page, because `known` contains full addresses.
    const address = new URL(link.getAttribute("href") ?? "", location.href).href;
    if (!known.has(address)) document.head.append(document.adoptNode(link));
  }
}

/** @param {Document} page @returns {NodeListOf<HTMLLinkElement>} */
function preloads(page) {
  return page.querySelectorAll("head > link[rel=modulepreload]");
}

/** @param {Element} here @param {Element} next */
function replaceAttributes(here, next) {
  for (const { name } of Array.from(here.attributes)) {
    if (!next.hasAttribute(name)) here.removeAttribute(name);
  }
  for (const { name, value } of Array.from(next.attributes)) here.setAttribute(name, value);
}
