// Gathers what a page says, in the order in which it is read: headings, paragraphs, list items, questions and their
// answers, the words for drawings. It only reads the page. What an element looks like is in looks.js.

/** @typedef {import("./looks.js").Looks} Looks */

/**
 * @typedef {{at: number, node: Text}} Piece text of the page; `at` is where it begins in the text of its part
 *
 * @typedef {object} Part a text in one language
 * @property {string} text
 * @property {string} lang
 * @property {Piece[]} pieces empty if the page doesn't show the text, as with the label of a drawing
 *
 * @typedef {object} Block what is read without a pause
 * @property {Element} element
 * @property {"heading" | "item" | "text"} kind
 * @property {Part[]} parts
 *
 * @typedef {{element: Element, kind: Block["kind"], lang: string}} Place around a text
 */

const TEXT = 3;
const ELEMENT = 1;
const SPEAKABLE = /[\p{L}\p{N}]/u;
const HEADING = /^h[1-6]$/;

/**
 * Gather the blocks of an element.
 * @param {Element} root
 * @param {string} lang of the page
 * @param {Looks} looks
 * @returns {Block[]}
 */
export function gather(root, lang, looks) {
  const gathering = new Gathering(lang, looks);
  gathering.walk(root, { element: root, kind: "text", lang });
  return gathering.blocks.filter(({ parts }) => parts.some(({ text }) => SPEAKABLE.test(text)));
}

class Gathering {
  /** @type {Block[]} */
  blocks = [];
  /** Whether the next text belongs to the last block. */
  #isOpen = false;
  /** What the next block begins with: the number of a list item, or that an option is chosen. */
  #before = "";

  /** @param {string} lang @param {Looks} looks */
  constructor(lang, looks) {
    this.lang = lang;
    this.looks = looks;
  }

  /** @param {Element} parent @param {Place} place */
  walk(parent, place) {
    for (const child of parent.childNodes) {
      if (child.nodeType === TEXT) this.#addText(/** @type {Text} */ (child), place);
      if (child.nodeType === ELEMENT) this.#addElement(/** @type {Element} */ (child), place);
    }
  }

  /** @param {Element} element @param {Place} around */
  #addElement(element, around) {
    const { kind, before = "", instead } = this.looks(element);
    if (kind === "out") return;
    const isInline = kind === "inline";
    const lang = element.getAttribute("lang") || around.lang;
    const place = isInline ? { ...around, lang } : { element, kind: kindOf(element, around), lang };
    if (!isInline) this.#isOpen = false;
    this.#before += before;
    if (instead === undefined) this.walk(element, place);
    else this.#add(instead, place);
    if (isInline) return;
    this.#isOpen = false;
    // The number of an empty list item isn't that of the next one.
    if (before) this.#before = "";
  }

  /** @param {Text} node @param {Place} place */
  #addText(node, place) {
    // The same length, so that a place in the text is a place in the node.
    const text = node.data.replace(/\s/g, " ");
    const part = this.#add(text, place);
    part?.pieces.push({ at: part.text.length - text.length, node });
  }

  /** @param {string} text @param {Place} place */
  #add(text, { element, kind, lang }) {
    if (!this.#isOpen && !text.trim()) return undefined;
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.blocks.push({ element, kind, parts: [] });
      const before = this.#before;
      this.#before = "";
      if (before) this.#extend(before, this.lang);
    }
    return this.#extend(text, lang);
  }

  /** Add a text to the last block. @param {string} text @param {string} lang */
  #extend(text, lang) {
    const { parts } = this.blocks[this.blocks.length - 1];
    const last = parts.at(-1);
    const part = last?.lang === lang ? last : { text: "", lang, pieces: [] };
    if (part !== last) parts.push(part);
    part.text += text;
    return part;
  }
}

/** @param {Element} element @param {Place} around @returns {Block["kind"]} */
function kindOf({ localName }, around) {
  if (HEADING.test(localName) || localName === "legend") return "heading";
  return localName === "li" ? "item" : around.kind;
}
