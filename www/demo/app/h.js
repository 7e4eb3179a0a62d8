/**
 * Builds DOM without markup strings, so that the app runs under Trusted Types and a CSP without
 * 'unsafe-inline'.
 *
 * @typedef {string | number | Node | null | undefined | false} Leaf
 * @typedef {Leaf | Leaf[]} Child
 * @typedef {{ [name: string]: unknown, on?: { [event: string]: (event: any) => void },
 *   data?: { [name: string]: string }, vars?: { [name: string]: string | number } }} Props
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An HTML element. `on` adds listeners, `data` sets data attributes, `vars` sets custom
 * properties; `true` sets an empty attribute, and `false`, `null` or `undefined` sets none.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props | null} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  apply(element, props ?? {});
  element.append(...leaves(children));
  return element;
}

/**
 * An SVG element, with attributes only.
 *
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {{ [name: string]: string | number }} [attributes]
 * @param {...Node} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {Props} props
 */
function apply(element, { on, data, vars, ...attributes }) {
  for (const [event, listener] of Object.entries(on ?? {})) {
    element.addEventListener(event, listener);
  }
  for (const [name, value] of Object.entries(data ?? {})) element.dataset[name] = value;
  for (const [name, value] of Object.entries(vars ?? {})) {
    element.style.setProperty(`--${name}`, String(value));
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
}

/**
 * @param {Child[]} children
 * @returns {(string | Node)[]}
 */
function leaves(children) {
  return children
    .flat()
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));
}
