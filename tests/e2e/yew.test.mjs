/** A host page that is itself a Yew application: two Yews share the page's nodes and events. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serveYew } from "../hosts/yew/host.mjs";
import { eventually, launch, openPage } from "./browser.mjs";
import { startCollector } from "./collector.mjs";
import { CHECKLIST } from "./probe.mjs";

describe("in a page in Yew", () => {
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startCollector>>} */
  let collector;
  /** @type {Awaited<ReturnType<typeof serveYew>>} */
  let host;

  before(async () => {
    browser = await launch();
    collector = await startCollector();
    await collector.publish(CHECKLIST);
    host = await serveYew({ collector: collector.url, writeKey: collector.writeKey });
  });
  after(async () => {
    await host.close();
    await browser.close();
    await collector.stop();
  });

  test("the widget works, and the page's handlers get none of its clicks", async () => {
    // As it is in production: the shadow root is closed, and only the browser's own tools see in.
    const page = await openPage(browser, { closed: true });
    const client = await page.context().newCDPSession(page);

    /** The screen's middle of a button of the widget. @param {RegExp} name */
    const find = async (name) => {
      const { nodes } = await client.send("Accessibility.getFullAXTree");
      const node = nodes.find(
        ({ role, name: said }) => role?.value === "button" && name.test(String(said?.value)),
      );
      if (node?.backendDOMNodeId === undefined) return null;
      const { model } = await client.send("DOM.getBoxModel", {
        backendNodeId: node.backendDOMNodeId,
      });
      const [left = 0, top = 0, , , right = 0, bottom = 0] = model.content;
      return { x: (left + right) / 2, y: (top + bottom) / 2, expanded: node.properties };
    };
    /** @param {RegExp} name */
    const press = async (name) => {
      const place = await eventually(() => find(name), Boolean, { what: `the button ${name}` });
      assert.ok(place);
      await page.mouse.click(place.x, place.y);
    };
    const heard = async () =>
      Promise.all(
        ["anywhere", "count", "others"].map((id) => page.locator(`main #${id}`).textContent()),
      );

    await page.goto(host.url);
    await page.locator("#counter").waitFor();
    await press(/^Try it/);
    await press(/^Press it/);
    await eventually(() => find(/^Say how$/), Boolean, { what: "the unfolded task's button" });
    assert.deepEqual(await heard(), ["0", "0", "0"]);

    await page.locator("#counter").click();
    assert.deepEqual((await heard()).slice(0, 2), ["1", "1"]);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
});
