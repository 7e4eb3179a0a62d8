/** Headstart in Vue. */
import { getCurrentScope, onScopeDispose, toValue, watch } from "vue";
import { headstart, init, on } from "./headstart.js";
import { tell } from "./person.js";

/**
 * @typedef {import("./headstart.js").InitOptions} InitOptions
 * @typedef {import("./person.js").User} User
 * @typedef {import("./person.js").Account} Account
 */

/**
 * Whom the page is for, as values, refs or getters, and what is needed to start.
 *
 * @typedef {InitOptions & {
 *   user?: import("vue").MaybeRefOrGetter<User | null | undefined>,
 *   account?: import("vue").MaybeRefOrGetter<Account | null | undefined>,
 * }} HeadstartOptions
 */

/**
 * `app.use(Headstart, …)` starts Headstart, and tells it of the user and the account whenever they
 * change. Templates have it as `$headstart`.
 *
 * @type {import("vue").ObjectPlugin<[HeadstartOptions]>}
 */
export const Headstart = {
  install(app, { user, account, ...options }) {
    app.config.globalProperties["$headstart"] = headstart;
    // A server draws for many people, and none of them is at its window.
    if (typeof window === "undefined") return;
    init(options);
    const stop = watch(
      () => /** @type {const} */ ([toValue(user), toValue(account)]),
      ([user, account]) => tell(user, account),
      { immediate: true, deep: true },
    );
    app.onUnmount?.(stop);
  },
};

/** The command function. */
export const useHeadstart = () => headstart;

/**
 * Calls back while the component is there.
 *
 * @template {import("./headstart.js").EventName} E
 * @param {E} event
 * @param {import("./headstart.js").Callback<E>} callback
 */
export const useHeadstartEvent = (event, callback) => {
  const end = on(event, callback);
  if (getCurrentScope()) onScopeDispose(end);
};
