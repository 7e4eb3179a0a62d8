import assert from "node:assert/strict";
import { test } from "node:test";
import { SOMETHING } from "./fake-collector.mjs";
import { describeInBrowser, openHostPage } from "./host-page.mjs";

/** The script with these attributes, and no line before it. @param {string} attributes */
const script = (attributes) => ({
  stub: false,
  script: `<script async src="COLLECTOR/headstart.js" data-write-key="wk_test" ${attributes}></script>`,
});

describeInBrowser("a script that says who the user is", () => {
  test("the user, what is known of them and their proof go with the boot, and to the widget", async (t) => {
    const host = await openHostPage(t, {
      ...script(`data-user="user-1" data-traits='{"plan":"trial"}' data-token="a.b.c"`),
      given: (collector) => {
        collector.answers["/v1/boot"] = { body: SOMETHING };
      },
    });
    const { starts } = await host.widgetStarted();
    const [boot] = host.collector.boots;
    assert.deepEqual(
      [boot.userId, JSON.parse(boot.traits), boot.token],
      ["user-1", { plan: "trial" }, "a.b.c"],
    );
    const [[, [name, user, traits]]] = starts[0].calls;
    assert.deepEqual([name, user, traits], ["identify", "user-1", { plan: "trial" }]);
    assert.deepEqual([host.exceptions, host.lines], [[], []]);
  });

  test("the account goes to the widget, after the user whose it is and before what the page calls", async (t) => {
    const host = await openHostPage(t, {
      ...script(`data-user="user-1" data-account="account-1"`),
      before: `window.headstart = () => {}; headstart.q = [[1, ["track", "Seen"]]]`,
      given: (collector) => {
        collector.answers["/v1/boot"] = { body: SOMETHING };
      },
    });
    const { starts } = await host.widgetStarted();
    assert.deepEqual(
      starts[0].calls.map((/** @type {any} */ [, [name, value]]) => [name, value]),
      [
        ["identify", "user-1"],
        ["group", "account-1"],
        ["track", "Seen"],
      ],
    );
    assert.deepEqual([host.exceptions, host.lines], [[], []]);
  });

  test("the language goes with the boot, also where nobody may be named", async (t) => {
    for (const consent of ["", `data-consent="required"`]) {
      const host = await openHostPage(t, script(`data-language="de" ${consent}`));
      await host.booted();
      const [boot] = host.collector.boots;
      assert.equal(boot.language, "de");
      assert.equal("anonymousId" in boot, !consent);
      assert.deepEqual([host.exceptions, host.lines], [[], []]);
    }
  });

  test("traits that are no JSON cost the traits only", async (t) => {
    const host = await openHostPage(t, script(`data-user="user-1" data-traits="{plan}"`));
    await host.booted();
    const [boot] = host.collector.boots;
    assert.deepEqual([boot.userId, boot.traits], ["user-1", undefined]);
    assert.deepEqual([host.exceptions, host.lines], [[], []]);
  });

  test("an empty user after somebody is nobody of before", async (t) => {
    const host = await openHostPage(t, {
      before: `localStorage["headstart.wk_test.user"] = "user-1"; localStorage["headstart.wk_test.anonymous"] = "browser-1"`,
      ...script(`data-user=""`),
    });
    await host.booted();
    const [boot] = host.collector.boots;
    assert.equal(boot.userId, undefined);
    assert.notEqual(boot.anonymousId, "browser-1");
    assert.equal(await host.stored("user"), null);
  });

  test("an empty user on page after page is the same anonymous one", async (t) => {
    const host = await openHostPage(t, script(`data-user=""`));
    await host.booted();
    await host.reload();
    await host.booted(2);
    const [first, second] = host.collector.boots;
    assert.equal(second.anonymousId, first.anonymousId);
  });

  test("a page that says nothing of the user leaves them as they are", async (t) => {
    const host = await openHostPage(t, {
      before: `localStorage["headstart.wk_test.user"] = "user-1"`,
      ...script(""),
    });
    await host.booted();
    assert.equal(host.collector.boots[0].userId, "user-1");
  });

  test("the page's own calls come after it", async (t) => {
    const host = await openHostPage(t, {
      ...script(`data-user="user-1"`),
      stub: true,
      calls: `headstart("identify", "user-2")`,
    });
    await host.booted();
    assert.equal(host.collector.boots[0].userId, "user-2");
  });
});
