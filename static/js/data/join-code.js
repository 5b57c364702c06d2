/** The join code of the service, sealed on this phone: it is sent again if the server has lost the account. */

import { openValue, sealValue } from "./seal.js";

/** @import { Change, Storage } from "./database.js" */
/** @import { Keys } from "./keys.js" */

const NAME = "join-code";

/**
 * Return the stored join code.
 *
 * @param {Storage} storage
 * @param {Keys} keys
 * @returns {Promise<string | undefined>} undefined if none is stored
 */
export async function readJoinCode(storage, { dataKey }) {
  const [sealed, settings] = await storage.read([
    ["meta", NAME],
    ["meta", "backup"],
  ]);
  // Earlier versions of the app stored it unsealed, with the settings.
  return (await openValue(dataKey, NAME, sealed)) ?? settings?.joinCode;
}

/**
 * Return the change that stores a join code.
 *
 * @param {Keys} keys
 * @param {string | undefined} joinCode undefined deletes it
 * @returns {Promise<Change>}
 */
export async function joinCodeChange({ dataKey }, joinCode) {
  return ["meta", NAME, joinCode && (await sealValue(dataKey, NAME, joinCode))];
}
