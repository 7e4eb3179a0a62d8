/** The benchmark counts right, so that its tables can be believed. How long anything takes is no test. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Lab } from "./lab.mjs";
import { busyDuring, measureMainThread } from "./main-thread.mjs";
import { measureStorage, writes } from "./storage.mjs";
import { HEADSTART, SUBJECTS } from "./subjects.mjs";
import { measureTraffic } from "./traffic.mjs";

const SEGMENT = subject("analytics-next, its defaults");
const POSTHOG = subject("posthog-js, tracking only");

/** @param {string} name */
function subject(name) {
  const found = SUBJECTS.find((subject) => subject.name === name);
  if (!found) throw new Error(`${name} is not measured`);
  return found;
}

describe("The benchmark of tracking", { concurrency: 6 }, () => {
  /** @type {Lab} */
  let lab;
  before(async () => {
    lab = await Lab.open();
  });
  after(() => lab.close());

  for (const subject of [HEADSTART, POSTHOG, SEGMENT]) {
    it(`sees every event and every byte of ${subject.name}`, async () => {
      const stand = await lab.stand(subject);
      try {
        const traffic = await measureTraffic(stand, 3);
        assert.equal(traffic.requests, subject === SEGMENT ? 3 : 1);
        // The one event before them tells that the library is there.
        assert.equal(stand.wire.invoices.size, 1 + 3);
        const counted = stand.wire.counts.reduce((sum, { head, body }) => sum + head + body, 0);
        assert.equal(counted, stand.wire.received);
        assert.ok(traffic.head + traffic.body < counted);
        if (subject === POSTHOG) assert.ok(traffic.unpacked > 2 * traffic.body, "not compressed");
      } finally {
        await stand.close();
      }
    });
  }

  it("counts what a library writes from one event to the next", async () => {
    const stand = await lab.stand(HEADSTART, { storage: true });
    try {
      const { median, each } = await measureStorage(stand, { events: 3, gap: 20 });
      assert.ok(median >= 1, "an event is on disk before the next comes");
      assert.ok(writes(each) >= 1);
      assert.ok(each.bytes > 100);
      assert.equal(each.cookie, 0);
    } finally {
      await stand.close();
    }
  });

  it("counts every way to write to the browser's storage", async () => {
    const stand = await lab.stand(SEGMENT, { storage: true });
    try {
      const [begun, ended] = await stand.page.evaluate(async () => {
        const count = () => window.storageCount?.();
        /** @param {IDBRequest | IDBTransaction} asked @param {string} [name] */
        const heard = (asked, name = "success") =>
          new Promise((resolve) => asked.addEventListener(name, resolve, { once: true }));
        const opening = indexedDB.open("counted");
        opening.onupgradeneeded = () => opening.result.createObjectStore("things");
        await heard(opening);
        const before = count();

        localStorage.setItem("ab", "cde");
        sessionStorage.setItem("ab", "cde");
        localStorage.removeItem("ab");
        document.cookie = "ab=cde";
        const transaction = opening.result.transaction("things", "readwrite");
        transaction.objectStore("things").put("cde", "ab");
        transaction.objectStore("things").add({ c: 1 }, "de");
        transaction.objectStore("things").delete("ab");
        opening.result.transaction("things").objectStore("things").get("ab");
        await heard(transaction, "complete");
        return [before, count()];
      });
      assert.ok(begun && ended);
      const difference = Object.fromEntries(
        Object.entries(ended).map(([part, now]) => [
          part,
          now - begun[/** @type {keyof StorageCount} */ (part)],
        ]),
      );
      assert.deepEqual(difference, {
        local: 1,
        session: 1,
        indexed: 2,
        transactions: 1,
        cookie: 1,
        removals: 2,
        bytes: 5 + 5 + 6 + 5 + 9,
      });
    } finally {
      await stand.close();
    }
  });

  it("sees what keeps the main thread busy, in a call and after it", async () => {
    const stand = await lab.stand(SEGMENT);
    try {
      const work = () => {
        let sum = 0;
        for (let i = 0; i < 20_000_000; i++) sum += (i * i) % 7;
        return sum;
      };
      const { calls, burst, ...inAll } = await measureMainThread(stand, { burst: 3, stream: 3 });
      assert.equal(calls.length, 3);
      assert.ok([...calls, burst].every((ms) => ms > 0));
      assert.ok(Object.values(inAll).every(Number.isFinite));

      const busy = await busyDuring(stand, () => stand.page.evaluate(work));
      const after = await busyDuring(stand, () =>
        stand.page.evaluate(`new Promise((done) => setTimeout(() => done((${work})())))`),
      );
      const nothing = await busyDuring(stand, () => stand.page.evaluate(() => 1));
      assert.ok(busy.busy > nothing.busy, `${busy.busy} ms of work, ${nothing.busy} ms without`);
      assert.ok(after.busy > nothing.busy, `${after.busy} ms of work, ${nothing.busy} ms without`);
    } finally {
      await stand.close();
    }
  });
});
