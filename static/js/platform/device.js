// Tells a computer from a phone or tablet, for texts that name it. The style sheet decides by the same rule which of two
// texts of a page it shows (.on-phone and .on-computer in _wide.scss).

/** @returns {boolean} whether this is a computer: it has a mouse or a touchpad, and a wide screen */
export function isComputer() {
  const rule = "(hover: hover) and (pointer: fine) and (min-width: 48rem)";
  return typeof matchMedia === "function" && matchMedia(rule).matches;
}
