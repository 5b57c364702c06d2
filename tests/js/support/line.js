/**
 * A bad telephone line in front of any `fetch`. Each call takes its fate from `fates`, and arrives well once there are
 * no more:
 * - `lost`: the request never arrives
 * - `unanswered`: it arrives, the answer doesn't
 * - `late`: a push arrives only when `deliver` is called, after others; whoever sent it has given up
 */
export class Line {
  fates = [];
  #late = [];

  /** @param {typeof globalThis.fetch} fetch */
  constructor(fetch) {
    this.through = fetch;
  }

  fetch = async (url, request) => {
    const fate = this.fates.shift() ?? "good";
    if (fate === "lost") throw new TypeError("Failed to fetch");
    if (fate === "late" && request.method === "POST" && url.endsWith("/records")) {
      this.#late.push([url, { ...request, signal: undefined }]);
      throw new TypeError("Failed to fetch");
    }
    const response = await this.through(url, request);
    if (fate === "unanswered") {
      await response.arrayBuffer();
      throw new TypeError("Failed to fetch");
    }
    return response;
  };

  async deliver() {
    for (const [url, request] of this.#late.splice(0)) {
      const response = await this.through(url, request);
      await response.arrayBuffer();
    }
  }
}
