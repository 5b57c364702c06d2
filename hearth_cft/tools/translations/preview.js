// Added to every page of the translators' preview. Reloads the page when a catalogue is saved. With ?strings=1 in the
// address, a click on a text shows what is known about it.

/**
 * What is known about one text.
 * @typedef {object} Card
 * @property {string} id
 * @property {string | null} plural
 * @property {string | null} context
 * @property {string} state
 * @property {string | null} file
 * @property {string[]} places
 * @property {string[]} comments
 * @property {string | null} suggestion
 */
/** @typedef {{strings: Card[], scripts: [number, string][]}} Strings */

const CHECK_INTERVAL = 1000; // ms between two checks whether a file has changed
const MARKED = "[data-string], [data-strings]";
const here = new URL(location.href);
const showing = here.searchParams.get("strings") === "1";

async function version() {
  const response = await fetch("/preview/version.json");
  return response.text();
}

async function reloadOnSave() {
  const first = await version();
  setInterval(async () => {
    // If the preview server was stopped, leave the page as it is.
    const now = await version().catch(() => first);
    if (now !== first) location.reload();
  }, CHECK_INTERVAL);
}

/** @param {string} name @param {string} text @param {string} [className] */
function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function addSwitch() {
  const other = new URL(here);
  if (showing) other.searchParams.delete("strings");
  else other.searchParams.set("strings", "1");
  const link = element("a", showing ? "Hide strings" : "Show strings", "preview-switch");
  link.setAttribute("href", other.href);
  link.lang = "en";
  link.dir = "ltr";
  document.body.append(link);
}

/** Return the numbers of the texts at and around an element. @param {Element} from */
function numbersAt(from) {
  /** @type {string[]} */
  const numbers = [];
  for (
    let marked = from.closest(MARKED);
    marked && numbers.length < 4;
    marked = marked.parentElement?.closest(MARKED) ?? null
  ) {
    if (!(marked instanceof HTMLElement || marked instanceof SVGElement)) continue;
    numbers.push(...`${marked.dataset.string ?? ""} ${marked.dataset.strings ?? ""}`.split(" "));
  }
  return [...new Set(numbers.filter(Boolean))].map(Number);
}

/**
 * Show cards in the panel.
 * @param {HTMLElement} panel
 * @param {Card[]} cards
 * @param {Element} from the element that was clicked
 */
function fill(panel, cards, from) {
  panel.replaceChildren();
  for (const card of cards) {
    const list = element("dl", "", "preview-card");
    for (const [name, value] of Object.entries({
      State: card.state,
      English: card.plural ? `${card.id} / ${card.plural}` : card.id,
      Context: card.context,
      Note: card.comments.join(" "),
      Suggestion: card.suggestion,
      File: card.file,
      Source: card.places.join(", "),
    })) {
      if (value) list.append(element("dt", name), element("dd", value));
    }
    panel.append(list);
  }
  const link = from.closest("a[href]");
  if (link instanceof HTMLAnchorElement && link.origin === location.origin) {
    const target = new URL(link.href);
    target.searchParams.set("strings", "1");
    const open = element("a", "Follow the link");
    open.setAttribute("href", target.href);
    panel.append(open);
  }
  const close = element("button", "Close");
  close.addEventListener("click", () => (panel.hidden = true));
  panel.append(close);
  panel.hidden = false;
}

/** Return a pattern that matches a text with its placeholders filled in. @param {string} text */
function pattern(text) {
  const parts = text.split(/%\(\w+\)s/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^\\s*${parts.join(".+")}\\s*$`, "s");
}

/** Mark the texts that scripts put into the page. @param {[number, string][]} scripts */
function markScripts(scripts) {
  // Leave out texts that consist only of placeholders: they would match everything.
  const known = scripts
    .filter(([, text]) => text.replace(/%\(\w+\)s/g, "").trim())
    .map(([number, text]) => ({ number, fits: pattern(text) }));
  const mark = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent ?? "";
      if (!parent || !text.trim() || parent.closest(`${MARKED}, script, .preview-panel`)) continue;
      const match = known.find(({ fits }) => fits.test(text));
      if (match) parent.dataset.string = String(match.number);
    }
  };
  mark();
  new MutationObserver(mark).observe(document.body, {
    childList: true,
    characterData: true,
    subtree: true,
  });
}

async function showStrings() {
  const tag = document.documentElement.lang;
  /** @type {Strings} */
  const { strings, scripts } = await (await fetch(`/preview/strings/${tag}.json`)).json();
  const panel = element("aside", "", "preview-panel");
  panel.lang = "en";
  panel.dir = "ltr";
  panel.hidden = true;
  document.body.append(panel);
  document.documentElement.classList.add("preview-strings");
  markScripts(scripts);
  for (const marked of document.querySelectorAll("[data-string]")) {
    if (marked instanceof HTMLElement || marked instanceof SVGElement) {
      marked.dataset.state = strings[Number(marked.dataset.string)]?.state ?? "";
    }
  }
  document.addEventListener(
    "click",
    (event) => {
      const from = event.target;
      if (!(from instanceof Element) || from.closest(".preview-panel, .preview-switch")) return;
      const cards = numbersAt(from).flatMap((number) => strings[number] ?? []);
      if (!cards.length) return;
      event.preventDefault();
      event.stopPropagation();
      fill(panel, cards, from);
    },
    { capture: true },
  );
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") panel.hidden = true;
  });
}

addSwitch();
reloadOnSave();
if (showing) showStrings();
