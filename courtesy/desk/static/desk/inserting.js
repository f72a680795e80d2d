// "/" in a reply: a list of phrases and articles, found by word; what is chosen goes in where the caret stood.
import { byId } from "./words.js";

const WAIT = 150;
const GAP = /\{[^{}\n]{1,60}\}/g;
let asked = 0;
let caret = 0;

const place = () => byId("inserting");
const field = () => byId("insert-words");
const options = () => [...byId("insert-list").querySelectorAll("[role=option]")];

function choose(one) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === one));
  if (one) field().setAttribute("aria-activedescendant", one.id);
  else field().removeAttribute("aria-activedescendant");
  one?.scrollIntoView({ block: "nearest" });
}

function find() {
  htmx.ajax("GET", `${place().dataset.find}?words=${encodeURIComponent(field().value)}`, { source: "#insert-words", target: "#insert-list", swap: "innerHTML" });
}

function open() {
  if (!place()) return;
  caret = byId("reply-text").selectionStart;
  field().value = "";
  byId("insert-list").replaceChildren();
  byId("insert-none").textContent = "";
  place().hidden = false;
  field().focus();
  find();
}

function close(back = true) {
  place().hidden = true;
  field().setAttribute("aria-expanded", "false");
  if (!back) return;
  byId("reply-text").focus();
  byId("reply-text").setSelectionRange(caret, caret);
}

function put(text) {
  const area = byId("reply-text");
  close();
  area.setRangeText(text, caret, caret, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  const gap = new RegExp(GAP.source).exec(text);
  if (gap) area.setSelectionRange(caret + gap.index, caret + gap.index + gap[0].length);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.id === "reply-text" && event.key === "/" && place()) {
    const before = event.target.value.slice(0, event.target.selectionStart);
    if (before && !/\s$/.test(before)) return; // "and/or"
    event.preventDefault();
    open();
  } else if (event.target.id === "insert-words") {
    const all = options();
    const now = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") choose(all[Math.min(now + 1, all.length - 1)]);
    else if (event.key === "ArrowUp") choose(all[Math.max(now - 1, 0)]);
    else if (event.key === "Enter") all[now] && put(all[now].dataset.text);
    else if (event.key === "Escape") close();
    else if (event.key === "/" && !field().value) put("/");
    else if (event.key === "Tab") return close(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

document.addEventListener("input", (event) => {
  if (event.target.id === "insert-words") {
    clearTimeout(asked);
    asked = setTimeout(find, WAIT);
  }
  if (event.target.id === "reply-text") showGaps(event.target);
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "stage") return byId("reply-text") && showGaps(byId("reply-text"));
  if (event.detail.target.id !== "insert-list") return;
  field().setAttribute("aria-expanded", String(options().length > 0));
  byId("insert-none").textContent = options().length ? "" : byId("insert-none").dataset.none;
  choose(options()[0]);
});

document.addEventListener("click", (event) => {
  const option = event.target.closest("#insert-list [role=option]");
  if (option) return put(option.dataset.text);
  if (event.target.closest("[data-insert]")) return place().hidden ? open() : close();
  const gap = event.target.closest("[data-gap]");
  if (gap) selectGap(gap.dataset.gap);
  if (place() && !place().hidden && !event.target.closest("#inserting")) close(false);
});

// What is still to be filled in stands below the text; a click goes there.
function showGaps(area) {
  const shown = area.closest("form").querySelector("[data-gaps]");
  const gaps = [...new Set(area.value.match(GAP) ?? [])];
  shown.hidden = !gaps.length;
  shown.replaceChildren(shown.firstElementChild, ...gaps.map((gap) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "gap", textContent: gap.slice(1, -1) });
    button.dataset.gap = gap;
    return button;
  }));
}

function selectGap(gap) {
  const area = byId("reply-text");
  const start = area.value.indexOf(gap);
  area.focus();
  area.setSelectionRange(start, start + gap.length);
}
if (byId("reply-text")) showGaps(byId("reply-text"));
