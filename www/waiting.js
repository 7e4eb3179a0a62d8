/**
 * Waiting: for promises, on behalf of Rust, of which each wait in a function is several times as large.
 *
 * The build puts this into wasm-bindgen's glue.
 */

/**
 * Calls `next` with what the promise brings, or with nothing if it is broken; and so on with the promise that it
 * answers, until it answers none.
 *
 * @param {unknown} promise
 * @param {(value: unknown) => unknown} next
 */
const follow = async (promise, next) => {
  while (promise) {
    /** @type {unknown} */
    let value;
    try {
      value = await promise;
    } catch (_) {
      // It brings nothing.
    }
    promise = next(value);
  }
};

/** For Rust: as an object, so that the wasm imports from wasm-bindgen's glue alone. */
export const waiting = { follow };
