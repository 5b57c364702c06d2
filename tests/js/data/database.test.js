import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import test from "node:test";
import { forceCloseDatabase } from "fake-indexeddb";
import { openDB } from "idb";
import { Database } from "../../../static/js/data/database.js";
import { openVault } from "../../../static/js/data/entries.js";
import { createPhone } from "../support/surroundings.js";

let count = 0;

const name = () => `test-${(count += 1)}`;

/** @param {{after: Function}} t */
function open(t, backoff) {
  const database = new Database(name(), backoff);
  t.after(() => database.close());
  return database;
}

/**
 * Lets a method of IndexedDB misbehave until the test ends or it is told to stop.
 *
 * @param {any} t
 * @param {any} prototype
 * @param {string} name
 * @param {(original: Function, receiver: any, args: any[]) => any} instead
 */
function misbehave(t, prototype, name, instead) {
  const original = prototype[name];
  const restore = () => (prototype[name] = original);
  prototype[name] = function (...args) {
    return instead(original, this, args);
  };
  t.after(restore);
  return restore;
}

test("what was written is read, by key and as a whole", async (t) => {
  const database = open(t);
  await database.write([
    ["meta", "actor", "abc"],
    ["entries", "one", Uint8Array.of(1)],
    ["entries", "two", Uint8Array.of(2)],
  ]);

  const answers = await database.read([["meta", "actor"], ["entries"], ["keys", "secret"]]);

  assert.deepEqual(answers, [
    "abc",
    new Map([
      ["one", Uint8Array.of(1)],
      ["two", Uint8Array.of(2)],
    ]),
    undefined,
  ]);
});

test("what an older version of the app stored stays", async (t) => {
  const database = open(t);
  const stores = ["keys", "entries", "records", "meta"];
  const older = await openDB(database.name, 1, {
    upgrade: (connection) => stores.forEach((name) => connection.createObjectStore(name)),
  });
  await older.put("meta", "abc", "actor");
  older.close();

  assert.deepEqual(await database.read([["meta", "actor"]]), ["abc"]);
});

test("undefined deletes", async (t) => {
  const database = open(t);
  await database.write([["meta", "actor", "abc"]]);

  await database.write([["meta", "actor", undefined]]);

  assert.deepEqual(await database.read([["meta", "actor"]]), [undefined]);
});

test("of several changes all are made or none", async (t) => {
  const database = open(t);
  const uncloneable = () => {};

  const changes = [
    ["meta", "actor", "abc"],
    ["meta", "broken", uncloneable],
  ];

  await assert.rejects(database.write(changes), { name: "StorageLostError" });
  assert.deepEqual(await database.read([["meta", "actor"]]), [undefined]);
});

test("writes ask for strict durability", async (t) => {
  const asked = [];
  misbehave(t, IDBDatabase.prototype, "transaction", (original, receiver, args) => {
    if (args[1] === "readwrite") asked.push(args[2]);
    return original.apply(receiver, args);
  });

  await open(t).write([["meta", "actor", "abc"]]);

  assert.deepEqual(asked, [{ durability: "strict" }]);
});

test("a connection that died in the background is opened again", async (t) => {
  const database = open(t);
  await database.write([["meta", "actor", "abc"]]);
  let deaths = 0;
  misbehave(t, IDBDatabase.prototype, "transaction", (original, receiver, args) => {
    if ((deaths += 1) === 1) {
      throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
    }
    return original.apply(receiver, args);
  });

  assert.deepEqual(await database.read([["meta", "actor"]]), ["abc"]);
});

test("a connection that the browser ended is opened again", async (t) => {
  const database = open(t);
  await database.write([["meta", "actor", "abc"]]);
  const opened = [];
  misbehave(t, IDBDatabase.prototype, "transaction", (original, receiver, args) => {
    opened.push(receiver);
    return original.apply(receiver, args);
  });
  await database.read([["meta", "actor"]]);
  forceCloseDatabase(opened[0]);

  assert.deepEqual(await database.read([["meta", "actor"]]), ["abc"]);
});

test("a connection that dies again is reported with its cause", async (t) => {
  const database = open(t);
  await database.write([["meta", "actor", "abc"]]);
  const cause = new DOMException("Connection to Indexed Database server lost", "UnknownError");
  misbehave(t, IDBDatabase.prototype, "transaction", () => {
    throw cause;
  });

  await assert.rejects(database.read([["meta", "actor"]]), {
    name: "StorageLostError",
    code: "storage_lost",
    cause,
  });
});

test("a request that is never answered is given up and tried once more", async (t) => {
  const database = open(t, 50);
  await database.write([["meta", "actor", "abc"]]);
  let asked = 0;
  misbehave(t, IDBObjectStore.prototype, "get", (original, receiver, args) => {
    if ((asked += 1) > 1) return original.apply(receiver, args);
    const keepBusy = () => (original.apply(receiver, args).onsuccess = keepBusy);
    keepBusy();
    return new EventTarget();
  });

  assert.deepEqual(await database.read([["meta", "actor"]]), ["abc"]);
});

test("an opening that was never answered isn't waited for again", async (t) => {
  const database = open(t, 50);
  let asked = 0;
  misbehave(t, IDBFactory.prototype, "open", (original, receiver, args) =>
    (asked += 1) > 3 ? original.apply(receiver, args) : new IDBOpenDBRequest(),
  );

  await assert.rejects(database.read([["meta", "actor"]]), { code: "storage_lost" });
  assert.deepEqual(await database.read([["meta", "actor"]]), [undefined]);
  assert.equal(asked, 4);
});

test("a full phone is reported as such and nothing is changed", async (t) => {
  const database = open(t);
  await database.write([["meta", "actor", "abc"]]);
  const restore = misbehave(t, IDBObjectStore.prototype, "put", () => {
    throw new DOMException("Full", "QuotaExceededError");
  });

  await assert.rejects(database.write([["meta", "actor", "new"]]), {
    code: "storage_full",
  });
  restore();
  assert.deepEqual(await database.read([["meta", "actor"]]), ["abc"]);
});

/** Let writes fail until so many things were deleted to make room for them. @param {any} t @param {number} count */
function openFull(t, count) {
  let deleted = 0;
  const makeRoom = async () => ++deleted <= count;
  const database = new Database(name(), undefined, undefined, makeRoom);
  t.after(() => database.close());
  misbehave(t, IDBObjectStore.prototype, "put", (original, receiver, args) => {
    if (deleted < count || count === 0) throw new DOMException("Full", "QuotaExceededError");
    return original.apply(receiver, args);
  });
  return database;
}

test("a write on a full phone is repeated as long as room can be made", async (t) => {
  const database = openFull(t, 3);

  await database.write([["meta", "actor", "abc"]]);

  assert.deepEqual(await database.read([["meta", "actor"]]), ["abc"]);
});

test("a write on a full phone is refused when no room can be made", async (t) => {
  await assert.rejects(openFull(t, 0).write([["meta", "actor", "abc"]]), { code: "storage_full" });
});

test("a write on a full phone is refused when making room fails", async (t) => {
  const makeRoom = async () => {
    throw new TypeError("no script");
  };
  const database = new Database(name(), undefined, undefined, makeRoom);
  misbehave(t, IDBObjectStore.prototype, "put", () => {
    throw new DOMException("Full", "QuotaExceededError");
  });

  await assert.rejects(database.write([["meta", "actor", "abc"]]), { code: "storage_full" });
  database.close();
});

test("a database that a full phone couldn't open is opened once there is room", async (t) => {
  let isMade = false;
  const database = new Database(name(), undefined, undefined, async () => {
    restore();
    return !isMade && (isMade = true);
  });
  t.after(() => database.close());
  const restore = misbehave(t, IDBFactory.prototype, "open", () => {
    const request = new IDBOpenDBRequest();
    request.addEventListener = (type, listener) => type === "error" && queueMicrotask(listener);
    const error = new DOMException("Full", "QuotaExceededError");
    return Object.defineProperty(request, "error", { value: error });
  });

  await database.write([["meta", "actor", "abc"]]);

  assert.deepEqual(await database.read([["meta", "actor"]]), ["abc"]);
});

test("a tab that a newer version has overtaken says so", async (t) => {
  const database = open(t);
  const newer = await openDB(database.name, 99);
  t.after(() => newer.close());

  await assert.rejects(database.read([["meta", "actor"]]), { code: "storage_newer" });
});

test("a tab lets go when a newer version of the app wants to change the database", async (t) => {
  const database = open(t);
  await database.write([["meta", "actor", "abc"]]);

  const newer = await openDB(database.name, 99);
  t.after(() => newer.close());

  assert.equal(newer.version, 99);
});

test("a browser without IndexedDB is told apart", async (t) => {
  const { indexedDB } = globalThis;
  globalThis.indexedDB = undefined;
  t.after(() => (globalThis.indexedDB = indexedDB));

  await assert.rejects(open(t).read([["meta", "actor"]]), { code: "storage_missing" });
});

test("500 entries are stored and listed", async (t) => {
  const storage = open(t);
  const vault = await openVault(createPhone({ storage }).tab());
  for (let number = 0; number < 500; number += 1) {
    await vault.write(vault.create({ kind: "note" }).id, { text: `note ${number}` });
  }

  const { entries, unreadable } = await (await openVault(createPhone({ storage }).tab())).list();

  assert.equal(entries.length, 500);
  assert.deepEqual(unreadable, []);
});
