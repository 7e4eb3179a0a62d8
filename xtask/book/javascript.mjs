/** The JavaScript reference: what pages can call, from the types that check their calls. */
import * as typescript from "prettier/plugins/typescript";
import { cell, table } from "./table.mjs";

/** A node of the syntax tree, of whatever type. @typedef {any} Node */

/**
 * What a declaration is called, the comment above it, and where it is.
 *
 * @typedef {{ name: string, doc: string, node: Node }} Declared
 */

/** A file of types, read. @param {string} text */
const read = (text) => {
  /** @type {Node} */
  const tree = typescript.parsers.typescript.parse(text, /** @type {any} */ ({}));
  /** @param {Node} node */
  const source = (node) => cell(text.slice(...node.range)).replace(/import\("[^"]*"\)\./g, "");
  /** The comment that ends just before it. @param {Node} node */
  const doc = (node) => {
    const above = tree.comments.findLast((/** @type {Node} */ comment) => {
      return (
        comment.range[1] <= node.range[0] && !/\S/.test(text.slice(comment.range[1], node.range[0]))
      );
    });
    const lines = (above?.value ?? "").split("\n");
    const bare = lines.map((/** @type {string} */ line) => line.replace(/^\s*\*\s?/, "").trim());
    // What tags say of types, the types say.
    return cell(
      bare.join("\n").replace(/(^|\s)@(type|param|template|returns|typedef)\b[\s\S]*$/, ""),
    );
  };
  /** @type {Declared[]} */
  const declared = tree.body.flatMap((/** @type {Node} */ statement) => {
    const node = statement.declaration;
    const names = node?.declarations ?? (node?.id ? [node] : []);
    return names.map((/** @type {Node} */ one) => ({
      name: one.id.name,
      doc: doc(statement),
      node: one,
    }));
  });
  /** @param {string} name */
  const find = (name) => {
    const found = declared.find((one) => one.name === name);
    if (!found) throw new Error(`there is no ${name} among the types`);
    return found;
  };
  /** What an interface or an object type has. @param {string} name @returns {Node[]} */
  const members = (name) => {
    const { body, typeAnnotation } = find(name).node;
    return body?.body ?? typeAnnotation?.members ?? [];
  };
  /** The type that stands after a colon. @param {Node} annotated */
  const type = (annotated) =>
    annotated?.typeAnnotation ? source(annotated.typeAnnotation) : "unknown";
  return { declared, doc, find, members, source, type };
};

/** @typedef {ReturnType<typeof read>} Types */

/** @param {string} text */
const code = (text) => `\`${text}\``;

/** @param {string} text */
const capital = (text) => text.replace(/^[a-z]/, (first) => first.toUpperCase());

/** Parameters as a reader writes them. @param {Node[]} params */
const named = (params) => params.map(({ name, optional }) => name + (optional ? "?" : ""));

/** A section for each command. @param {Types} types */
const commands = (types) =>
  types.members("Commands").map((method) => {
    const name = method.key.name;
    const by = [code(`headstart(${[`"${name}"`, ...named(method.params)].join(", ")})`)];
    by.push(code(`${name}(${named(method.params).join(", ")})`));
    const rows = method.params.map((/** @type {Node} */ param) => [
      code(param.name + (param.optional ? "?" : "")),
      code(types.type(param.typeAnnotation)),
    ]);
    const answer = types.type(method.returnType);
    const answers = answer === "void" ? "" : `\nAnswers ${code(answer)}.\n`;
    const parameters = rows.length ? `\n${table(["Argument", "Type"], rows)}` : "";
    return `### ${name}\n\n${types.doc(method)}\n\n${by[0]}, from npm ${by[1]}\n${parameters}${answers}`;
  });

/** The fields of a type. @param {Types} types @param {string} name */
const fields = (types, name) =>
  table(
    ["Field", "Type", ""],
    types.members(name).map((member) => {
      const key = member.key.name ?? member.key.value;
      const annotation = member.typeAnnotation ?? member.returnType;
      return [
        code(key + (member.optional ? "?" : "")),
        code(types.type(annotation)),
        capital(types.doc(member)),
      ];
    }),
  );

/** @param {Types} types */
const events = (types) =>
  table(
    ["Event", "What the callback gets", ""],
    types.members("Events").map((member) => {
      // Those of buttons have no name of their own, but a pattern for one.
      const key = member.key?.name ?? "action:…";
      return [code(key), code(types.type(member.typeAnnotation)), types.doc(member)];
    }),
  );

/** `data-…` of a field's name. @param {string} name */
const attribute = (name) =>
  `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** @param {Types} loading */
const attributes = (loading) =>
  table(
    ["Attribute", ""],
    loading
      .members("ScriptAttributes")
      .map((member) => [
        code(attribute(member.key.name)),
        loading.doc(member) || "The project's public key, `wk_…`. Must be there.",
      ]),
  );

/** The types that commands and events are told in. */
const TYPES = ["IdentifyOptions", "ContentNotice", "TaskNotice", "Explanation", "Outcome", "State"];

/** A type, and where it adds to another one. @param {Types} types @param {string} name */
const ofType = (types, name) => {
  const { doc, node } = types.find(name);
  const parents = (node.extends ?? []).map(types.source).map(code);
  const more = parents.length ? ` It has what ${parents.join(", ")} has, and more.` : "";
  return `### ${name}\n\n${doc}${more}\n\n${fields(types, name)}`;
};

/** The functions of a module of the package. @param {Types} types @param {string[]} names */
const functions = (types, names) =>
  table(
    ["Export", ""],
    names.map((name) => [code(name), types.find(name).doc]),
  );

/**
 * The page.
 *
 * @param {object} texts of the files of types
 * @param {string} texts.command
 * @param {string} texts.loading
 * @param {string} texts.headstart
 * @param {string} texts.person
 * @param {string} texts.react
 * @param {string} texts.vue
 */
export const javascriptReference = (texts) => {
  const command = read(texts.command);
  const loading = read(texts.loading);
  const [module, person, react, vue] = [texts.headstart, texts.person, texts.react, texts.vue].map(
    read,
  );
  if (!module || !person || !react || !vue) throw new Error("a file of types is missing");
  return `# JavaScript API

<!-- Made by \`cargo xtask book\` of the types in www/command.d.ts, www/loading.d.ts and www/package. -->

What a page can call. By the script tag all of it is the one function \`headstart(name, …)\`; from npm each command is a function of
its own. [Putting Headstart into a product](embedding.md) says how either gets onto a page. A call never throws, and may be made before
the widget is there: it is kept, with its time, and answers \`undefined\` then.

## Commands

${commands(command).join("\n")}
### on

${capital(module.find("on").doc)}

\`headstart("on", event, callback)\`, from npm \`on(event, callback)\`, which answers a function that ends it.

## Events

${events(command)}
## Types

\`Properties\` is \`${command.source(command.find("Properties").node.typeAnnotation)}\`. ${command.find("Properties").doc}

${TYPES.map((name) => ofType(command, name)).join("\n")}
## The script's attributes

${attributes(loading)}
## From npm

\`init(options)\`: ${module.find("init").doc}

${fields(module, "InitOptions")}
### headstart/react

${functions(react, ["HeadstartProvider", "useHeadstart", "useHeadstartEvent"])}
### headstart/vue

${functions(vue, ["Headstart", "useHeadstart", "useHeadstartEvent"])}
### User and Account

Both are what the provider and the plugin take.

${["User", "Account"].map((name) => `\`${name}\`\n\n${fields(person, name)}`).join("\n")}`;
};
