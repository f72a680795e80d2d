// The command palette, Ctrl+K: views and pages, acts on what is open, and conversations, people and orders by search.
import { byId, conversation } from "./words.js";
import { open } from "./dialogs.js";
import { write } from "./composer.js";

const WAIT = 180;
let asked = 0;

const field = () => byId("palette-text");
const entries = () => [...byId("palette").querySelectorAll(".palette-entry")].filter((one) => !one.closest("[hidden]"));
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function places() {
  const list = byId("palette-places");
  if (list.childElementCount) return;
  for (const link of document.querySelectorAll("#menu a.menu-entry")) {
    const item = document.createElement("li");
    const entry = document.createElement("a");
    entry.className = "palette-entry";
    entry.href = link.href;
    entry.append(link.querySelector(".icon").cloneNode(true), Object.assign(document.createElement("span"), { textContent: link.querySelector(".menu-label").textContent }));
    if (link.dataset.keys) entry.append(Object.assign(document.createElement("kbd"), { textContent: link.dataset.keys }));
    item.append(entry);
    list.append(item);
  }
}

// What matches what is written; of acts only those that can be done now.
function narrow() {
  const wanted = fold(field().value.trim());
  for (const item of byId("palette").querySelectorAll("#palette-places li, #palette-acts li")) {
    const press = item.firstElementChild.dataset.press;
    const possible = !press || byId(press) || (press === "reply" ? byId("reply-form") : press === "note" && byId("note-form"));
    item.hidden = !possible || !fold(item.textContent).includes(wanted);
  }
  for (const list of byId("palette").querySelectorAll("[data-group]")) list.hidden = !list.querySelector("li:not([hidden])");
}

function search() {
  clearTimeout(asked);
  asked = setTimeout(() => {
    htmx.ajax("GET", `${byId("palette").dataset.find}?q=${encodeURIComponent(field().value)}`, { source: field(), target: "#palette-found", swap: "innerHTML" });
  }, WAIT);
}

export function openPalette() {
  if (document.querySelector("dialog[open]")) return;
  places();
  field().value = "";
  byId("palette-found").replaceChildren();
  narrow();
  open(byId("palette"));
  field().focus();
}

document.addEventListener("input", (event) => {
  if (event.target.id !== "palette-text") return;
  narrow();
  search();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-palette]")) return openPalette();
  const act = event.target.closest("[data-press]");
  if (!act) return;
  byId("palette").close();
  if (["reply", "note"].includes(act.dataset.press)) write(act.dataset.press);
  else byId(act.dataset.press)?.click();
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && byId("palette")) {
    event.preventDefault();
    return openPalette();
  }
  if (!byId("palette")?.open) return;
  const all = entries();
  const now = all.indexOf(document.activeElement);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = now + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) field().focus();
    else all[Math.min(next, all.length - 1)]?.focus();
  } else if (event.key === "Enter" && document.activeElement === field()) {
    event.preventDefault();
    all[0]?.click();
  } else if (event.key.length === 1 && now >= 0 && !event.ctrlKey && !event.metaKey) {
    field().focus();
  }
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "stage" && byId("palette")?.open && conversation()) byId("palette").close();
});
