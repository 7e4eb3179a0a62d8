/**
 * Packing: makes a large body small.
 *
 * The build puts this into wasm-bindgen's glue.
 */
import { Answer, attempt, construct, Gzip, Parts, within } from "./borrowed.js";

/**
 * The text in gzip, as a blob that goes as text/plain, for which browsers ask no leave; nothing where
 * that gains nothing, or fails.
 *
 * @param {string} text
 * @returns {Promise<Blob | undefined>}
 */
export async function pack(text) {
  const packing = attempt(() => {
    const stream = construct(Gzip, ["gzip"]);
    const body = construct(Parts, [[text]])
      .stream()
      .pipeThrough(stream);
    const headers = { "content-type": "text/plain" };
    return construct(Answer, [body, { headers }]).blob();
  });
  const blob = await within(packing);
  return blob && blob.size > 0 && blob.size < text.length ? blob : undefined;
}
