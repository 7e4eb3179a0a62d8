/** One page from its load to its end, and for how long somebody looked at it. */

/**
 * How it ended: `left` by a reload or because its tab was closed, `killed` with its process, or
 * `burnt` with the whole browser.
 *
 * @typedef {"left" | "killed" | "burnt"} End
 */

export class Life {
  /** @type {End | undefined} */
  end;
  /** Wall milliseconds. @type {number | undefined} */
  endedAt;
  /** Milliseconds that somebody looked at it, at least and at most: commands take their time. */
  least = 0;
  most = 0;
  /** When it came to the front: the command was given, and was carried out. @type {[number, number] | undefined} */
  #front;

  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }

  /** @param {number} given @param {number} done monotonic milliseconds, as all here */
  toFront(given, done) {
    this.#front ??= [given, done];
  }

  /** @param {number} given @param {number} done */
  fromFront(given, done) {
    if (!this.#front) return;
    const [toGiven, toDone] = this.#front;
    this.#front = undefined;
    this.least += Math.max(0, given - toDone);
    this.most += done - toGiven;
  }

  /** @param {End} how @param {number} given @param {number} done */
  over(how, given, done) {
    this.fromFront(given, done);
    this.end = how;
    this.endedAt ??= Date.now() - (performance.now() - given);
  }
}
