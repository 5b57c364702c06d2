/**
 * "My people" in the vault: an entry of the kind "person" for each, so that two phones can each add one and both stay.
 * Its fields: `words` ("my sister, evenings"), `number` as it was typed, `order` (0 is the first).
 */
import { locale } from "../../platform/i18n.js";
import { vault } from "../../session/vault.js";

/** @import { Vault } from "../../data/entries.js" */
/** @import { Entry, FieldVersion } from "../../data/entry-view.js" */

const KIND = "person";

/**
 * @typedef {object} Person
 * @property {string} id
 * @property {string} words who it is
 * @property {string[]} numbers the newest first; several if two phones have changed it
 */

export class People {
  #openVault;
  /** @type {Person[]} */
  #listed = [];

  /** @param {() => Promise<Vault>} [open] tests pass their own */
  constructor(open = vault) {
    this.#openVault = open;
  }

  /** Read all people, in their order. @returns {Promise<Person[]>} */
  async list() {
    const entries = await this.#openVault();
    const summaries = (await entries.list()).entries;
    const people = summaries.filter(({ kind, filled }) => kind === KIND && filled > 0);
    const read = await Promise.all(people.map(({ id }) => entries.read(id)));
    read.sort((a, b) => orderOf(a) - orderOf(b) || (a.created < b.created ? -1 : 1));
    this.#listed = read.map(personOf);
    return this.#listed;
  }

  /** Add somebody at the end. @param {string} words @param {string} number @returns {Promise<string>} the id */
  async add(words, number) {
    const entries = await this.#openVault();
    const { id } = entries.create({ kind: KIND, locale: locale() });
    await entries.write(id, { words, number, order: this.#listed.length });
    return id;
  }

  /** @param {string} id @param {string} words @param {string} number */
  async change(id, words, number) {
    await (await this.#openVault()).write(id, { words, number });
  }

  /** Store this order. @param {string[]} ids of all people */
  async arrange(ids) {
    const entries = await this.#openVault();
    for (const [order, id] of ids.entries()) await entries.write(id, { order });
  }

  /** @param {string} id @returns {Promise<() => Promise<unknown>>} brings them back */
  async remove(id) {
    const entries = await this.#openVault();
    const undo = await entries.remove(id);
    return () => entries.undo(undo);
  }
}

/** @param {Entry} entry @returns {Person} */
function personOf({ id, fields }) {
  return {
    id,
    words: [...new Set(texts(fields.words))].join(" · "),
    numbers: [...new Set(texts(fields.number))],
  };
}

/** @param {FieldVersion[]} [versions] of a field; perhaps from a newer version of the app */
const texts = (versions = []) =>
  versions.flatMap(({ value }) => (typeof value === "string" && value.trim() ? [value] : []));

/** @param {Entry} entry */
function orderOf({ fields }) {
  const order = fields.order?.[0]?.value;
  return typeof order === "number" ? order : Infinity;
}
