/**
 * PostCSS plugins for the style sheet. They replace nhsuk's literal colours by tokens, remove nhsuk's rules that no
 * page uses, and put hashed names into addresses.
 */

// nhsuk computes these from colours that it can't take as custom properties.
/** @type {Record<string, string>} */
export const NHSUK_COLOURS = {
  "#005eb8": "var(--act)",
  "#d5281b": "var(--danger)",
  "#951c13": "var(--ink)",
  "#4c6272": "var(--soft)",
  "#aeb7bd": "var(--line)",
  "#d8dde0": "var(--sunk)",
};

const LITERAL = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([^)]*\)/gi;

const UNUSED = new RegExp(
  [
    // Whole components that nhsuk includes besides the ones we name.
    "nhsuk-(body|button|expander|heading|icon|label-wrapper|list--tick|list--cross)",
    // Variants for dark blue backgrounds and dense pages, and deprecated names.
    "--(reverse|small|search|large|code|xl)\\b",
    "nhsuk-(input__|error-summary__title)",
    // Parts of components that no page has.
    "nhsuk-(input-wrapper|label--|list--|frontend-)",
    "nhsuk-list\\+|(ol|ul) .nhsuk-list|list (ol|ul|.nhsuk)",
    "__(conditional|divider|legend--l)",
    "checkboxes--inline",
    "input--width-(?!20)",
    // Our search box has a button of its own.
    "search-(cancel|results)",
    // We draw the focus ourselves, one ring for everything (_base.scss), and a marker of <details> that mirrors with
    // the page.
    ":focus",
    "details.*::before",
    // Browsers that no longer exist.
    "-ms-|-moz-focus-inner",
  ].join("|"),
);

/**
 * Return a plugin that replaces every literal colour by a token. A colour without a token fails the build.
 * @param {Record<string, string>} tokens literal, lower case -> custom property
 */
export function tokenColours(tokens) {
  return {
    postcssPlugin: "token-colours",
    /** @param {import("postcss").Declaration} declaration */
    Declaration(declaration) {
      // Custom properties define the tokens, so they may be literals.
      if (declaration.prop.startsWith("--")) return;
      declaration.value = declaration.value.replace(LITERAL, (colour) => {
        const token = tokens[colour.toLowerCase()];
        if (!token) throw declaration.error(`the colour "${colour}" is not a token`);
        return token;
      });
    },
  };
}

/** A plugin that removes nhsuk's selectors that no page of ours can match. */
export const dropUnused = {
  postcssPlugin: "drop-unused",
  /** @param {import("postcss").Root} root */
  Once(root) {
    root.walkRules((rule) => {
      // Selectors without an nhsuk class go too: nhsuk's rules for lists would apply to every list of ours.
      const kept = rule.selectors.filter(
        (selector) => selector.includes(".nhsuk-") && !UNUSED.test(selector),
      );
      if (kept.length === 0) rule.remove();
      else if (kept.length < rule.selectors.length) rule.selectors = kept;
    });
    root.walkAtRules(/^(media|supports)$/, (rule) => {
      rule.params = rule.params.replace(/, \(-ms-high-contrast: active\)/, "");
      if (/^not \(-ms-/.test(rule.params)) rule.replaceWith(rule.nodes ?? []);
      else if (/\\0|-ms-/.test(rule.params) || rule.nodes?.length === 0) rule.remove();
    });
  },
};

/**
 * Return a plugin that replaces url("fonts/…") and url("icons/…") by hashed addresses.
 * @param {import("./output.mjs").Output} output
 */
export function hashedAddresses(output) {
  return {
    postcssPlugin: "hashed-addresses",
    /** @param {import("postcss").Declaration} declaration */
    Declaration(declaration) {
      declaration.value = declaration.value.replace(
        /url\("(fonts|icons)\/([^"]+)"\)/g,
        (_, folder, file) => `url("${output.address(`${folder}/${file}`)}")`,
      );
    },
  };
}
