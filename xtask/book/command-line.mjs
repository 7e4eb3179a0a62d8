/** The reference of the command line: what the binary says of itself. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { table } from "./table.mjs";

const run = promisify(execFile);

/** The part of a help text below a heading. @param {string} help @param {string} heading */
const below = (help, heading) => {
  const [, lines = ""] = new RegExp(`^${heading}:\\n((?: .*\\n?)*)`, "m").exec(help) ?? [];
  return lines.split("\n").filter((line) => line.trim() !== "");
};

/** A line's name and what it says of it. @param {string} line */
const parts = (line) => {
  const [, name = "", text = ""] = /^\s*(\S.*?)(?:\s{2,}(.*))?$/.exec(line) ?? [];
  return { name: name.trim(), text };
};

/** @param {string} text */
const code = (text) => (text ? `\`${text}\`` : "");

/** A flag or an argument. @param {string} line */
const row = (line) => {
  const { name, text } = parts(line);
  const [, variable = ""] = /\[env: (\w+)/.exec(text) ?? [];
  const [, values = ""] = /\[possible values: ([^\]]*)\]/.exec(text) ?? [];
  const bare = text.replace(/\s*\[(?:env|default|possible values):.*/, "");
  const said = values ? `${bare}; one of ${values}`.replace(/^; o/, "O") : bare;
  const [, usual = ""] = /\[default: ([^\]]*)\]/.exec(text) ?? [];
  return [code(name), said, code(variable), code(usual)];
};

/**
 * The page's sections, of a command and those below it.
 *
 * @param {string} binary
 * @param {string[]} command
 * @returns {Promise<string[]>}
 */
const sections = async (binary, command) => {
  // What the machine's owner has set is not part of it.
  const { stdout: help } = await run(binary, [...command, "-h"], { env: {} });
  const name = ["headstart", ...command].join(" ");
  const rows = [...below(help, "Arguments"), ...below(help, "Options")]
    .map(row)
    .filter(([flag]) => !/--help|--version`/.test(flag ?? ""));
  const usage = /^Usage: \S+ ?(.*)$/m.exec(help)?.[1];
  const names = below(help, "Commands")
    .map((line) => parts(line).name)
    .filter((one) => one !== "help");
  const children = await Promise.all(names.map((one) => sections(binary, [...command, one])));
  if (children.length > 0) return children.flat();
  const flags = rows.length ? `\n${table(["", "", "Variable", "Without it"], rows)}` : "";
  return [
    `## ${name}\n\n${help.split("\n\n")[0]?.trim()}.\n\n\`\`\`\nheadstart ${usage}\n\`\`\`\n${flags}`,
  ];
};

/** The page. @param {string} binary */
export const commandLine = async (binary) => `# Command line

<!-- Made by \`cargo xtask book\` of what \`headstart --help\` says. -->

What the binary \`headstart\` can be told. Every flag is also an environment variable; a flag goes before it.

${(await sections(binary, [])).join("\n")}`;
