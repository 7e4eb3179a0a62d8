/**
 * `cargo xtask bench watch`: what watching targets costs a page that changes a thousand times a second,
 * by Chromium's own account of its main thread, beside the same page without the widget.
 */
import { readFile, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { eventually, launch, openPage } from "../e2e/browser.mjs";
import { startCollector } from "../e2e/collector.mjs";
import { serveHost, snippet } from "../hosts/serve.mjs";
import { median } from "./numbers.mjs";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, write: { type: "string" } },
});
const rounds = Number(values.rounds);
if (!(rounds >= 1)) throw new Error(`--rounds is ${values.rounds}, and must be 1 or more`);

/** So long each page is measured, milliseconds. */
const SPAN = 10_000;
/** So many elements the page has, and so many changes a second. */
const ELEMENTS = 3000;
const CHANGES = 1000;

/** One of each kind, half of which are never there. */
const SELECTORS = [
  "[data-hs=target]",
  "#row-1500 > b",
  'role=button[name="Save the last"]',
  'li:text("Row 2999")',
  "x-host >>> button",
  "[data-hs=none] || #none",
  "table.none tr:nth-child(2n+1) > td",
  'role=link[name="Nowhere"]',
  'button:text("Nothing")',
  "x-host >>> .none",
];

const CONTENT = {
  id: "watching",
  kind: "checklist",
  title: "Watching",
  tasks: SELECTORS.map((selector, index) => ({
    id: `task-${index}`,
    title: selector,
    // A value that none of them has keeps all of them watched.
    done_when: { element: { selector, is: { value: { equals: "never" } } } },
  })),
};

const PAGE = `<ul>${Array.from(
  { length: ELEMENTS / 3 },
  (_, row) => `<li id="row-${row * 3}">Row ${row * 3} <b>bold</b> <a href="#${row}">link</a></li>`,
).join(
  "",
)}</ul><li>Row 2999</li><button data-hs="target">Target</button><button>Save the last</button>
<x-host><template shadowrootmode="open"><button>Inner</button></template></x-host><div id="busy"></div>`;

/** What the page does all the time: attributes, texts, and elements that come and go. @param {number} changes a second */
function change(changes) {
  const busy = /** @type {HTMLElement} */ (document.querySelector("#busy"));
  const rows = document.querySelectorAll("li");
  const began = performance.now();
  let done = 0;
  setInterval(() => {
    for (const due = ((performance.now() - began) * changes) / 1000; done < due; done++) {
      const row = /** @type {HTMLElement} */ (rows[(done * 7919) % rows.length]);
      if (done % 3 === 0) row.title = String(done);
      else if (done % 3 === 1) /** @type {Text} */ (row.firstChild).data = `Row ${row.id} `;
      else if (busy.childElementCount > 20) busy.firstChild?.remove();
      else busy.append(document.createElement("p"));
    }
    /** @type {any} */ (window).changes = done;
  }, 5);
}

/** @param {import("playwright-core").Browser} browser @param {string} head */
async function measure(browser, head) {
  const host = await serveHost({
    collector: collector.url,
    handler: (_request, response, { pathname }) => {
      if (pathname !== "/") return false;
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(`<!doctype html><head>${head}</head><body>${PAGE}</body>`);
      return true;
    },
  });
  const page = await openPage(browser);
  try {
    await page.goto(host.url);
    if (head)
      await eventually(
        () => page.widget.host.count(),
        (count) => count === 1,
        { within: 30_000 },
      );
    await page.evaluate(change, CHANGES);
    await page.waitForTimeout(2000);
    const tools = await page.context().newCDPSession(page);
    await tools.send("Performance.enable", { timeDomain: "threadTicks" });
    await tools.send("Profiler.enable");
    await tools.send("Profiler.setSamplingInterval", { interval: 200 });
    const busy = async () => {
      const { metrics } = await tools.send("Performance.getMetrics");
      return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN) * 1000;
    };
    const before = await busy();
    const began = performance.now();
    const changesBefore = await page.evaluate(() => /** @type {any} */ (window).changes);
    await page.waitForTimeout(SPAN);
    const took = performance.now() - began;
    const whole = ((await busy()) - before) / took;
    const changes = await page.evaluate(() => /** @type {any} */ (window).changes);
    // In a span of its own, since to profile costs time itself.
    await tools.send("Profiler.start");
    await page.waitForTimeout(SPAN);
    const { profile } = await tools.send("Profiler.stop");
    return {
      busy: whole * 100,
      own: shareOf(profile),
      changes: ((changes - changesBefore) * 1000) / took,
    };
  } finally {
    await page.context().close();
    await host.close();
  }
}

/** The share of a profile that is spent in our files or in what they call, per cent. @param {{ nodes: { id: number, callFrame: { url: string }, children?: number[] }[], samples?: number[], timeDeltas?: number[] }} profile */
function shareOf({ nodes, samples = [], timeDeltas = [] }) {
  const children = new Map(nodes.map((node) => [node.id, node]));
  /** @type {Set<number>} */
  const ours = new Set();
  /** @param {number} id @param {boolean} within */
  const walk = (id, within) => {
    const node = children.get(id);
    if (!node) return;
    const mine = within || /\/assets\/headstart-/.test(node.callFrame.url);
    if (mine) ours.add(id);
    for (const child of node.children ?? []) walk(child, mine);
  };
  const [root] = nodes;
  if (root) walk(root.id, false);
  let own = 0;
  let all = 0;
  for (const [index, id] of samples.entries()) {
    const delta = timeDeltas[index] ?? 0;
    all += delta;
    if (ours.has(id)) own += delta;
  }
  return (own / all) * 100;
}

const collector = await startCollector();
const browser = await launch();
try {
  await collector.publish(CONTENT);
  const head = snippet({ writeKey: collector.writeKey });
  /** @type {Record<"with" | "without", Awaited<ReturnType<typeof measure>>[]>} */
  const all = { with: [], without: [] };
  for (let round = 0; round < rounds; round++) {
    /** @type {("with" | "without")[]} */
    const order = round % 2 ? ["with", "without"] : ["without", "with"];
    for (const which of order) {
      const measured = await measure(browser, which === "with" ? head : "");
      all[which].push(measured);
      console.log(
        `${which} the widget: busy ${measured.busy.toFixed(2)} %, ours ${measured.own.toFixed(2)} %, ${measured.changes.toFixed(0)} changes a second`,
      );
    }
  }
  const of = (
    /** @type {"with" | "without"} */ which,
    /** @type {"busy" | "own" | "changes"} */ what,
  ) => median(all[which].map((one) => one[what]));
  const more = of("with", "busy") - of("without", "busy");
  const text = `${rounds} rounds in Chromium ${browser.version()}, load average ${loadavg()[0]?.toFixed(1)}, ${of("with", "changes").toFixed(0)} changes a second, ${SELECTORS.length} targets watched in ${ELEMENTS} elements, medians: the main thread is busy for ${of("with", "busy").toFixed(1)} % of the time with the widget and for ${of("without", "busy").toFixed(1)} % without it, ${more.toFixed(1)} % more; by the CPU profile ${of("with", "own").toFixed(1)} % of the time is spent in the widget or in what it calls.`;
  console.log(`\n${text}`);
  if (values.write) await write(values.write, text);
} finally {
  await browser.close();
  await collector.stop();
}

/** Puts it between its marks. @param {string} path @param {string} text */
async function write(path, text) {
  const marks = /(<!-- watching: begin[^>]*-->\n)[^]*?(<!-- watching: end -->)/;
  const document = await readFile(path, "utf8");
  if (!marks.test(document)) throw new Error(`${path} has no marks to put it between`);
  await writeFile(
    path,
    document.replace(marks, (_, begin, end) => `${begin}${text}\n${end}`),
  );
}
