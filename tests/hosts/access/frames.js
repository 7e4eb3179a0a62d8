/** Opens states of the gallery in frames, several at a time, and says what is wrong with each. */
import { findings } from "./findings.js";

/** How long a state may take on a busy machine, milliseconds. */
const PATIENCE = 60_000;

/**
 * @param {string} name of a state
 * @param {import("./findings.js").Look} look
 * @returns {Promise<string[]>}
 */
async function inspect(name, { width, height, language, scheme, checks }) {
  const frame = document.createElement("iframe");
  Object.assign(frame, { width, height, title: name });
  frame.src = `/gallery/state/?${new URLSearchParams({ name, language, scheme })}`;
  document.body.append(frame);
  try {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const { ready, failed } = frame.contentDocument?.documentElement?.dataset ?? {};
      if (failed !== undefined) return [failed];
      if (ready !== undefined) break;
      if (Date.now() > end) return ["it does not come up"];
      await new Promise((done) => setTimeout(done, 20));
    }
    const view = /** @type {Window & typeof globalThis} */ (frame.contentWindow);
    return await findings(view, checks);
  } finally {
    frame.remove();
  }
}

/** What is wrong, each with the state's name. */
window.inspect = async (names, look) => {
  const found = await Promise.all(names.map((name) => inspect(name, look)));
  return found.flatMap((all, index) => all.map((one) => `${names[index]}: ${one}`));
};
