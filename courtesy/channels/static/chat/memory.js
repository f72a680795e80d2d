// What this browser remembers: the conversation and its secret, unsent messages, language and text size.

const KEY = "courtesy-chat";
let kept = {};

function load() {
  try {
    kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {};
  } catch {
    kept = {}; // storage is shut (private window, strict settings): remembered until the page closes
  }
}

load();

export const recall = (name) => kept[name];

export function remember(changes) {
  kept = { ...kept, ...changes };
  for (const [name, value] of Object.entries(changes)) if (value === undefined) delete kept[name];
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // as above
  }
}

/** Calls back when another tab of the same browser changes what is remembered. */
export function onChange(callback) {
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    load();
    callback();
  });
}
