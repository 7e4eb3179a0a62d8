/** What a request to the tracking API carries, gzipped or not. */
import { gunzipSync } from "node:zlib";

/**
 * @typedef {object} Message one of the batch, in Segment's form
 * @property {string} messageId
 * @property {string} type
 * @property {string} [event]
 * @property {string} [userId]
 * @property {string} [anonymousId]
 * @property {string} [timestamp]
 * @property {Record<string, any>} [properties]
 */

/**
 * A gzipped body says so by its first two bytes: a header would cost the browser a preflight.
 *
 * @param {Buffer} bytes
 * @returns {Record<string, any>} empty if it is no JSON object
 */
export function bodyOf(bytes) {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  try {
    const body = JSON.parse(plain.toString());
    return body !== null && typeof body === "object" ? body : {};
  } catch {
    return {};
  }
}

/** @param {Buffer} bytes @returns {Message[]} those of a batch, or the single one */
export function messagesOf(bytes) {
  const body = bodyOf(bytes);
  if (Array.isArray(body["batch"])) return body["batch"];
  return body["event"] ? [/** @type {any} */ (body)] : [];
}
