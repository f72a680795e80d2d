// Passing notices, above everything else, read aloud.
import { byId, conversation, words } from "./words.js";

const SHOWN = 4500;
const SHOWN_WITH_UNDO = 12000;

function undoButton(address, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast-undo";
  button.textContent = label;
  button.addEventListener("click", () => {
    button.closest(".toast").remove();
    const seen = byId(`seen-${conversation()}`);
    const values = Object.fromEntries([...(seen?.querySelectorAll("input") ?? [])].map((one) => [one.name, one.value]));
    htmx.ajax("POST", address, { source: seen ?? "#toasts", swap: "none", values: { ...values, open: conversation() } });
  });
  return button;
}

export function toast(text, id = "", undo = null) {
  const place = byId("toasts");
  if (!text || !place) return;
  if (id) place.querySelector(`[data-toast="${id}"]`)?.remove();
  const one = document.createElement("div");
  one.className = "toast";
  one.textContent = text;
  one.dataset.toast = id;
  if (undo) one.append(undoButton(undo.undo, undo.label));
  place.append(one);
  if (place.matches(":popover-open")) place.hidePopover();
  place.showPopover(); // last in the top layer: over an open dialog too
  setTimeout(() => {
    one.remove();
    if (!place.children.length && place.matches(":popover-open")) place.hidePopover();
  }, undo ? (undo.seconds * 1000 || SHOWN_WITH_UNDO) : SHOWN);
}

document.body.addEventListener("toast", (event) => {
  const { value, text, undo, label, seconds, key = "" } = event.detail ?? {};
  toast(value ?? text ?? "", key, undo ? { undo, label, seconds } : null);
});
document.body.addEventListener("htmx:sendError", () => toast(words.offline, "line"));
document.body.addEventListener("htmx:timeout", () => toast(words.offline, "line"));
document.body.addEventListener("htmx:responseError", (event) => {
  const answer = event.detail.xhr;
  if (!answer.getResponseHeader("HX-Trigger")) toast(words.failed, "line");
});
