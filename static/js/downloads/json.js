// Replaces Response.json, which Safari has only since version 17.

/** @param {unknown} value */
export function json(value) {
  return new Response(JSON.stringify(value), { headers: { "content-type": "application/json" } });
}
