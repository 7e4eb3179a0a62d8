"use client";
/** Headstart in React. */
import { Fragment, createElement, useEffect, useRef } from "react";
import { headstart, init, on } from "./headstart.js";
import { tell } from "./person.js";

/**
 * @typedef {import("./headstart.js").InitOptions} InitOptions
 * @typedef {import("./person.js").User} User
 * @typedef {import("./person.js").Account} Account
 */

/**
 * Whom the page is for, and what is needed to start.
 *
 * @typedef {InitOptions & { user?: User | null | undefined, account?: Account | null | undefined }} HeadstartProps
 */

/** Does it from beside the children: effects of siblings run in order. @param {HeadstartProps} props */
const Starter = ({ user, account, ...options }) => {
  useEffect(() => {
    init(options);
    tell(user, account);
  });
  return null;
};

/**
 * Starts Headstart, and tells it of the user and the account whenever they change. It stays on
 * the page when this is unmounted.
 *
 * @param {HeadstartProps & { children?: import("react").ReactNode }} props
 */
export const HeadstartProvider = ({ children, ...props }) =>
  createElement(Fragment, null, createElement(Starter, props), children);

/** The command function, the same in every render. */
export const useHeadstart = () => headstart;

/**
 * Calls back while the component is there. The callback may be a new function in every render.
 *
 * @template {import("./headstart.js").EventName} E
 * @param {E} event
 * @param {import("./headstart.js").Callback<E>} callback
 */
export const useHeadstartEvent = (event, callback) => {
  const latest = useRef(callback);
  useEffect(() => {
    latest.current = callback;
  });
  useEffect(() => on(event, (detail) => latest.current(detail)), [event]);
};
