// Recognises PINs and passphrases that somebody who wants to look would try first. Pure functions. They are used when a
// lock is set; an existing lock opens with what it has.
import { isPin, plainly } from "../../data/wrapping.js";
import { fold } from "../../platform/fold.js";

/** Ways over the keypad, and others of the most frequent PINs in leaked lists that no rule below covers. */
const PINS = new Set([
  "123321",
  "321123",
  "123654",
  "147258",
  "147852",
  "159357",
  "159753",
  "258369",
  "456123",
  "741852",
  "789456",
  "963852",
]);

/** Folded and without spaces. */
const PHRASES = new Set(
  [
    "password",
    "password1",
    "passw0rd",
    "my password",
    "passphrase",
    "qwertyui",
    "qwertyuiop",
    "qwerty123",
    "iloveyou",
    "sunshine",
    "princess",
    "football",
    "abcdefgh",
    "contraseña",
    "mot de passe",
    "minha senha",
    "كلمة السر",
    "كلمة المرور",
    "الرقم السري",
    "بسم الله",
    "الحمد لله",
  ].map(squeezed),
);

/** Return whether others would try this first. @param {string} typed a PIN or a passphrase, digits in any script */
export function isObvious(typed) {
  const pin = plainly(typed);
  if (isPin(typed)) return isObviousPin(pin);
  const phrase = squeezed(pin);
  return PHRASES.has(phrase) || isRepeated(phrase, 1) || isRun(phrase);
}

/** @param {string} pin six digits */
function isObviousPin(pin) {
  const isSteps = /^(\d)\1(\d)\2(\d)\3$/.test(pin) && isRun(pin[0] + pin[2] + pin[4]);
  const isTwoDigits = /^(\d)\1\1(\d)\2\2$/.test(pin);
  return (
    PINS.has(pin) ||
    [1, 2, 3].some((length) => isRepeated(pin, length)) ||
    isRun(pin) ||
    isSteps ||
    isTwoDigits
  );
}

/** Return whether a text repeats its beginning. @param {string} text @param {number} length of the beginning */
const isRepeated = (text, length) =>
  text.length > length && [...text].every((letter, at) => letter === text[at % length]);

/** Return whether digits count up or down by one; 0 comes after 9. @param {string} text */
function isRun(text) {
  if (!/^\d+$/.test(text)) return false;
  const steps = [...text].slice(1).map((digit, at) => (Number(digit) - Number(text[at]) + 10) % 10);
  return steps.every((step) => step === 1) || steps.every((step) => step === 9);
}

/** Return a phrase folded, without spaces and signs. @param {string} phrase */
function squeezed(phrase) {
  const letters = fold(phrase).replace(/[^\p{Letter}\p{Mark}\p{Number}]/gu, "");
  return letters || phrase;
}
