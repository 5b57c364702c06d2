/** Shows several versions of an answer, written on phones or in tabs that had not synced. The reader chooses. */
import { h, toast } from "../platform/dom.js";
import { gettext, number, pgettext } from "../platform/i18n.js";
import { speech } from "./fields.js";
import { canKeepBoth, keepBoth, words } from "./values.js";

/** @import { FieldVersion } from "../data/entry-view.js" */
/** @import { Field } from "./fields.js" */
/** @import { Question } from "./values.js" */

/**
 * What the reader can decide.
 * @typedef {object} Decide
 * @property {(value: any, shown: any[]) => Promise<void>} keep stores the value in place of those shown
 * @property {(values: any[], kept: any) => Promise<void>} undo restores all values in place of the kept one
 */

/**
 * The object that stores the reader's choice.
 * @typedef {object} Chooser
 * @property {(name: string, value: any, shown: any[]) => Promise<void>} choose
 * @property {(name: string, values: any[], kept: any) => Promise<void>} unchoose
 */

/** @type {WeakMap<Element, string>} the versions that each question shows, as JSON */
const shown = new WeakMap();

/**
 * Show several versions in place of the question's input. With one version or none, show the input again.
 * @param {Field} field
 * @param {FieldVersion[]} versions newest first
 * @param {Chooser} chooser
 */
export function showVersions({ name, element, question }, versions, chooser) {
  const old = element.querySelector(":scope > .versions");
  const versionsAsText = JSON.stringify(versions);
  if (versions.length > 1 && shown.get(element) === versionsAsText) return;
  if (versions.length < 2 && !old) return;
  const inUse = old?.contains(document.activeElement);
  old?.remove();
  element.toggleAttribute("data-conflict", versions.length > 1);
  shown.set(element, versionsAsText);
  if (versions.length > 1) {
    element.toggleAttribute("data-filled", true);
    const panel = versionsPanel(question, versions, {
      keep: (value, values) => chooser.choose(name, value, values),
      undo: (values, kept) => chooser.unchoose(name, values, kept),
    });
    element.append(panel);
  }
  // After a choice, keep the focus in this question.
  const next = element.querySelector(versions.length > 1 ? ".versions button" : "input, textarea");
  if (inUse) /** @type {HTMLElement | null} */ (next)?.focus();
}

/**
 * Return a name for each version: the phone if that distinguishes them, otherwise a number.
 * @param {FieldVersion[]} versions
 * @returns {string[]}
 */
export function versionLabels(versions) {
  const hereCount = versions.filter((version) => version.here).length;
  if (versions.length === 2 && hereCount === 1) {
    return versions.map((version) =>
      version.here
        ? pgettext("whose version of an answer", "This phone")
        : pgettext("whose version of an answer", "Another phone"),
    );
  }
  return versions.map((_, index) =>
    pgettext("one of two versions of an answer", "Version %(num)s", { num: number(index + 1) }),
  );
}

/**
 * @param {Question} question
 * @param {FieldVersion[]} versions newest first
 * @param {Decide} decide
 * @returns {HTMLElement}
 */
function versionsPanel(question, versions, decide) {
  const labels = versionLabels(versions);
  const values = versions.map(({ value }) => value);
  const panel = h(
    "section",
    { class: "versions", "aria-label": gettext("You wrote this in two places") },
    h("h3", { text: gettext("You wrote this in two places") }),
    h("p", { text: gettext("Both are kept. Choose what you want to do. There is no hurry.") }),
    ...values.map((value, index) =>
      versionBlock(labels[index], words(question, value, speech), () =>
        keep(value, values, decide),
      ),
    ),
  );
  if (canKeepBoth(question.type)) panel.append(keepBothRow(question, values, decide));
  return panel;
}

/** @param {string} label @param {string} answer @param {() => void} onKeep */
function versionBlock(label, answer, onKeep) {
  const text = pgettext("button under a version of an answer", "Keep this one");
  return h(
    "div",
    { class: "version" },
    h("p", { class: "small", text: label }),
    answer
      ? h("p", { class: "said", dir: "auto", text: answer })
      : h("p", {
          class: "said none",
          text: pgettext("a version of an answer without words", "Left empty"),
        }),
    h(
      "button",
      { type: "button", class: "button second", onclick: onKeep },
      h("span", { text }),
      h("span", { class: "sr", text: `: ${label}` }),
    ),
  );
}

/** @param {Question} question @param {any[]} values @param {Decide} decide */
function keepBothRow(question, values, decide) {
  const text = pgettext("button under a version of an answer", "Keep both");
  const act = () => keep(keepBoth(question, values), values, decide);
  const button = h("button", {
    type: "button",
    class: "button second",
    text,
    onclick: act,
  });
  const isText = question.type === "text" || question.type === "long";
  const hint = isText
    ? [h("span", { class: "small", text: gettext("Puts one after the other.") })]
    : [];
  return h("div", { class: "keep-both buttons" }, button, ...hint);
}

/** @param {any} value @param {any[]} shown @param {Decide} decide */
async function keep(value, shown, decide) {
  await decide.keep(value, shown);
  toast(pgettext("short message after choosing a version", "Kept."), {
    label: pgettext("button", "Undo"),
    act: () => decide.undo(shown, value),
  });
}
