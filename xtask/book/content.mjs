/** The content reference: what a document may have, from the JSON Schema that checks it. */
import { cell, table } from "./table.mjs";

/**
 * As much of JSON Schema as Headstart's has.
 *
 * @typedef {object} Schema
 * @property {string} [$ref]
 * @property {string} [description]
 * @property {string | string[]} [type]
 * @property {Record<string, Schema>} [properties]
 * @property {string[]} [required]
 * @property {Schema | boolean} [additionalProperties]
 * @property {Schema} [items]
 * @property {Schema[]} [anyOf]
 * @property {Schema[]} [oneOf]
 * @property {unknown} [const]
 * @property {unknown} [default]
 * @property {Record<string, Schema>} [$defs]
 */

/** What a JSON type is called. @type {Record<string, string>} */
const TYPES = {
  string: "text",
  integer: "number",
  number: "number",
  boolean: "`true`, `false`",
  array: "list",
  object: "object",
};

/** @param {string} ref */
const named = (ref) => ref.replace("#/$defs/", "");

/** A description, with Rust's links to its own variants as they are written in JSON. @param {string} [text] */
const prose = (text = "") =>
  text.replace(/\[`(?:\w+::)?(\w+)`\]/g, (_, /** @type {string} */ name) => {
    const snake = name.replace(/(?!^)([A-Z])/g, "_$1").toLowerCase();
    return `\`${snake}\``;
  });

/** The type of a value, in Markdown. @param {Schema} schema @returns {string} */
const type = (schema) => {
  if (schema.$ref) return `[${named(schema.$ref)}](#${named(schema.$ref).toLowerCase()})`;
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) {
    const some = variants.filter(({ type }) => type !== "null");
    return some.map((each) => ("const" in each ? `\`${each.const}\`` : type(each))).join(", ");
  }
  const types = [schema.type ?? []].flat().filter((name) => name !== "null");
  if (types.length === 0) return "any value";
  return types
    .map((name) => {
      if (name === "array" && schema.items) return `list of ${type(schema.items)}`;
      const values = schema.additionalProperties;
      if (name === "object" && typeof values === "object") return `object of ${type(values)}`;
      return TYPES[name] ?? name;
    })
    .join(" or ");
};

/** What must be there goes first. @param {Record<string, Schema>} properties @param {string[]} required */
const inTurn = (properties, required) => {
  const all = Object.entries(properties);
  const must = all.filter(([name]) => required.includes(name));
  return [...must, ...all.filter(([name]) => !required.includes(name))];
};

/** @param {Schema} schema */
const fields = ({ properties = {}, required = [] }) =>
  table(
    ["Field", "Value", ""],
    inTurn(properties, required).map(([name, field]) => {
      const must = required.includes(name) ? "Must be there. " : "";
      const usual = field.default;
      const says = usual !== undefined && usual !== null && JSON.stringify(usual).length > 2;
      const without = says ? ` Without it: \`${JSON.stringify(usual)}\`.` : "";
      return [`\`${name}\``, type(field), must + prose(field.description) + without];
    }),
  );

/** One of several forms, as it is written in JSON. @param {Schema} variant */
const written = (variant) => {
  if ("const" in variant) return `\`"${variant.const}"\``;
  const [[name, value] = []] = Object.entries(variant.properties ?? {});
  return name && value ? `\`{"${name}": …}\`, ${type(value)}` : type(variant);
};

/** @param {Schema[]} variants */
const forms = (variants) =>
  table(
    ["Written", ""],
    variants.map((variant) => [written(variant), prose(variant.description)]),
  );

/** @param {Schema} schema */
const body = (schema) => {
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants) return forms(variants);
  if (schema.properties) return fields(schema);
  return `Written as: ${type(schema)}.\n`;
};

/** The definitions by the order in which a reader comes upon them. @param {Schema} root */
const inOrder = (root) => {
  const definitions = root.$defs ?? {};
  /** @type {string[]} */
  const order = [];
  /** @param {unknown} part @param {string[]} found */
  const references = (part, found) => {
    if (part === null || typeof part !== "object") return found;
    for (const [key, value] of Object.entries(part)) {
      if (key === "$ref" && typeof value === "string") found.push(named(value));
      else if (key !== "$defs") references(value, found);
    }
    return found;
  };
  /** @param {Schema} schema */
  const visit = (schema) => {
    const news = references(schema, []).filter((name) => !order.includes(name));
    order.push(...new Set(news));
    for (const name of new Set(news)) visit(definitions[name] ?? {});
  };
  visit(root);
  return order;
};

/** The page. @param {Schema} schema */
export const contentReference = (schema) => {
  const definitions = schema.$defs ?? {};
  const sections = inOrder(schema).map((name) => {
    const definition = definitions[name] ?? {};
    return `## ${name}\n\n${cell(prose(definition.description))}\n\n${body(definition)}`;
  });
  return `# Content reference

<!-- Made by \`cargo xtask book\` of the JSON Schema that \`headstart content schema\` prints. -->

Every field that a content document may have. How they go together is told in [Content](content.md). Editors complete and check
them by the same schema: \`headstart content new\` writes it beside the documents, and the npm package has it as
\`headstart/content.schema.json\`. The column in the middle says what kind of value a field takes.

## A document

${fields(schema)}
${sections.join("\n")}`;
};
