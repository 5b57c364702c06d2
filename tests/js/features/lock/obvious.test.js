import assert from "node:assert/strict";
import test from "node:test";
import { isObvious } from "../../../../static/js/features/lock/obvious.js";

const obvious = {
  "one digit six times": ["000000", "111111", "٩٩٩٩٩٩"],
  "a run of digits": ["123456", "654321", "012345", "567890", "098765", "١٢٣٤٥٦", "۶۵۴۳۲۱"],
  "pairs that count": ["112233", "332211", "445566", "۱۱۲۲۳۳"],
  "two or three digits again and again": ["121212", "696969", "123123", "520520", "١٢١٢١٢"],
  "one digit three times, and another": ["111222", "777999"],
  "a way over the keypad": ["147258", "159753", "789456", "123321"],
  "a run, with a space or a dash": ["12 34 56 78", "1234-5678"],
  "one character again and again": ["aaaaaaaa", "AaAaAaAa", "........", "ا ا ا ا ا ا ا ا"],
  "a phrase that many have": ["password", "Pass Word", "PASSWORD1", "iloveyou", "I love you!"],
  "such a phrase in another language": ["Contraseña", "mot de passe", "كلمة السر", "كَلِمَة المرور"],
  "digits that count": ["12345678", "1234567890", "٨٧٦٥٤٣٢١"],
};

for (const [what, examples] of Object.entries(obvious)) {
  test(`${what} would be tried first`, () => {
    for (const example of examples) assert.ok(isObvious(example), example);
  });
}

test("a birthday and other numbers are fine", () => {
  for (const pin of ["240387", "010190", "311299", "271828", "314159", "135792", "٢٤٠٣٨٧"]) {
    assert.equal(isObvious(pin), false, pin);
  }
});

test("a passphrase of one's own is fine, even one with a frequent word", () => {
  for (const phrase of [
    "correct horse",
    "my password is a secret",
    "قهوة على الشرفة",
    "!?!?-!?!",
  ]) {
    assert.equal(isObvious(phrase), false, phrase);
  }
});
