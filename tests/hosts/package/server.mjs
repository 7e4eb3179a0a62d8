/** What a server does with the package: it draws the same page for many people. */
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { createSSRApp, h } from "vue";
import { renderToString as renderVue } from "vue/server-renderer";
import * as headstart from "headstart";
import { HeadstartProvider, useHeadstart, useHeadstartEvent } from "headstart/react";
import * as vue from "headstart/vue";

const OPTIONS = { writeKey: "wk_1", endpoint: "/hs" };
const user = { id: "ada" };

function Page() {
  useHeadstart()("track", "Page Drawn");
  useHeadstartEvent("completed", () => {});
  return createElement("p", null, "Drawn");
}

const react = renderToString(
  createElement(HeadstartProvider, { ...OPTIONS, user }, createElement(Page)),
);

const app = createSSRApp({
  setup() {
    vue.useHeadstart()("track", "Page Drawn");
    vue.useHeadstartEvent("completed", () => {});
    return () => h("p", "Drawn");
  },
});
app.use(vue.Headstart, { ...OPTIONS, user });

const { init, on, ...commands } = headstart;
init(OPTIONS);
const answers = Object.values(commands).map((command) => command("something"));
on("ready", () => answers.push("ready"))();

console.log(
  JSON.stringify({
    react,
    vue: await renderVue(app),
    exports: Object.keys(headstart).sort(),
    answered: answers.filter((answer) => answer !== undefined),
    globals: Object.keys(globalThis).filter((name) => /headstart|window/.test(name)),
  }),
);
