// The help page: the user's own kind words. The code that shows and stores them is loaded when it is needed: when
// something was ever written in this browser, or when the user taps the button to write.
import { once } from "../../platform/once.js";
import { hasEntries } from "../../platform/storage.js";

/** @type {import("../../platform/page.js").Start} */
export default async function start(root, signal) {
  const load = once(async () => {
    const { KindWords } = await import("./kind-words.js");
    return new KindWords(root, signal);
  });
  for (const button of root.querySelectorAll("[data-edit]")) {
    button.addEventListener("click", async () => (await load()).edit());
  }
  if (hasEntries()) await (await load()).look();
}
