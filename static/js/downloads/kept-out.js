// Finds out whether a sign-in keeps a file of the service from this phone.
import { codeOf } from "../platform/errors.js";
import { fetchSignedIn } from "./sign-in.js";

/** @param {string} url */
export async function isKeptOut(url) {
  try {
    await fetchSignedIn(url, { method: "HEAD", cache: "no-store" });
    return false;
  } catch (error) {
    return codeOf(error) === "sign_in";
  }
}
