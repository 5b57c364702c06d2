/**
 * PostCSS steps that make the style sheet ours: nhsuk's literal colours become tokens,
 * its variants that no page uses go away, and addresses get their hashed names.
 */

// What nhsuk computes from colours that it can't take as custom properties.
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
    // Whole components that nhsuk pulls in beside the ones we name.
    "nhsuk-(body|button|expander|heading|icon|label-wrapper|list--tick|list--cross)",
    // Variants for dark blue backgrounds and dense pages, and names that nhsuk has given up.
    "--(reverse|small|search|large|code|xl)\\b",
    "nhsuk-(input__|error-summary__title)",
    // Ours is one ring for everything (_base.scss), and a sign that turns round with the page.
    ":focus",
    "details.*::before",
    // Browsers that are gone.
    "-ms-|-moz-focus-inner",
  ].join("|"),
);

/**
 * Replaces every literal colour by a token; one that has no token fails the build.
 * @param {Record<string, string>} tokens literal, lower case -> custom property
 */
export function tokenColours(tokens) {
  return {
    postcssPlugin: "token-colours",
    /** @param {import("postcss").Declaration} declaration */
    Declaration(declaration) {
      // The tokens themselves are literals by right.
      if (declaration.prop.startsWith("--")) return;
      declaration.value = declaration.value.replace(LITERAL, (colour) => {
        const token = tokens[colour.toLowerCase()];
        if (!token) throw declaration.error(`the colour "${colour}" is not a token`);
        return token;
      });
    },
  };
}

/** Drops nhsuk's selectors that no page of ours can match. */
export const dropUnused = {
  postcssPlugin: "drop-unused",
  /** @param {import("postcss").Root} root */
  Once(root) {
    root.walkRules((rule) => {
      // Bare elements are styled by us alone: nhsuk's lists would reach into every list of ours.
      const kept = rule.selectors.filter((one) => one.includes(".nhsuk-") && !UNUSED.test(one));
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

/** @param {import("./output.mjs").Output} output */
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
