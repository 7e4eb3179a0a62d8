/** Tables in Markdown. */

/** Text that fits on one line of one cell. @param {string} text */
export const cell = (text) => text.replace(/\s*\n\s*/g, " ").trim();

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
export const table = (head, rows) => {
  /** @param {string[]} cells */
  const row = (cells) => `| ${cells.map((each) => cell(each).replace(/\|/g, "\\|")).join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row), ""].join("\n");
};
