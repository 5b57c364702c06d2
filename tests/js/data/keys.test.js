import assert from "node:assert/strict";
import test from "node:test";
import { fromBase64url } from "../../../static/js/data/base64.js";
import { deriveBytes, deriveKeys } from "../../../static/js/data/keys.js";
import { fromHex, toHex, vectors } from "../support/vectors.js";

for (const { secret, account, auth, auth_digest, data } of vectors.keys) {
  test(`secret ${secret} gives the account, the proof and the key of the vectors`, async () => {
    const keys = await deriveKeys(fromHex(secret));

    assert.equal(keys.account, account);
    assert.equal(keys.auth, auth);
    assert.equal(toHex(await deriveBytes(fromHex(secret), "data", 32)), data);
  });

  test(`the server's digest of the proof of ${secret} is that of the vectors`, async () => {
    const { auth } = await deriveKeys(fromHex(secret));
    const proof = [...new TextEncoder().encode("hearth/v1/auth"), ...fromBase64url(auth)];

    const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(proof));

    assert.equal(toHex(new Uint8Array(digest)), auth_digest);
  });
}

test("the data key can't be taken out of the browser", async () => {
  const { dataKey } = await deriveKeys(new Uint8Array(16));

  assert.equal(dataKey.extractable, false);
});

test("a secret of another length is refused", async () => {
  await assert.rejects(deriveKeys(new Uint8Array(15)), RangeError);
});
