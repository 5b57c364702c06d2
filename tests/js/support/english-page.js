// What platform/i18n.js and platform/dates.js read of a page, for tests without one.
globalThis.document ??= /** @type {any} */ ({ documentElement: { dataset: { locale: "en" } } });
