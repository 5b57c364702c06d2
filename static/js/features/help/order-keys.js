// The buttons of a row that the reader can move in its list, or remove.
import { h, icon } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";

/**
 * @param {string} title of the row
 * @param {{isFirst: boolean, isLast: boolean, mustStay?: boolean}} place `mustStay`: it can't be removed
 * @param {{move: (by: -1 | 1) => unknown, remove: () => unknown}} act
 */
export function orderKeys(title, { isFirst, isLast, mustStay = false }, { move, remove }) {
  const words = { title };
  return [
    orderKey("up", gettext("Move up: %(title)s", words), () => move(-1), isFirst),
    orderKey("down", gettext("Move down: %(title)s", words), () => move(1), isLast),
    // Translators: accessible name of a button; a title follows
    orderKey("minus", gettext("Remove: %(title)s", words), remove, mustStay),
  ];
}

/** @param {string} picture @param {string} label @param {() => unknown} act @param {boolean} [disabled] */
export function orderKey(picture, label, act, disabled = false) {
  const attributes = { type: "button", class: "key", "aria-label": label, "data-act": picture };
  const button = h("button", { ...attributes, disabled, onclick: () => void act() });
  button.append(icon(picture));
  return button;
}
