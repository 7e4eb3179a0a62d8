/// <reference path="../hosts.d.ts" />
/** What went wrong on this page without being caught. */
window.hostErrors = [];

addEventListener("error", ({ message }) => window.hostErrors.push(message));
addEventListener("unhandledrejection", ({ reason }) => window.hostErrors.push(String(reason)));
