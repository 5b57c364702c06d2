import "../support/english-page.js";
import assert from "node:assert/strict";
import test, { afterEach } from "node:test";
import { openVault } from "../../../static/js/data/entries.js";
import { EntryMissingError } from "../../../static/js/data/errors.js";
import { StorageFullError } from "../../../static/js/platform/errors.js";
import { EntryForm } from "../../../static/js/answers/entry-form.js";
import { nothing } from "../../../static/js/answers/values.js";
import { createPhone, MemoryStorage, settle } from "../support/surroundings.js";

const ABOUT = { kind: "worksheet", worksheet: "three-circles", revision: 1, locale: "en" };

/** @type {EntryForm[]} */
const opened = [];

// A sheet that is still open looks again after some seconds, and node would wait for that.
afterEach(() => {
  for (const sheet of opened.splice(0)) sheet.close();
});

/** A question that is a variable instead of an element. */
function fakeField(name, type = "text") {
  let held = nothing(type);
  const element = { contains: () => false, querySelector: () => null };
  return {
    name,
    element,
    question: { type, label: name },
    read: () => held,
    show: (value) => (held = value ?? nothing(type)),
    type: (value) => (held = value),
  };
}

/** A tab with the worksheet open. */
async function openTab(phone, { hold = () => () => {} } = {}) {
  const vault = await openVault(phone.tab());
  const fields = new Map(
    ["calms", "step", "sizes"].map((name) => [
      name,
      fakeField(name, name === "sizes" ? "choices" : "text"),
    ]),
  );
  const seen = { versions: new Map(), named: 0, gone: 0 };
  const sheet = new EntryForm(
    fields,
    { vault: async () => vault, hold, about: ABOUT, signal: new AbortController().signal },
    {
      changed: () => {},
      versions: ({ name }, versions) =>
        seen.versions.set(
          name,
          versions.map(({ value }) => value),
        ),
      named: () => (seen.named += 1),
      gone: () => (seen.gone += 1),
    },
  );
  opened.push(sheet);
  const type = (name, value) => {
    fields.get(name).type(value);
    sheet.typed(name);
  };
  const write = async (name, value) => {
    type(name, value);
    await sheet.flush();
    await settle();
  };
  const read = (name) => fields.get(name).read();
  return { vault, sheet, seen, type, write, read };
}

/** Another phone's copy of an entry, changed there, comes in by sync. */
async function writeElsewhere(phone, id, fields) {
  const other = await openVault({ ...phone.tab(), name: "elsewhere" });
  const versions = Object.entries(fields).map(([name, value]) => [
    name,
    [{ value, actor: "elsewhere", counter: 1 }],
  ]);
  await other.store.update(
    [id],
    (state) => ({
      ...state,
      seen: { ...state.seen, elsewhere: 1 },
      fields: {
        ...state.fields,
        ...Object.fromEntries(
          versions.map(([name, added]) => [name, [...(state.fields[name] ?? []), ...added]]),
        ),
      },
    }),
    { source: "sync" },
  );
  await settle();
}

test("a fresh sheet becomes an entry with its first words, once", async () => {
  const { sheet, seen, vault, write } = await openTab(createPhone());
  assert.equal(sheet.id, "");

  await write("calms", "tea");
  await write("calms", "tea and a walk");

  const { entries } = await vault.list();
  assert.deepEqual(
    entries.map(({ id }) => id),
    [sheet.id],
  );
  assert.equal(seen.named, 1);
  sheet.close();
});

test("an answer that is emptied before anything else was written makes no entry", async () => {
  const { sheet, seen, vault, write } = await openTab(createPhone());

  await write("calms", "");

  assert.deepEqual((await vault.list()).entries, []);
  assert.equal(seen.named, 0);
  sheet.close();
});

test("what was written is there when the entry is opened again", async () => {
  const phone = createPhone();
  const first = await openTab(phone);
  await first.write("calms", "tea");
  await first.write("sizes", ["a", "b"]);

  const second = await openTab(phone);
  await second.sheet.open(first.sheet.id);

  assert.equal(second.read("calms"), "tea");
  assert.deepEqual(second.read("sizes"), ["a", "b"]);
});

test("two tabs on the same entry follow each other", async () => {
  const phone = createPhone();
  const [one, two] = [await openTab(phone), await openTab(phone)];
  await one.write("calms", "tea");
  await two.sheet.open(one.sheet.id);

  await two.write("step", "five minutes outside");
  await settle();

  assert.equal(one.read("step"), "five minutes outside");
  assert.equal(two.read("calms"), "tea");
});

test("an answer that is being typed is not overwritten by another tab, and neither is lost", async () => {
  const phone = createPhone();
  const [one, two] = [await openTab(phone), await openTab(phone)];
  await one.write("calms", "tea");
  await two.sheet.open(one.sheet.id);

  one.type("calms", "tea in the blue cup");
  await two.write("calms", "an open window");
  await settle();
  assert.equal(one.read("calms"), "tea in the blue cup");
  await one.sheet.flush();
  await settle();

  const { fields, conflicts } = await one.vault.read(one.sheet.id);
  assert.deepEqual(conflicts, ["calms"]);
  assert.deepEqual(
    new Set(fields.calms.map(({ value }) => value)),
    new Set(["tea in the blue cup", "an open window"]),
  );
});

test("words typed while an entry is being opened are stored before it comes", async () => {
  const { sheet, vault, write, type, read } = await openTab(createPhone());
  await write("calms", "tea");
  const { id } = sheet;
  sheet.close();
  const reading = vault.read.bind(vault);
  vault.read = async (one) => {
    vault.read = reading;
    const entry = await reading(one);
    type("calms", "a walk");
    return entry;
  };

  await sheet.open(id);
  await settle();

  assert.equal(read("calms"), "tea");
  const { entries } = await vault.list();
  assert.equal(entries.length, 2);
  const other = await vault.read(entries.find((entry) => entry.id !== id).id);
  assert.deepEqual(
    other.fields.calms.map(({ value }) => value),
    ["a walk"],
  );
});

test("what another tab says, read before words that were stored meanwhile, does not replace them", async () => {
  const phone = createPhone();
  const first = await openTab(phone);
  await first.write("calms", "tea");
  const second = await openTab(phone);
  await second.sheet.open(first.sheet.id);
  /** @type {() => void} */
  let arrive = () => {};
  const late = new Promise((resolve) => (arrive = () => resolve(undefined)));
  const read = first.vault.read.bind(first.vault);
  first.vault.read = async (id) => {
    first.vault.read = read;
    const entry = await read(id);
    await late;
    return entry;
  };

  await second.write("step", "a walk");
  await first.write("calms", "tea and honey");
  first.sheet.left();
  arrive();
  await settle();

  assert.equal(first.read("calms"), "tea and honey");
  assert.equal(first.read("step"), "a walk");
});

test("versions from two phones are shown once nobody is typing there", async () => {
  const phone = createPhone();
  const { sheet, seen, write } = await openTab(phone);
  await write("calms", "tea");

  await writeElsewhere(phone, sheet.id, { calms: "the dog" });
  assert.equal(seen.versions.get("calms")?.length ?? 0, 0);
  sheet.left();

  assert.deepEqual(new Set(seen.versions.get("calms")), new Set(["tea", "the dog"]));
});

test("keeping one version ends the conflict, and undoing brings both back", async () => {
  const phone = createPhone();
  const { sheet, vault, read, write } = await openTab(phone);
  await write("calms", "tea");
  await writeElsewhere(phone, sheet.id, { calms: "the dog" });

  await sheet.choose("calms", "the dog", ["tea", "the dog"]);
  assert.deepEqual((await vault.read(sheet.id)).conflicts, []);
  assert.equal(read("calms"), "the dog");
  await sheet.unchoose("calms", ["tea", "the dog"], "the dog");

  const { fields } = await vault.read(sheet.id);
  assert.deepEqual(new Set(fields.calms.map(({ value }) => value)), new Set(["tea", "the dog"]));
});

test("keeping both and undoing it brings both back apart", async () => {
  const phone = createPhone();
  const { sheet, vault, write } = await openTab(phone);
  await write("calms", "tea");
  await writeElsewhere(phone, sheet.id, { calms: "the dog" });

  await sheet.choose("calms", "tea · the dog", ["tea", "the dog"]);
  await sheet.unchoose("calms", ["tea", "the dog"], "tea · the dog");

  const { fields } = await vault.read(sheet.id);
  assert.deepEqual(new Set(fields.calms.map(({ value }) => value)), new Set(["tea", "the dog"]));
});

test("answers that the page doesn't know are kept when others are written", async () => {
  const phone = createPhone();
  const { sheet, vault, write } = await openTab(phone);
  await write("calms", "tea");
  await writeElsewhere(phone, sheet.id, { drawing: { strokes: [1, 2] } });

  await write("step", "outside");

  const { fields } = await vault.read(sheet.id);
  assert.deepEqual(fields.drawing[0].value, { strokes: [1, 2] });
});

test("an entry that is deleted in another tab leaves an empty sheet, and comes back with it", async () => {
  const phone = createPhone();
  const [one, two] = [await openTab(phone), await openTab(phone)];
  await one.write("calms", "tea");
  const { id } = one.sheet;
  one.sheet.left();

  const undo = await two.vault.remove(id);
  await settle();
  assert.equal(one.sheet.id, "");
  assert.equal(one.read("calms"), "");
  assert.equal(one.seen.gone, 1);
  await two.vault.undo(undo);
  await settle();

  assert.equal(one.sheet.id, id);
  assert.equal(one.read("calms"), "tea");
});

test("words typed while the entry is deleted elsewhere become a new entry", async () => {
  const phone = createPhone();
  const [one, two] = [await openTab(phone), await openTab(phone)];
  await one.write("calms", "tea");
  const { id } = one.sheet;

  one.type("step", "outside");
  await two.vault.remove(id);
  await settle();
  await one.sheet.flush();
  await settle();

  assert.notEqual(one.sheet.id, id);
  const { fields } = await one.vault.read(one.sheet.id);
  assert.deepEqual([fields.calms[0].value, fields.step[0].value], ["tea", "outside"]);
});

test("an answer that is too long for the backup is stored on the phone, and so is what follows", async () => {
  const { sheet, vault, write } = await openTab(createPhone());
  const long = "x".repeat(120_000);

  await write("step", long);
  await write("calms", "tea");

  assert.equal(sheet.saving.error, null);
  const { fields } = await vault.read(sheet.id);
  assert.deepEqual([fields.step[0].value, fields.calms[0].value], [long, "tea"]);
});

/** Storage with room for entries of at most a megabyte. */
class SmallStorage extends MemoryStorage {
  async write(changes) {
    if (changes.some(([, , value]) => value?.length > 1_000_000)) throw new StorageFullError();
    return super.write(changes);
  }
}

test("an answer that the phone has no room for stays on the screen, and the others are stored", async () => {
  const storage = new SmallStorage();
  const { sheet, vault, read, type, write } = await openTab(createPhone({ storage }));
  const long = "x".repeat(5_000_000);

  type("step", long);
  await write("calms", "tea");
  await write("calms", "tea and a walk");

  assert.equal(sheet.saving.error.code, "storage_full");
  assert.equal(read("step"), long);
  const { fields } = await vault.read(sheet.id);
  assert.deepEqual(Object.keys(fields), ["calms"]);
  assert.equal(fields.calms[0].value, "tea and a walk");

  await write("step", "short");
  assert.equal(sheet.saving.error, null);
  assert.equal((await vault.read(sheet.id)).fields.step[0].value, "short");
});

test("if the entry was deleted elsewhere, one answer without room doesn't cost the stored others", async () => {
  const phone = createPhone({ storage: new SmallStorage() });
  const [one, two] = [await openTab(phone), await openTab(phone)];
  await one.write("calms", "tea");
  const { id } = one.sheet;

  one.type("step", "x".repeat(5_000_000));
  await two.vault.remove(id);
  await settle();
  await one.sheet.flush();
  await settle();

  assert.notEqual(one.sheet.id, id);
  const { fields } = await one.vault.read(one.sheet.id);
  assert.equal(fields.calms[0].value, "tea");
});

test("the page says when it saved, whatever the entry's counters say", async () => {
  const { sheet, write } = await openTab(createPhone());
  assert.equal(sheet.savedAt, null);
  await write("calms", "tea");
  const before = Date.now();

  await write("calms", "tea and a walk");

  assert.ok(sheet.savedAt >= before && sheet.savedAt <= Date.now());
});

test("a clock that is set back leaves no time in the future", async (t) => {
  const { sheet, write } = await openTab(createPhone());
  await write("calms", "tea");
  const earlier = Date.now() - 3_600_000;
  t.mock.method(Date, "now", () => earlier);

  assert.ok(sheet.savedAt <= earlier);
  await write("calms", "tea and a walk");

  assert.equal(sheet.savedAt, earlier);
});

test("opening an entry that isn't here says so", async () => {
  const { sheet } = await openTab(createPhone());

  await assert.rejects(sheet.open("N5TFIggAbWsa8MDL1iVlig"), EntryMissingError);
});
