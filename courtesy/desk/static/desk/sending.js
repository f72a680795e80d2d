// Replies that wait: a count of seconds, undoing by key, and words that come back into the composer.
import { byId, conversation } from "./words.js";
import { write } from "./composer.js";
import { toEnd } from "./thread.js";

// The newest that can still be undone: in the open conversation, else wherever a passing notice tells of it.
export function undoSending() {
  const here = [...document.querySelectorAll("[data-undo]")].at(-1);
  const button = here ?? [...document.querySelectorAll(".toast-undo")].at(-1);
  button?.click();
  return Boolean(button);
}

setInterval(() => {
  for (const one of document.querySelectorAll("[data-counts-to]")) {
    one.textContent = String(Math.max(0, Math.round((Date.parse(one.dataset.countsTo) - Date.now()) / 1000)));
  }
}, 500);

// Ctrl+Z in an empty composer has nothing else to undo.
document.addEventListener("keydown", (event) => {
  if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  if (event.target.id !== "reply-text" || event.target.value) return;
  if (undoSending()) event.preventDefault();
});

// A chosen time is under way: its menu closes.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches?.(".write")) for (const drop of event.target.querySelectorAll("details.drop[open]")) drop.open = false;
});

// The notice is for those who went on to something else: where the reply itself is seen, it stands there with its button.
function tidyNotices() {
  for (const one of document.querySelectorAll(".toast[data-toast^=rpl_]")) one.hidden = Boolean(byId(`w-${one.dataset.toast}`));
}
document.body.addEventListener("htmx:afterSwap", tidyNotices);
document.body.addEventListener("left", tidyNotices);
document.body.addEventListener("htmx:afterSettle", tidyNotices);
document.body.addEventListener("said", () => setTimeout(toEnd));

// What is undone in one place has no notice in another.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  const [, reply] = /\/waiting\/([^/]+)\//.exec(event.detail.requestConfig.path) ?? [];
  if (reply) document.querySelector(`.toast[data-toast="${CSS.escape(reply)}"]`)?.remove();
});

document.body.addEventListener("taken", () => {
  const taken = byId(`taken-${conversation()}`);
  const area = byId("reply-text");
  if (!taken?.textContent || !area) return;
  area.value = [taken.textContent, area.value].filter(Boolean).join("\n\n");
  taken.textContent = "";
  write("reply");
  area.dispatchEvent(new Event("input", { bubbles: true }));
});
