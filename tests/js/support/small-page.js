// A page of elements without a browser: as much of the DOM as is needed to read one.

/**
 * Make an element.
 * @param {string} localName
 * @param {Record<string, any>} [about] attributes; `style` is what the style sheets make of it, `props` are properties
 * @param {...any} children elements and texts
 */
export function el(localName, { style, props, ...attributes } = {}, ...children) {
  const element = {
    nodeType: 1,
    localName,
    style: {
      display: usualDisplay(localName),
      visibility: "visible",
      listStyleType: "decimal",
      ...style,
    },
    getAttribute: (name) => attributes[name] ?? null,
    hasAttribute: (name) => name in attributes,
    classList: { contains: (name) => (attributes.class ?? "").split(" ").includes(name) },
    parentElement: null,
    childNodes: children.map((child) =>
      typeof child === "string" ? { nodeType: 3, data: child, length: child.length } : child,
    ),
    get children() {
      return this.childNodes.filter(({ nodeType }) => nodeType === 1);
    },
    get textContent() {
      return this.childNodes.map((child) => child.data ?? child.textContent).join("");
    },
    ...props,
  };
  for (const child of element.children) child.parentElement = element;
  return element;
}

const INLINE = ["a", "b", "bdi", "br", "em", "input", "label", "span", "strong"];
const usualDisplay = (localName) => (INLINE.includes(localName) ? "inline" : "block");
