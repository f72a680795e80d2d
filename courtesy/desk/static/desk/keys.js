// Keys. A single letter acts only when nobody is writing; Esc closes what is on top.
import { byId, conversation } from "./words.js";
import { open } from "./dialogs.js";
import { write } from "./composer.js";
import { undoSending } from "./sending.js";
import { leave, pick, pickNone, step } from "./list.js";
import { openPalette } from "./palette.js";
import { closeMenu, closeSide, openSide, showTab } from "./panels.js";

let leading = 0; // when "g" was pressed

const press = (id) => byId(id)?.click();

function approve() {
  const asked = document.querySelector("dialog[data-approval]");
  if (asked) return open(asked);
  const card = document.activeElement?.closest?.("[data-card]") ?? document.querySelector("[data-card]");
  card?.querySelector("textarea")?.focus();
}

function why() {
  openSide();
  showTab(byId("side")?.dataset.tab === "why" ? "customer" : "why", true);
}

const acts = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => (byId("search") ?? byId("find"))?.focus(),
  x: pick,
  c: openPalette,
  t: () => press("take-over"),
  r: () => write("reply"),
  n: () => write("note"),
  a: approve,
  w: why,
  z: undoSending,
  "?": () => open(byId("keys")),
};

function go(key) {
  leading = 0;
  document.querySelector(`[data-keys="g ${CSS.escape(key)}"]`)?.click();
}

function escape(event) {
  if (document.querySelector("dialog[open]")) return; // the browser closes it
  const drop = document.querySelector("details.drop[open]");
  if (drop) {
    drop.open = false;
    drop.querySelector("summary").focus();
  } else if (closeMenu() || closeSide() || pickNone()) {
    return;
  } else if (event.target.matches("input, textarea, select")) {
    event.target.blur();
    byId("stage")?.focus();
  } else if (conversation() && byId("back")) {
    leave(byId("back").href);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return escape(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
  if (event.key === "g") {
    leading = Date.now();
    return;
  }
  if (Date.now() - leading < 1500) {
    event.preventDefault();
    return go(event.key);
  }
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
