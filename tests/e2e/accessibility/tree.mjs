/** What Chromium tells screen readers of the widget, as text. */

/**
 * @typedef {object} Node of Chromium's accessibility tree
 * @property {string} nodeId
 * @property {boolean} ignored
 * @property {{ value: string }} [role]
 * @property {{ value: string }} [name]
 * @property {{ value: string }} [description]
 * @property {{ value: any }} [value]
 * @property {{ name: string, value: { value?: any } }[]} [properties]
 * @property {string[]} [childIds]
 * @property {number} [backendDOMNodeId]
 */

/** Roles that say nothing by themselves. */
const SILENT = new Set(["generic", "none", "InlineTextBox", "LineBreak", "ListMarker"]);
/** The states that are told, and not where they are as usual. @type {Record<string, unknown>} */
const STATES = {
  atomic: false,
  busy: false,
  checked: "false",
  disabled: false,
  expanded: undefined,
  focused: false,
  hasPopup: "false",
  hidden: false,
  level: undefined,
  live: "off",
  modal: false,
  pressed: "false",
};

/** One line of it. @param {Node} node */
function line({ role, name, description, value, properties = [] }) {
  const states = properties
    .filter(({ name, value }) => name in STATES && value.value !== STATES[name])
    // What has focus is another test's.
    .filter(({ name }) => name !== "focused")
    .map(({ name, value }) => (value.value === true ? name : `${name}=${value.value}`))
    .sort();
  const parts = [
    role?.value,
    name?.value && JSON.stringify(name.value),
    description?.value && `described ${JSON.stringify(description.value)}`,
    value?.value !== undefined && value.value !== "" && `value ${value.value}`,
    ...states,
  ];
  return parts.filter(Boolean).join(" ");
}

/**
 * The widget's part of a page's accessibility tree: a line for each thing that is told, indented by what it is in.
 *
 * @param {import("playwright-core").Page} page
 */
export async function treeOf(page) {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("DOM.getDocument", { depth: 0 });
    const found = await session.send("Runtime.evaluate", {
      expression: "[...document.querySelectorAll('[data-headstart]')]",
    });
    const all = await session.send("Runtime.getProperties", {
      objectId: /** @type {string} */ (found.result.objectId),
      ownProperties: true,
    });
    /** @type {number[]} */
    const hosts = [];
    for (const { name, value } of all.result) {
      if (!/^\d+$/.test(name)) continue;
      const objectId = /** @type {string} */ (value?.objectId);
      const { node } = await session.send("DOM.describeNode", { objectId });
      hosts.push(node.backendNodeId);
    }
    const tree = /** @type {{ nodes: any[] }} */ (
      await session.send("Accessibility.getFullAXTree")
    );
    const nodes = new Map(tree.nodes.map((node) => [node.nodeId, node]));
    /** @type {(node: Node) => boolean} */
    const isModal = ({ properties = [] }) =>
      properties.some(({ name, value }) => name === "modal" && value.value === true);
    // A modal dialog is all that there is.
    const modal = tree.nodes.filter(isModal);
    const tops = tree.nodes.filter((node) => hosts.includes(node.backendDOMNodeId));
    const lines = (modal.length ? modal : tops).flatMap((top) => told(top, nodes, 0));
    return `${lines.join("\n")}\n`;
  } finally {
    await session.detach();
  }
}

/** @param {Node} node @param {Map<string, Node>} nodes @param {number} depth @returns {string[]} */
function told(node, nodes, depth) {
  const isSilent = node.ignored || SILENT.has(node.role?.value ?? "");
  const own = isSilent ? [] : [`${"  ".repeat(depth)}${line(node)}`];
  const children = (node.childIds ?? []).flatMap((id) => nodes.get(id) ?? []);
  const below = children.flatMap((child) => told(child, nodes, depth + (isSilent ? 0 : 1)));
  // What a button is called is made of what is in it.
  if (node.role?.value === "button") return own;
  return [...own, ...below];
}
