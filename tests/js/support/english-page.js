// What lib/messages.js and lib/dates.js read of a page, for tests without one.
globalThis.document ??= /** @type {any} */ ({ documentElement: { dataset: { locale: "en" } } });
