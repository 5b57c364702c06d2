// The texts of the save line once the words are stored here, on a phone or on a computer.
import { isComputer } from "../platform/device.js";
import { gettext } from "../platform/i18n.js";

/** @typedef {"conflict" | "off" | "backed-up" | "too-large" | "broken" | "offline" | "syncing" | "pending"} Kept what the line says about the backup */

/** @param {Kept} kept @param {string} time when the words were stored */
export function savedWords(kept, time) {
  return (isComputer() ? onComputer : onPhone)(kept, { time });
}

/** @param {Kept} kept @param {{time: string}} values */
function onPhone(kept, values) {
  switch (kept) {
    case "conflict":
      return gettext("Saved on this phone %(time)s · two versions to compare", values);
    case "off":
      return gettext("Saved on this phone %(time)s · backup is off", values);
    case "backed-up":
      return gettext("Saved on this phone %(time)s · backed up", values);
    case "too-large":
      return gettext("Saved on this phone %(time)s · too long for the backup", values);
    case "broken":
      return gettext("Saved on this phone %(time)s · backup isn’t working", values);
    case "offline":
      return gettext(
        "Saved on this phone %(time)s · will be backed up when you are online",
        values,
      );
    case "syncing":
      return gettext("Saved on this phone %(time)s · backing up…", values);
    case "pending":
      return gettext("Saved on this phone %(time)s · not backed up yet", values);
  }
}

/** @param {Kept} kept @param {{time: string}} values */
function onComputer(kept, values) {
  switch (kept) {
    case "conflict":
      return gettext("Saved on this computer %(time)s · two versions to compare", values);
    case "off":
      return gettext("Saved on this computer %(time)s · backup is off", values);
    case "backed-up":
      return gettext("Saved on this computer %(time)s · backed up", values);
    case "too-large":
      return gettext("Saved on this computer %(time)s · too long for the backup", values);
    case "broken":
      return gettext("Saved on this computer %(time)s · backup isn’t working", values);
    case "offline":
      return gettext(
        "Saved on this computer %(time)s · will be backed up when you are online",
        values,
      );
    case "syncing":
      return gettext("Saved on this computer %(time)s · backing up…", values);
    case "pending":
      return gettext("Saved on this computer %(time)s · not backed up yet", values);
  }
}
