// Install help: this phone's own steps first, one tap where the browser can do it.
import { install, isInstalled, onOffer, platform } from "../lib/install.js";

/** @type {import("../main.js").Start} */
export default function start(element, signal) {
  const installed = element.querySelector("[data-installed]");
  const offered = element.querySelector("[data-offer]");
  if (installed instanceof HTMLElement) installed.hidden = !isInstalled();
  const mine = element.querySelector(`[data-for="${platform()}"]`);
  const first = element.querySelector("[data-for]");
  if (mine && first && mine !== first) first.before(mine);
  const stop = onOffer(() => {
    if (offered instanceof HTMLElement) offered.hidden = false;
  });
  signal.addEventListener("abort", stop);
  offered?.querySelector("button")?.addEventListener("click", async () => {
    const agreed = await install();
    if (agreed && offered instanceof HTMLElement) offered.hidden = true;
  });
}
