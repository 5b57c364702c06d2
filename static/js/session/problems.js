// Explains errors of the data layer and the server in plain words.
import { reportFailure } from "../platform/reopening.js";
import { gettext, ngettext, pgettext } from "../platform/i18n.js";

/** @import { Fault } from "../platform/forms.js" */

/** What an error may contain. Most facts come with one code only. @typedef {object} Facts
 * @property {string} [code]
 * @property {string} [word] the unknown word, as typed
 * @property {number} [position] of that word, counted from 1
 * @property {number} [count] of the words that were typed
 * @property {number | null} [retryAfter] time to wait, in seconds
 * @property {string} [suggestion] the word that the reader may have meant
 */

export const PHRASE = "phrase";
export const JOIN_CODE = "join-code";

/** Explain an error that has no text of its own. @param {string} [code] */
function unknown(code = "unknown") {
  const text = gettext(
    "Something did not work. Your notes are safe on this phone. Try again later.",
  );
  return {
    text,
    details: pgettext("a technical code for those who help", "Code: %(code)s", { code }),
  };
}

/** @param {Facts} facts */
function wrongCount({ count = 0 }) {
  if (!count) return gettext("Type the twelve words.");
  return ngettext(
    "There is %(num)s word here. There should be twelve.",
    "There are %(num)s words here. There should be twelve.",
    count,
  );
}

/** @param {Facts} facts */
function unknownWord({ word = "", position = 0, suggestion }) {
  return suggestion
    ? gettext("“%(word)s” isn’t one of the possible words. Did you mean “%(suggestion)s”?", {
        word,
        suggestion,
      })
    : gettext("“%(word)s” isn’t one of the possible words. Check word number %(num)s.", {
        word,
        num: position,
      });
}

/** @param {Facts} facts */
function tooMany({ retryAfter }) {
  return ngettext(
    "Too many tries in a short time. Wait %(num)s minute, then try again.",
    "Too many tries in a short time. Wait %(num)s minutes, then try again.",
    Math.max(1, Math.ceil((retryAfter ?? 60) / 60)),
  );
}

const noConnection = () =>
  gettext("There is no connection. Nothing is lost: try again when you are online.");
const slowConnection = () =>
  gettext("The connection is very slow just now. Nothing is lost: try again in a little while.");
const wrongNetwork = () =>
  gettext(
    "Something on this network is answering instead of the service. Perhaps the Wi-Fi wants you to sign in. Then try again.",
  );
const signIn = () =>
  gettext(
    "The service isn’t letting this phone in just now. Sign in again while you are online, then try again. Your notes are safe on this phone.",
  );
const refusedHere = () =>
  gettext(
    "This network or the server is refusing the connection. Try another network. If that doesn’t help, tell your service.",
  );
const serverTrouble = () =>
  gettext(
    "The server can’t save at the moment. Your notes are safe on this phone and will be sent later.",
  );

/** @type {Record<string, (facts: Facts) => Fault>} */
const FAULTS = {
  wrong_count: (facts) => ({ text: wrongCount(facts), field: PHRASE }),
  unknown_word: (facts) => ({ text: unknownWord(facts), field: PHRASE }),
  bad_checksum: () => ({
    text: gettext(
      "Each word is a possible one, but together they don’t fit. One may be wrong or in the wrong place. Compare them with your paper.",
    ),
    field: PHRASE,
  }),
  backup_missing: () => ({
    text: gettext(
      "There is no backup with these words on this server. Check the words, and that this is the right service.",
    ),
    field: PHRASE,
  }),
  backup_on: () => ({
    text: gettext("This phone is already backed up with other words. Turn off backup here first."),
  }),
  account_erased: () => ({
    text: gettext(
      "This backup was erased. Your notes on this phone are safe. To back up again, turn on backup and you get new words.",
    ),
  }),
  offline: () => ({ text: noConnection() }),
  timeout: () => ({ text: slowConnection() }),
  bad_answer: () => ({ text: wrongNetwork() }),
  sign_in: () => ({ text: signIn() }),
  sign_in_clash: () => ({
    text: gettext(
      "The password that protects this service is blocking the backup. Please tell your service. Your notes are safe on this phone.",
    ),
  }),
  account_exists: () => ({
    text: gettext("The server doesn’t accept this phone. Please tell your service."),
  }),
  unauthorised: () => ({
    text: gettext("The server doesn’t accept this phone. Please tell your service."),
  }),
  join_code_needed: () => ({
    text: gettext("The server is asking for your service’s code. Type it here."),
  }),
  body_too_large: () => ({ text: refusedHere() }),
  overloaded: () => ({ text: serverTrouble() }),
  store_unavailable: () => ({ text: serverTrouble() }),
  no_space: () => ({
    text: gettext(
      "The server has no room left. Your notes are safe on this phone. Please tell your service.",
    ),
  }),
  quota: () => ({
    text: gettext(
      "Your backup is full. What you delete makes room at once. Your notes are safe on this phone.",
    ),
  }),
  too_many_attempts: (facts) => ({ text: tooMany(facts) }),
  too_many_accounts: () => ({
    text: gettext("This server isn’t taking any more new backups today. Try again tomorrow."),
  }),
  unreadable: () => ({
    text: gettext(
      "There is a note on this phone that can’t be opened. Delete it under My notes first, or it would be lost.",
    ),
  }),
  storage_full: () => ({
    text: gettext("This phone has no room left. Nothing was changed."),
  }),
  storage_lost: () => ({ text: storage() }),
  storage_insecure: () => ({ text: storageRefused() }),
  storage_missing: () => ({ text: storageRefused() }),
  storage_refused: () => ({ text: storageRefused() }),
  storage_blocked: () => ({ text: storageRefused() }),
  storage_newer: () => ({ text: storageRefused() }),
};

const storage = () =>
  gettext(
    "Your notes could not be opened. Close this page and open it again. Nothing has been deleted.",
  );

const storageRefused = () =>
  gettext("Your notes can’t be opened here just now. The page “My notes” says why.");

/**
 * Explain an error.
 * @param {Facts & {status?: number}} error `status` is that of the HTTP response
 * @returns {Fault} the text, and the field that it belongs to
 */
export function explain(error) {
  const { code, status = statusIn(code) } = error;
  if (code && Object.hasOwn(FAULTS, code)) return FAULTS[code](error);
  if (status === 429) return { text: tooMany(error) };
  if (status === 408) return { text: slowConnection() };
  if (status >= 500) return { text: serverTrouble(), ...details(code) };
  if (status >= 400) return { text: refusedHere(), ...details(code) };
  if (error instanceof Error) reportFailure("an error has no words of its own", error);
  return unknown(code);
}

/** Return the status that an error without a code of its own carries in its code. @param {string} [code] */
const statusIn = (code) => Number(code?.match(/^http_(\d+)$/u)?.[1] ?? 0);

/** @param {string} [code] */
const details = (code) =>
  code
    ? { details: pgettext("a technical code for those who help", "Code: %(code)s", { code }) }
    : {};

/** Explain that the join code is missing or wrong. @param {string} joinCode as typed @returns {Fault} */
export function joinCodeFault(joinCode) {
  const text = joinCode
    ? gettext("That code isn’t right. Check it with your service.")
    : gettext("This service asks for a code before backup is turned on.");
  return { text, field: JOIN_CODE };
}
