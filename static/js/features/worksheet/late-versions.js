// Shows several versions of an answer. Few answers ever have them, so the script that draws them is loaded then.
import { once } from "../../platform/once.js";
import { reportFailure } from "../../platform/reopening.js";

/** @import { Field } from "../../answers/fields.js" */
/** @import { Chooser } from "../../answers/versions.js" */
/** @import { FieldVersion } from "../../data/entry-view.js" */

/**
 * @param {() => Chooser} chooser
 * @returns {(field: Field, versions: FieldVersion[]) => Promise<void>} shows versions, newest first
 */
export function lateVersions(chooser) {
  const load = once(() => import("../../answers/versions.js"));
  let hasAny = false;
  return async (field, versions) => {
    hasAny ||= versions.length > 1;
    if (!hasAny) return;
    try {
      const { showVersions } = await load();
      showVersions(field, versions, chooser());
    } catch (error) {
      reportFailure("the versions of an answer could not be shown", error);
    }
  };
}
