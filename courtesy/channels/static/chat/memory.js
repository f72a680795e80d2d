// What this browser remembers: the conversation and its secret, unsent messages, the draft, language and text size.
// Browsers may deny a frame its own storage (private windows, third-party storage blocked): then the page around keeps it.

const KEY = "courtesy-chat";
const PATIENCE = 1_000; // milliseconds for the page around to answer; the chat then works, and forgets when it closes
const callbacks = [];
let kept = {};
let keep = () => {}; // until there is a place to keep things: remembered until the page closes

function read(text) {
  try {
    return JSON.parse(text || "{}") ?? {};
  } catch {
    return {};
  }
}

function keepHere() {
  try {
    kept = read(localStorage.getItem(KEY));
  } catch {
    return false;
  }
  keep = (text) => localStorage.setItem(KEY, text);
  addEventListener("storage", (event) => event.key === KEY && learn(read(event.newValue)));
  return true;
}

/** Ask widget.js. Only pages that the server allows can hold this frame; the one that answered is the only one told. */
function keepAround() {
  return new Promise((known) => {
    let origin = null;
    setTimeout(known, PATIENCE);
    addEventListener("message", (event) => {
      if (event.source !== parent || event.data?.courtesy !== "kept" || event.origin !== (origin ?? event.origin)) return;
      const theirs = read(event.data.text);
      if (origin === null) {
        origin = event.origin;
        keep = (text) => parent.postMessage({ courtesy: "keep", text }, origin);
        learn({ ...theirs, ...kept }); // an answer that comes late does not undo what was done meanwhile
      } else learn(theirs);
      known();
    });
    parent.postMessage({ courtesy: "recall" }, "*"); // nothing secret
  });
}

function learn(all) {
  kept = all;
  for (const callback of callbacks) callback();
}

if (!keepHere() && parent !== window) await keepAround();

export const recall = (name) => kept[name];

export function remember(changes) {
  kept = { ...kept, ...changes };
  for (const [name, value] of Object.entries(changes)) if (value === undefined) delete kept[name];
  try {
    keep(JSON.stringify(kept));
  } catch {
    // storage is full or was shut meanwhile: remembered until the page closes
  }
}

/** Calls back when another tab of the same browser changes what is remembered. */
export function onChange(callback) {
  callbacks.push(callback);
}
