// Offers another voice that is saved on this phone, when the listener is offline and the chosen one isn't.
import { addressesOf } from "../../audio/files.js";
import { say } from "../../platform/dom.js";
import { gettext } from "../../platform/i18n.js";

/** @import { Sound } from "../../audio/files.js" */
/** @import { Player } from "./player.component.js" */

/**
 * Return the saved sound that comes closest: the same version and language, the same version, the same language, any.
 * @param {Sound[]} sounds of one recording
 * @param {Sound} wanted
 */
async function savedInstead(sounds, wanted) {
  const others = sounds.filter(({ address }) => address !== wanted.address);
  const areSaved = await Promise.all(others.map(async (sound) => (await addressesOf(sound)).saved));
  const rank = (/** @type {Sound} */ { version, locale }) =>
    2 * Number(version === wanted.version) + Number(locale === wanted.locale);
  return others.filter((_, at) => areSaved[at]).sort((a, b) => rank(b) - rank(a))[0];
}

/**
 * Show the button that plays a saved sound, if the listener's sound still can't be had and there is one.
 * @param {Player} player
 */
export async function offerSaved(player) {
  const { recording, session, sound, panel } = player;
  const saved = await savedInstead(recording.sounds, sound);
  const isLacking = player.isMine && session.problem === "unsaved" && sound === player.sound;
  const offer = panel.element.querySelector("[data-instead]");
  const button = offer?.querySelector("button");
  if (!saved || !isLacking || !offer || !button) return;
  say(button, words(saved, sound.version));
  offer.toggleAttribute("hidden", false);
  button.onclick = async () => {
    panel.button.focus();
    await player.switchTo(saved, { samePhrase: saved.version === sound.version });
    player.play();
  };
}

/** @param {Sound} sound @param {string} wanted the version that the listener had chosen */
function words({ version, voiceName }, wanted) {
  const voice = { voice: voiceName };
  if (version === wanted) return gettext("Play it with %(voice)s, saved on this phone", voice);
  return version === "short"
    ? gettext("Play the short version with %(voice)s, saved on this phone", voice)
    : gettext("Play the full version with %(voice)s, saved on this phone", voice);
}
