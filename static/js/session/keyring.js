// The keyring of this tab. While the lock is open, it holds the keys in memory.
import { Keyring } from "../data/keyring.js";

export const keyring = new Keyring();
