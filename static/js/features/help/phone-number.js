// Reads a telephone number as people type it or paste it. Pure functions.

/** The longest number that there is (ITU-T E.164), and the shortest that a phone calls, in digits. */
const MOST = 15;
const FEWEST = 3;

/** @typedef {"missing" | "letters" | "short" | "long"} NumberFault */

/**
 * Read a number. Spaces, brackets, dots, dashes and slashes may group its digits. A + or 00 may come before the country's
 * code, and a 0 in brackets after it, which isn't dialled from abroad: "+44 (0)20 7946 0000". Digits may be of any script.
 * Codes for the network, such as *31#, are refused: they could change how the phone works.
 * @param {string} typed
 * @returns {{number: string, tel: string} | {fault: NumberFault}} `number` to show, `tel` for a tel: address
 */
export function readNumber(typed) {
  // A number that was copied may have marks for the direction of writing, or the start of its link.
  const number = plainDigits(typed)
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/^tel:\s*/i, "");
  if (!number) return { fault: "missing" };
  if (!/^\+?[\d\s().\-/‐-–]+$/u.test(number)) return { fault: "letters" };
  const isInternational = /^(\+|00)/.test(number);
  const dialled = isInternational ? number.replace("(0)", "") : number;
  const tel = dialled.replace(/[^\d+]/g, "").replace(/^00/, "+");
  const digits = tel.replace("+", "").length;
  if (digits < FEWEST) return { fault: "short" };
  if (digits > MOST) return { fault: "long" };
  return { number, tel };
}

/** The zeros of Arabic, Persian and Urdu, Devanagari, Bengali, Gurmukhi and Gujarati, and of full-width letters. */
const ZEROS = Array.from("٠۰०০੦૦０", (zero) => zero.charCodeAt(0));

/** Return the text with the digits 0 to 9 in place of those of other scripts. @param {string} text */
function plainDigits(text) {
  return text.replace(/\p{Nd}/gu, (letter) => {
    const code = letter.charCodeAt(0);
    const zero = ZEROS.find((zero) => code >= zero && code < zero + 10);
    return zero === undefined ? letter : String(code - zero);
  });
}

/** Return those of some stored numbers that can be called. @param {string[]} numbers */
export function callable(numbers) {
  return numbers.map(readNumber).flatMap((read) => ("tel" in read ? [read] : []));
}
