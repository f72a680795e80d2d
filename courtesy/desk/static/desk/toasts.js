// Passing notices, above everything else, read aloud.
import { byId, words } from "./words.js";

const SHOWN = 4500;

export function toast(text, id = "") {
  const place = byId("toasts");
  if (!text || !place) return;
  if (id) place.querySelector(`[data-toast="${id}"]`)?.remove();
  const one = document.createElement("div");
  one.className = "toast";
  one.textContent = text;
  one.dataset.toast = id;
  place.append(one);
  if (place.matches(":popover-open")) place.hidePopover();
  place.showPopover(); // last in the top layer: over an open dialog too
  setTimeout(() => {
    one.remove();
    if (!place.children.length && place.matches(":popover-open")) place.hidePopover();
  }, SHOWN);
}

document.body.addEventListener("toast", (event) => toast(event.detail?.value ?? ""));
document.body.addEventListener("htmx:sendError", () => toast(words.offline, "line"));
document.body.addEventListener("htmx:timeout", () => toast(words.offline, "line"));
document.body.addEventListener("htmx:responseError", (event) => {
  const answer = event.detail.xhr;
  if (!answer.getResponseHeader("HX-Trigger")) toast(words.failed, "line");
});
