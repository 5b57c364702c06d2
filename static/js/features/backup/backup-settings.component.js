// The backup settings: switching backup on and off, the twelve words, restoring notes, erasing the backup. One screen
// is shown at a time.
import { reportFailure } from "../../platform/reopening.js";
import { explainOn } from "../../session/trouble.js";
import { backup as openBackup, vault as openVault } from "../../session/vault.js";
import { off } from "./off-screen.js";
import { TemplateViews } from "../../platform/template-views.js";

/** @import { Backup } from "../../data/backup.js" */
/** @import { Status } from "../../data/backup-status.js" */
/** @import { Vault } from "../../data/entries.js" */

/** @typedef {"off" | "on" | "words" | "confirm" | "turn-off" | "erase" | "restore" | "scan" | "join"} Screen */

/** @typedef {(context: ScreenContext, options?: any) => void | Promise<void>} Show */

/** Most readers open one or two of them, so each group is loaded when it is opened. @type {Record<Screen, () => Promise<Show>>} */
const screens = {
  off: async () => off,
  on: async () => (await import("./on-screen.js")).on,
  words: async () => (await import("./words-screen.js")).words,
  confirm: async () => (await import("./confirm-screen.js")).confirm,
  "turn-off": async () => (await import("./leave-screens.js")).turnOff,
  erase: async () => (await import("./leave-screens.js")).erase,
  restore: async () => (await import("./restore-screen.js")).restore,
  scan: async () => (await import("./scan-screen.js")).scan,
  join: async () => (await import("./join-screen.js")).join,
};

/**
 * The objects that every screen works with.
 * @typedef {object} ScreenContext
 * @property {TemplateViews} views
 * @property {Vault} vault
 * @property {Backup} backup
 * @property {(screen: Screen, options?: any) => void} go
 */

/** @type {import("../../platform/page.js").Start} */
export default async function start(page, signal) {
  const views = new TemplateViews(page, signal);
  try {
    const [vault, backup] = await Promise.all([openVault(), openBackup()]);
    /** @type {ScreenContext} */
    const context = { views, vault, backup, go: (screen, options) => void open(screen, options) };
    let last = {};
    /** @param {Screen} screen @param {any} [options] */
    const open = async (screen, options) => {
      const turn = (last = {});
      views.wait();
      try {
        const show = await screens[screen]();
        // Another screen may have been asked for meanwhile.
        if (turn === last && !signal.aborted) await show(context, options);
      } catch (error) {
        reportFailure(`backup settings: "${screen}" failed`, error);
        explainOn(views.show("failed").element, error);
      }
    };
    signal.addEventListener("abort", follow(context));
    context.go(first(backup.status));
  } catch (error) {
    reportFailure("backup settings did not open", error);
    explainOn(views.show("failed").element, error);
  }
}

/** @param {Status} status @returns {Screen} */
function first({ enabled }) {
  if (enabled) return "on";
  return location.hash === "#restore" ? "restore" : "off";
}

/**
 * Change the screen when backup is switched on or off in another tab, or erased from another phone.
 *
 * @param {ScreenContext} context
 */
function follow({ views, backup, go }) {
  return backup.onStatus(({ enabled }) => {
    if (enabled && views.shown === "off") go("on");
    else if (!enabled && views.shown === "on") go("off");
  });
}
