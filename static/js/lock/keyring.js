// The one keyring of this tab: what opens the lock, in memory while it is open.
import { Keyring } from "../data/keyring.js";

export const keyring = new Keyring();
