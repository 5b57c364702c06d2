import fc from "fast-check";
import { merge, newState, removeState, writeFields } from "../../../static/js/data/entry.js";

/** Names that a careless object would stumble over are among them. */
const NAMES = ["calms", "__proto__", "constructor"];
const PHONES = 3;

/**
 * States as phones really come to them: by writing, by merging and by deleting. States made up freely would have
 * contradictory histories, for which no merge can be right.
 *
 * @returns {fc.Arbitrary<import("../../../static/js/data/entry.js").State[]>} one state for each of three phones
 */
export function histories() {
  const phone = fc.nat(PHONES - 1);
  const write = fc.record({
    act: fc.constant("write"),
    phone,
    name: fc.constantFrom(...NAMES),
    value: fc.nat(9),
    blind: fc.boolean(),
  });
  const meet = fc.record({ act: fc.constant("meet"), phone, other: phone });
  const remove = fc.record({ act: fc.constant("remove"), phone });
  const act = fc.oneof({ weight: 8, arbitrary: write }, { weight: 4, arbitrary: meet }, remove);
  return fc.array(act, { maxLength: 30 }).map(play);
}

/** @param {any[]} acts */
function play(acts) {
  const states = Array.from({ length: PHONES }, () => newState({ kind: "worksheet" }, 0));
  acts.forEach((act, index) => {
    const state = states[act.phone];
    if (act.act === "remove") states[act.phone] = removeState(state);
    else if (act.act === "meet") states[act.phone] = merge(state, states[act.other]);
    else if (!state.deleted) {
      const known = act.blind ? () => false : undefined;
      // The clocks of phones differ, and may stand still.
      const now = act.phone * 5 + Math.floor(index / 3);
      states[act.phone] = writeFields(
        state,
        { [act.name]: act.value },
        `phone${act.phone}`,
        now,
        known,
      );
    }
  });
  return states;
}
