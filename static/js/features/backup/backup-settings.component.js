// The backup settings: switching backup on and off, the twelve words, restoring notes, erasing the backup. One screen
// is shown at a time.
import { backup as openBackup, vault as openVault } from "../../session/vault.js";
import { confirm } from "./confirm-screen.js";
import { join } from "./join-screen.js";
import { erase, turnOff } from "./leave-screens.js";
import { off } from "./off-screen.js";
import { on } from "./on-screen.js";
import { restore } from "./restore-screen.js";
import { scan } from "./scan-screen.js";
import { words } from "./words-screen.js";
import { TemplateViews } from "../../platform/template-views.js";

/** @import { Backup } from "../../data/backup.js" */
/** @import { Status } from "../../data/backup-status.js" */
/** @import { Vault } from "../../data/entries.js" */

/** @typedef {"off" | "on" | "words" | "confirm" | "turn-off" | "erase" | "restore" | "scan" | "join"} Screen */

/** @type {Record<Screen, (context: ScreenContext, options?: any) => void | Promise<void>>} */
const screens = { off, on, words, confirm, "turn-off": turnOff, erase, restore, scan, join };

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
    /** @param {Screen} screen @param {any} [options] */
    const open = async (screen, options) => {
      try {
        await screens[screen](context, options);
      } catch (error) {
        console.error(`backup settings: "${screen}" failed`, error);
        views.show("failed");
      }
    };
    signal.addEventListener("abort", follow(context));
    context.go(first(backup.status));
  } catch (error) {
    console.error("backup settings did not open", error);
    views.show("failed");
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
