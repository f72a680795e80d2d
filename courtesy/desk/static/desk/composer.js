// Writing: reply or note, drafts that are kept, a sign of typing, Ctrl+Enter.
import { byId } from "./words.js";

const DRAFT = 800;
const SIGN = 3000;
let lastSign = 0;
const waiting = new Map();

const composer = () => document.querySelector(".composer");
export const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

export function write(mode) {
  const place = composer();
  const form = byId(`${mode}-form`);
  if (!place || !form) return false;
  place.dataset.mode = mode;
  for (const one of place.querySelectorAll(".write")) one.hidden = one !== form;
  for (const button of place.querySelectorAll("button[data-mode]")) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  form.querySelector("textarea").focus();
  return true;
}

function post(address, values) {
  const body = new URLSearchParams(values);
  return fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token(), "HX-Request": "true" }, keepalive: true }).catch(() => undefined);
}

function keep(area) {
  const form = area.closest(".write");
  const place = area.closest(".composer");
  if (!form || !place) return;
  clearTimeout(waiting.get(form.id));
  waiting.delete(form.id);
  return post(place.dataset.draft, { text: area.value, internal: form.id === "note-form" ? "yes" : "" });
}

// What has not been kept yet is kept before the conversation is left.
export function keepAll() {
  for (const id of [...waiting.keys()]) {
    const area = byId(id)?.querySelector("textarea");
    if (area) keep(area);
  }
}

function sign(place) {
  if (Date.now() - lastSign < SIGN) return;
  lastSign = Date.now();
  post(place.dataset.typing, {});
}

document.addEventListener("input", (event) => {
  const area = event.target;
  if (!area.matches?.(".write textarea")) return;
  const form = area.closest(".write");
  clearTimeout(waiting.get(form.id));
  waiting.set(form.id, setTimeout(() => keep(area), DRAFT));
  if (form.id === "reply-form" && area.value) sign(area.closest(".composer"));
});

document.addEventListener("click", (event) => {
  const mode = event.target.closest(".composer button[data-mode]");
  if (mode) write(mode.dataset.mode);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("form");
  if (!form || !event.target.matches("textarea")) return;
  event.preventDefault();
  if (form.matches(".write")) form.requestSubmit();
});

// What is under way is not kept as a draft again.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches?.(".write")) {
    clearTimeout(waiting.get(event.target.id));
    waiting.delete(event.target.id);
    event.target.dataset.under = event.target.querySelector("textarea").value;
  }
  if (event.detail.requestConfig.verb === "get" && event.detail.target?.id === "stage") keepAll();
});

// What was said leaves the form; what was typed after it stays, and so does the caret, wherever it is by now.
document.body.addEventListener("said", (event) => {
  const form = event.target.closest?.(".write");
  if (!form) return;
  const area = form.querySelector("textarea");
  const { under = "" } = form.dataset;
  area.value = area.value.startsWith(under) ? area.value.slice(under.length).trimStart() : area.value;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  if (form.contains(document.activeElement) || document.activeElement === document.body) area.focus();
});
window.addEventListener("pagehide", keepAll);
