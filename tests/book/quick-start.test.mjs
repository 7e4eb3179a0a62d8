/**
 * The quick start, done as it says: each of its files written, each of its commands run, in its order,
 * in an empty folder. Only the build is taken for done, and the port is one that is free.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { eventually, launch, openPage } from "../e2e/browser.mjs";
import { inRepository } from "../e2e/collector.mjs";
import { readDocument } from "./markdown.mjs";

const PAGE = "docs/quick-start.md";
const BINARY = process.env["HEADSTART_BIN"] ?? inRepository("target/server/headstart");
const PORT_OF_THE_PAGE = "7373";

/** A port that nobody has. @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

describe("the quick start", () => {
  let folder = "";
  let port = 0;
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let collector;
  /** @type {Awaited<ReturnType<typeof launch>>} */
  let browser;
  /** What the reader has copied from an answer, by what stands for it. @type {Record<string, string>} */
  const keys = {};

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "headstart-quick-start-"));
    port = await freePort();
    browser = await launch();
  });
  after(async () => {
    collector?.kill();
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** As the reader types it. @param {string} text */
  const typed = (text) =>
    Object.entries(keys)
      .reduce((all, [name, key]) => all.replaceAll(name, key), text)
      .replaceAll(PORT_OF_THE_PAGE, String(port));

  const env = () => ({
    PATH: [dirname(BINARY), join(folder, "bin"), process.env["PATH"]].join(delimiter),
    HOME: folder,
    HEADSTART_LISTEN: `127.0.0.1:${port}`,
    HEADSTART_SERVER: `http://127.0.0.1:${port}`,
  });

  /** Runs a sample to its end. @param {string} text @param {string} [cwd] */
  const sh = (text, cwd = join(folder, "onboarding")) => {
    const options = { cwd, env: env(), timeout: 20_000 };
    const { status, stdout, stderr } = spawnSync("sh", ["-ec", typed(text)], {
      ...options,
      encoding: "utf8",
    });
    assert.equal(status, 0, `${text}\n${stdout}${stderr}`);
    return stdout;
  };

  /** Serves until the test ends. @param {string} text */
  const serve = async (text) => {
    const words = typed(text).trim().split(" ");
    collector = spawn(BINARY, words.slice(1), {
      cwd: join(folder, "onboarding"),
      env: env(),
      stdio: "ignore",
    });
    await eventually(
      () =>
        fetch(`http://127.0.0.1:${port}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      (ready) => ready,
      { what: "the collector" },
    );
  };

  test("leads to a checklist that a click and a server complete, and to a number", async () => {
    const { samples, text } = readDocument(PAGE, await readFile(inRepository(PAGE), "utf8"));
    await mkdir(join(folder, "bin"));
    // It may be called otherwise where it was built.
    await copyFile(BINARY, join(folder, "bin/headstart"));

    const page = await openPage(browser);
    /** @type {string[]} */
    const answers = [];
    for (const { language, text, before } of samples) {
      const file = /^Save this as (\S+?)[,:]/.exec(before)?.[1];
      if (text.includes("cargo xtask build")) continue;
      if (text.includes("cd onboarding")) {
        sh(text, folder);
      } else if (file && language !== "sh") {
        await writeFile(join(folder, "onboarding", file), typed(text));
      } else if (text.startsWith("headstart keys")) {
        const { write_key, secret_key } = JSON.parse(sh(text));
        keys["wk_YOUR_WRITE_KEY"] = write_key;
        keys["sk_YOUR_SECRET_KEY"] = secret_key;
      } else if (text.startsWith("headstart serve")) {
        await serve(text);
      } else if (text.includes("headstart content publish")) {
        sh(text);
        await page.goto(`http://127.0.0.1:${port}/`);
        await page.widget.launcher.click();
        await page.widget.task("Create your first project").waitFor();
        await page.getByRole("button", { name: "Create a project" }).click();
        await page.widget.panel.getByText("1 of 2 done").waitFor();
      } else if (text.includes("/v1/track")) {
        sh(text);
        await page.widget.host.getByText("2 of 2 done").first().waitFor();
      } else {
        // What the page reports is on its way.
        await eventually(
          () => sh(text),
          (answer) => JSON.parse(answer).activated === 1,
          { what: "the number" },
        ).then((answer) => answers.push(answer));
      }
    }
    assert.match(text, /One user has started, and one is activated/);
    assert.equal(JSON.parse(answers[0] ?? "{}").started, 1);
    assert.deepEqual(page.problems, []);
  });
});
