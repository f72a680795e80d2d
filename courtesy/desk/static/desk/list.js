// The list: which conversation is open, and moving through rows and cards.
import { byId, conversation } from "./words.js";

const entries = () => [...document.querySelectorAll("#rows a.row, [data-card]")];

export function mark() {
  for (const row of document.querySelectorAll("#rows a.row")) {
    const chosen = row.dataset.row === conversation();
    row.classList.toggle("chosen", chosen);
    if (chosen) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

export function step(by) {
  const all = entries();
  if (!all.length) return;
  const now = all.indexOf(document.activeElement?.closest?.("a.row, [data-card]"));
  const from = now >= 0 ? now : all.findIndex((one) => one.classList.contains("chosen"));
  const next = all[Math.min(Math.max(from + by, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

// Opened by keyboard or mouse, the conversation gets the focus, so that what follows acts on it.
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "stage") return;
  mark();
  byId("stage").focus({ preventScroll: true });
});

// Going back on a narrow screen: the list is still there, nothing has to be loaded.
document.addEventListener("click", (event) => {
  const back = event.target.closest("[data-back]");
  if (!back || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!byId("rows")) return;
  event.preventDefault();
  leave(back.href);
});

export function leave(address) {
  const open = conversation();
  byId("inbox").classList.remove("reading");
  byId("stage").replaceChildren();
  history.pushState({}, "", address);
  mark();
  document.body.dispatchEvent(new CustomEvent("left"));
  (byId(`row-${open}`) ?? byId("rows").querySelector("a.row"))?.focus();
}
