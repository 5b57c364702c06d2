import assert from "node:assert/strict";
import { test } from "node:test";
import { CrisisWords } from "../../../../static/js/features/search/crisis.js";
import { Vocabulary } from "../../../../static/js/features/search/vocabulary.js";

/** What the real lists do is tested in tests/web/test_search_queries.py. */
const ENGLISH = new CrisisWords(
  {
    phrases: ["suicid*, kill myself, want to die, die, self harm, cant go on, =cut, overdos*, 999"],
    spellings: ["want to: wanna, need to; cant: can not, cannot; myself: my self"],
    fillers: ["I, just, really, so"],
    everyday: ["skill, will, diet, accident, overdone"],
  },
  new Vocabulary(["harmony", "self", "time"], ["skill", "will", "diet", "overdone"]),
);
const ARABIC = new CrisisWords(
  {
    phrases: ["انتحار، انتحر*، أقتل نفسي، أريد أن أموت، الموت"],
    spellings: [
      "أريد: عايز، بدي، نبغي، 3ayez, bedi, bghit; أموت: amoot, nmout; نفسي: حالي، راسي، rasi; أقتل: nqtel",
    ],
    fillers: ["أن، أنا، خلاص"],
    everyday: ["انتظار، انتشار، انتصار"],
  },
  new Vocabulary([], ["انتظار", "انتشار", "انتصار"]),
);

for (const query of [
  "suicide",
  "Suicid",
  "sucide",
  "suicied thoughts",
  "SUICIDAL",
  "I will kill myself tonight",
  "kill mysefl",
  "kill my self",
  "killmyself",
  "self-harm",
  "wanna die",
  "i just really want to die",
  "i need to dei",
  "to die",
  "diiiie",
  "I can't go on",
  "can not go on",
  "cut",
  "overdosed",
  "999",
]) {
  test(`“${query}” is shown help first`, () => assert.ok(ENGLISH.isIn(query)));
}

for (const query of [
  "",
  "   ",
  "diet",
  "diary",
  "skill",
  "myself",
  "kill time",
  "self",
  "harmony",
  "suit",
  "cut down on sugar",
  "overdone",
  "want to dine",
  "9999",
]) {
  test(`“${query}” is a search like any other`, () => assert.ok(!ENGLISH.isIn(query)));
}

for (const query of [
  "انتحار",
  "الانتحار",
  "انتحاررر",
  "انتخار",
  "هنتحر",
  "سأنتحر",
  "اقتل نفسي",
  "بقتل حالي",
  "نقتل راسي",
  "عايز أموت خلاص",
  "نبغي نموت",
  "بدي موت",
  "3ayez amoot",
  "bghit nmout",
  "bedi amout",
  "nqtel rassi",
]) {
  test(`“${query}” is shown help first, too`, () => assert.ok(ARABIC.isIn(query)));
}

for (const query of ["انتظار", "انتشار", "انتصار", "عايز أنام", "نفسي", "3ayez anam", "bedi"]) {
  test(`“${query}” is an everyday search`, () => assert.ok(!ARABIC.isIn(query)));
}

test("empty lists find nobody", () => {
  const none = { phrases: [" , ;"], spellings: ["", ":"], fillers: [""], everyday: [""] };

  assert.ok(!new CrisisWords(none, new Vocabulary([])).isIn("die"));
});
