/** Who is there, as applications know it that draw themselves from data: told whenever it changes. */
import { group, identify, reset } from "./headstart.js";

/**
 * The user. Not known yet is `undefined`; `null` is that nobody is signed in.
 *
 * @typedef {object} User
 * @property {string | number} id
 * @property {import("./command.js").Properties} [traits]
 * @property {string} [token] a JWT signed by your backend
 */

/**
 * The account that they belong to.
 *
 * @typedef {object} Account
 * @property {string | number} id
 * @property {import("./command.js").Properties} [traits]
 */

/** What was told last. A page has one person, however many components tell of them. */
const told = { user: "", account: "" };

/**
 * Tells what is news.
 *
 * @param {User | null} [user]
 * @param {Account | null} [account]
 */
export const tell = (user, account) => {
  if (typeof window === "undefined") return;
  if (user === null) {
    if (told.user) reset();
    told.user = told.account = "";
    // Whose account it was, is there no more.
    return;
  }
  if (user && isNews("user", user)) identify(user.id, user.traits, { token: user.token });
  if (account && isNews("account", account)) group(account.id, account.traits);
};

/** @param {keyof typeof told} what @param {User | Account} value */
const isNews = (what, value) => {
  const text = JSON.stringify(value);
  if (told[what] === text) return false;
  told[what] = text;
  return true;
};
