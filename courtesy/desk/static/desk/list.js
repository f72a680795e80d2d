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

// Several at once: what is chosen stays so when the list is drawn anew, and a bar says what can be done with it.
const picked = new Set();
let fetching = false; // the bar is asked for once: an answer that brings nothing must not ask again

function showPicked() {
  const bulk = byId("bulk");
  if (!bulk) return;
  for (const box of document.querySelectorAll("[data-pick]")) {
    box.checked = picked.has(box.value);
    box.closest(".entry").classList.toggle("picked", box.checked);
  }
  byId("list").classList.toggle("picking", picked.size > 0);
  bulk.hidden = !picked.size;
  if (picked.size && !bulk.childElementCount && !fetching) {
    fetching = true;
    htmx.ajax("GET", byId("list").dataset.bulk, { target: bulk, swap: "innerHTML", source: bulk }).finally(() => {
      fetching = false;
      if (bulk.childElementCount) showPicked();
    });
  }
  const count = bulk.querySelector("[data-bulk-count]");
  if (count) count.textContent = picked.size;
}

export function pickNone() {
  if (!picked.size) return false;
  picked.clear();
  showPicked();
  return true;
}

export function pick() {
  const row = document.activeElement?.closest?.("a.row") ?? document.querySelector("a.row.chosen");
  row?.closest(".entry").querySelector("[data-pick]")?.click();
}

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-pick]")) return;
  if (event.target.checked) picked.add(event.target.value);
  else picked.delete(event.target.value);
  showPicked();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-pick-none]")) pickNone();
});
document.body.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.id !== "bulk") return;
  event.detail.formData.delete("id");
  for (const one of picked) event.detail.formData.append("id", one); // those too that scrolled out of the list
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "rows" || event.detail.target.closest?.("#rows")) showPicked();
});
document.body.addEventListener("moved", () => pickNone());

// A search that is kept is the one that is written now.
document.addEventListener("input", (event) => {
  const kept = document.querySelector("[data-save-query]");
  if (event.target.id === "search" && kept) kept.value = event.target.value;
});
document.addEventListener("click", (event) => {
  const added = event.target.closest("[data-add-filter]");
  if (!added) return;
  const field = byId("find");
  field.value = `${field.value.trim()} ${added.dataset.addFilter}`.trim();
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

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
