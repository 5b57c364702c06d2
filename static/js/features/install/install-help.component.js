// Install help: the steps for this phone come first. If the browser can install the app itself, one tap is enough.
import { cachedPages, pagesProblem } from "../../downloads/snapshots.js";
import { codeOf } from "../../platform/errors.js";
import { locale } from "../../platform/i18n.js";
import { install, isInstalled, onOffer, platform } from "../../platform/install.js";
import { obstacle } from "../../platform/keeping.js";

/** @type {import("../../platform/page.js").Start} */
export default async function start(element, signal) {
  const installed = element.querySelector("[data-installed]");
  const offer = element.querySelector("[data-offer]");
  if (installed instanceof HTMLElement) installed.hidden = !isInstalled();
  const ownSteps = element.querySelector(`[data-for="${platform()}"]`);
  const firstSteps = element.querySelector("[data-for]");
  if (ownSteps && firstSteps && ownSteps !== firstSteps) firstSteps.before(ownSteps);
  const stop = onOffer(() => {
    if (offer instanceof HTMLElement) offer.hidden = false;
  });
  signal.addEventListener("abort", stop);
  offer?.querySelector("button")?.addEventListener("click", async () => {
    const agreed = await install();
    if (agreed && offer instanceof HTMLElement) offer.hidden = true;
  });
  const takeBack = (/** @type {string} */ reason) => {
    element.querySelector(reason)?.removeAttribute("hidden");
    document.querySelector("[data-promise]")?.remove();
  };
  if (await obstacle()) return takeBack("[data-obstacle]");
  const look = async () => {
    const isAltered = codeOf(pagesProblem()) === "altered";
    if (isAltered && !(await cachedPages(locale()))) takeBack("[data-altered]");
  };
  document.addEventListener("pages-kept", look, { signal });
  await look();
}
