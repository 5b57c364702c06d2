/** The picture "Your three circles". Each circle grows with its slider. Template: components/circles.svg.jinja. */
import { gettext, number, pgettext } from "../../platform/i18n.js";
import { speech } from "../../answers/fields.js";
import { radius } from "../../answers/radius.js";

/** @import { Size } from "../../answers/radius.js" */

/** Height of one line of a label, in the picture's own units. */
const LINE = 18;

/**
 * Return where to put a circle's label: inside the circle if it fits, otherwise beside it, away from the other two.
 * @param {{y: number, radius: number, width: number, lines: number}} label in the picture's own units; `y` is the
 *   circle's centre
 * @returns {{inside: boolean, y: number}}
 */
export function place({ y, radius, width, lines }) {
  // The width of the widest rectangle of the label's height that fits in the circle.
  const half = (lines * LINE) / 2;
  const room = radius > half ? 2 * Math.sqrt(radius ** 2 - half ** 2) : 0;
  if (width + 8 <= room) return { inside: true, y: y + 6 - (lines - 1) * (LINE / 2) };
  return { inside: false, y: y < 100 ? y - radius - 8 : y + radius + LINE + 1 };
}

export class Circles {
  #svg;
  #sizes = /** @type {Map<string, Size>} */ (new Map());

  /** @param {SVGSVGElement} svg */
  constructor(svg) {
    this.#svg = svg;
    // Text can be measured only while the picture is on the screen and the font is loaded.
    new ResizeObserver(() => this.#draw()).observe(svg);
    document.fonts.ready.then(() => this.#draw());
  }

  /** Draw the circles and describe them in the SVG's desc. @param {Map<string, Size>} sizes by system */
  show(sizes) {
    // The page calls this at every keystroke. Measuring text is slow, so draw only when a size has changed.
    if (JSON.stringify([...sizes]) === JSON.stringify([...this.#sizes])) return;
    this.#sizes = sizes;
    this.#draw();
    const description = this.#svg.querySelector("desc");
    if (description) description.textContent = this.#describe();
  }

  #draw() {
    for (const [system, size] of this.#sizes) {
      const group = this.#svg.querySelector(`[data-system="${system}"]`);
      if (group) draw(group, size);
    }
  }

  /** Return the picture's text description. */
  #describe() {
    const sizes = [...this.#sizes].filter(([, { value }]) => value !== null);
    if (!sizes.length) return gettext("Each circle grows as you move its slider.");
    return [...this.#sizes]
      .map(([system, { value, max }]) => {
        const circle = this.#svg.querySelector(
          `[data-system="${system}"] [data-name]`,
        )?.textContent;
        const size =
          value === null
            ? pgettext("value of a slider that was not moved", "Not set")
            : speech.slider(value, max);
        // Translators: a circle in the picture and its size: "Threat: 6 of 10."
        return gettext("%(circle)s: %(size)s.", { circle: circle ?? "", size });
      })
      .join(" ");
  }
}

/** @param {Element} group @param {Size} size */
function draw(group, size) {
  const r = radius(size);
  const circle = group.querySelector(".size");
  const text = group.querySelector("text");
  const name = group.querySelector("[data-name]");
  const count = group.querySelector("[data-number]");
  if (!(circle && text && name && count)) return;
  group.toggleAttribute("data-unset", size.value === null);
  circle.setAttribute("r", String(r));
  const [x, y] = [circle.getAttribute("cx") ?? "0", Number(circle.getAttribute("cy"))];
  count.textContent = size.value === null ? "" : number(size.value);
  const width = /** @type {SVGTSpanElement} */ (name).getComputedTextLength() || Infinity;
  const label = place({ y, radius: r, width, lines: size.value === null ? 1 : 2 });
  text.classList.toggle("outside", !label.inside);
  text.setAttribute("y", String(label.y));
  if (label.inside) {
    count.setAttribute("x", x);
    count.setAttribute("dy", String(LINE));
  } else {
    // One line beside the circle: the name, a space, the number.
    count.removeAttribute("x");
    count.setAttribute("dx", size.value === null ? "0" : "5");
    count.removeAttribute("dy");
  }
  if (label.inside) count.removeAttribute("dx");
}
