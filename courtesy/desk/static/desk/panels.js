// The menu and the panel beside a conversation, as drawers where the screen is narrow; the panel's two tabs.
import { byId } from "./words.js";

let tab = "customer";
const opened = new Set();

export function showTab(name, focus = false) {
  const side = byId("side");
  if (!side) return;
  tab = name;
  side.dataset.tab = name;
  for (const one of side.querySelectorAll("[data-tab-name]")) {
    const chosen = one.dataset.tabName === name;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
    if (chosen && focus) one.focus();
  }
}

export function openSide() {
  byId("side")?.classList.add("open");
  byId("side")?.querySelector(".side-head button:not([tabindex='-1'])")?.focus();
}

export function closeSide() {
  const side = byId("side");
  if (!side?.classList.contains("open")) return false;
  side.classList.remove("open");
  document.querySelector("[data-side-open]")?.focus();
  return true;
}

function setMenu(open) {
  const rail = byId("rail");
  const was = rail.classList.contains("open");
  rail.classList.toggle("open", open);
  document.querySelector(".veil").hidden = !open;
  for (const button of document.querySelectorAll("[data-menu-open]")) button.setAttribute("aria-expanded", String(open));
  if (open) rail.querySelector("a").focus();
  else if (was) document.querySelector("[data-menu-open]")?.focus();
  return was && !open;
}

export const closeMenu = () => setMenu(false);

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-tab-name]");
  if (chosen) showTab(chosen.dataset.tabName);
  if (event.target.closest("[data-menu-open]")) setMenu(true);
  if (event.target.closest("[data-menu-close]")) setMenu(false);
  if (event.target.closest("[data-side-open]")) openSide();
  if (event.target.closest("[data-side-close]")) closeSide();
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("[data-tab-name]") || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  showTab(tab === "why" ? "customer" : "why", true);
});

// What must be chosen in a menu first opens it, for those who came by key.
document.addEventListener("invalid", (event) => {
  const drop = event.target.closest("details.drop");
  if (drop && !drop.open) drop.open = true;
}, true);

// What was unfolded in the panel stays so when it is drawn anew.
document.addEventListener("toggle", (event) => {
  if (!event.target.id || !event.target.closest(".side")) return;
  if (event.target.open) opened.add(event.target.id);
  else opened.delete(event.target.id);
}, true);

document.body.addEventListener("htmx:afterSwap", () => {
  showTab(tab);
  for (const id of opened) if (byId(id)) byId(id).open = true;
});
