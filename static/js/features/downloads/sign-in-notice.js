// Says that a sign-in in front of the service keeps newer pages from this phone. Hardly anyone ever needs these words.
import { toast } from "../../platform/dom.js";
import { signInAddress, signInLabel, signInWords } from "../../platform/sign-in.js";

const TOLD = "told-to-sign-in";
/** Long enough to read two sentences and to reach the button, in seconds. */
const LONG = 20;

/** Say it once in each tab: every page tries to fetch newer pages. */
export function tellOfSignIn() {
  try {
    if (sessionStorage.getItem(TOLD) !== null) return;
    sessionStorage.setItem(TOLD, "1");
  } catch {
    // The browser refuses storage, so each page says it.
  }
  toast(signInWords(), { label: signInLabel(), act: () => location.assign(signInAddress()) }, LONG);
}
