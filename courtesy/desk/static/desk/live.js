// Live: a stream tells that something moved; what moved is then read from the server. Without a stream, the desk asks
// every two seconds while it can be seen.
import { byId, conversation, talk, words } from "./words.js";
import { mark } from "./list.js";
import { isInUse } from "./swaps.js";
import { showTyping } from "./thread.js";
import { toast } from "./toasts.js";

const ASK = 2000;
const LOOK_AGAIN = 20000; // with a stream too: times pass, things fall due
const GATHER = 120; // milliseconds in which several events become one question
let source = null;
let streaming = false;
let lastEvent = "";
let lastAsked = 0;
let lastLine = "";
const timers = {};

function soon(name, act) {
  if (timers[name]) return;
  timers[name] = setTimeout(() => {
    timers[name] = 0;
    act();
  }, GATHER);
}

function askRows() {
  const list = byId("list");
  if (list) {
    const rows = document.querySelectorAll("#rows a.row").length;
    const query = new URLSearchParams(list.dataset.query);
    query.set("q", byId("search").value);
    query.set("selected", conversation());
    if (rows > 50) query.set("limit", String(Math.min(rows, 200)));
    if (!byId("rows").contains(document.activeElement) || document.activeElement.matches("a.row")) {
      htmx.ajax("GET", `${list.dataset.rows}?${query}`, { target: "#rows", swap: "innerHTML", source: "#rows" }).then(mark);
    }
  }
  const menu = byId("menu");
  if (menu) htmx.ajax("GET", `/desk/counts/?place=${encodeURIComponent(document.body.dataset.place)}`, { target: "#menu", swap: "innerHTML", source: "#menu" });
}

function askNews() {
  const open = talk();
  const seen = byId(`seen-${conversation()}`);
  if (!open || !seen) return;
  const values = Object.fromEntries([...seen.querySelectorAll("input")].map((one) => [one.name, one.value]));
  htmx.ajax("GET", open.dataset.news, { source: seen, target: seen, swap: "none", values });
}

// The panel is drawn anew only when something was written to the record, and not while somebody writes in it.
function askBeside() {
  const open = talk();
  const side = byId(`side-${conversation()}`);
  const line = byId(`seen-${conversation()}`)?.dataset.line;
  if (!open || !side || line === lastLine) return;
  if (side.querySelector("input:focus") || byId(`found-${conversation()}`)?.childElementCount) return;
  lastLine = line;
  htmx.ajax("GET", open.dataset.beside, { source: side, target: side, swap: "innerHTML" });
}

function askPage() {
  const cards = document.querySelector("[data-live]");
  if (!cards || isInUse(cards)) return;
  htmx.ajax("GET", cards.dataset.live, { source: cards, target: cards, swap: "innerHTML" });
}

export function askAll() {
  lastAsked = Date.now();
  soon("rows", askRows);
  soon("news", askNews);
  soon("page", askPage);
}

function moved(event) {
  lastEvent = event.lastEventId || lastEvent;
  const what = JSON.parse(event.data);
  soon("rows", askRows);
  soon("page", askPage);
  if (what.conversation === conversation()) soon("news", askNews);
}

function connect() {
  source?.close();
  if (document.hidden) return;
  const query = new URLSearchParams({ conversation: conversation() });
  if (lastEvent) query.set("since", lastEvent);
  source = new EventSource(`/desk/stream?${query}`);
  source.addEventListener("open", () => (streaming = true));
  source.addEventListener("error", () => (streaming = false));
  source.addEventListener("start", (event) => {
    lastEvent = event.lastEventId;
    askAll(); // what moved between the drawing of the page and now
  });
  source.addEventListener("moved", moved);
  source.addEventListener("typing", (event) => {
    const what = JSON.parse(event.data);
    if (what.conversation === conversation()) showTyping(what.who);
  });
}

setInterval(() => {
  if (document.hidden) return;
  if (Date.now() - lastAsked >= (streaming ? LOOK_AGAIN : ASK)) askAll();
  if (source?.readyState === EventSource.CLOSED && Date.now() % 30000 < ASK) connect();
}, ASK);

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    source?.close(); // a hidden tab holds no line open
    streaming = false;
  } else {
    connect();
    askAll();
  }
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "stage") return;
  lastLine = byId(`seen-${conversation()}`)?.dataset.line ?? "";
  connect();
});
document.body.addEventListener("left", connect);
document.body.addEventListener("moved", askAll);
document.body.addEventListener("htmx:afterRequest", (event) => {
  const { requestConfig, successful } = event.detail;
  if (!successful) return;
  if (requestConfig.verb === "post") soon("rows", askRows);
  if (requestConfig.path.includes("/news/") || requestConfig.verb === "post") setTimeout(askBeside, GATHER);
});
window.addEventListener("offline", () => toast(words.offline, "line"));
window.addEventListener("online", () => {
  toast(words.online, "line");
  connect();
  askAll();
});
lastLine = byId(`seen-${conversation()}`)?.dataset.line ?? "";
connect();
