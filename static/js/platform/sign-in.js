// Says that a sign-in in front of the service doesn't let this phone in, and leads there.
import { h } from "./dom.js";
import { gettext, pgettext } from "./i18n.js";

/** Return an address that leads through the sign-in back to this page. The service worker never answers it. */
export const signInAddress = () => `/sign-in?${location.pathname}`;

export const signInWords = () =>
  gettext(
    "The service isn’t letting this phone in just now. Sign in again while you are online. What is on this phone still opens.",
  );

export const signInLabel = () =>
  pgettext("link to the sign-in of the clinic or its network, in front of the app", "Sign in");

export const signInLink = () => h("a", { href: signInAddress(), text: signInLabel() });
