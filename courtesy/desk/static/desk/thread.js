// The thread: stands at its end, says what is new aloud, and shows that somebody is typing.
import { byId, conversation, words } from "./words.js";

const NEAR = 140; // pixels from the end within which the thread follows along
const TYPING = 5000;
let typingEnds = 0;
let wasNear = true;

const isNear = (scroll) => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;

export function toEnd() {
  const scroll = byId("scroll");
  if (!scroll) return;
  scroll.scrollTop = scroll.scrollHeight;
  byId("below").hidden = true;
}

export function showTyping(who) {
  const line = byId("typing");
  if (!line || who !== "customer") return;
  const near = isNear(byId("scroll"));
  line.hidden = false;
  clearTimeout(typingEnds);
  typingEnds = setTimeout(() => (line.hidden = true), TYPING);
  if (near) toEnd();
}

document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target.matches("ol.thread")) wasNear = isNear(byId("scroll"));
});

document.body.addEventListener("htmx:oobAfterSwap", (event) => {
  const thread = event.detail.target;
  if (!thread.matches?.("ol.thread")) return;
  const last = [...thread.querySelectorAll("li[data-author]")].at(-1);
  if (last && !last.dataset.told) {
    last.dataset.told = "yes";
    if (last.dataset.author === "customer") {
      byId("typing").hidden = true;
      byId("spoken").textContent = `${words.newMessage}: ${last.querySelector(".bubble")?.textContent ?? ""}`;
    }
  }
  if (wasNear) toEnd();
  else if (last) byId("below").hidden = false;
});

// Earlier messages come in above; what was looked at stays where it is.
let height = 0;
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.matches?.("ol.thread")) height = byId("scroll").scrollHeight;
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "stage") opened();
  else if (height && event.detail.target.matches?.("ol.thread")) {
    byId("scroll").scrollTop += byId("scroll").scrollHeight - height;
    height = 0;
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("#below")) toEnd();
});
document.addEventListener("scroll", (event) => {
  if (event.target.id === "scroll" && isNear(event.target)) byId("below").hidden = true;
}, true);

export function opened() {
  byId("inbox")?.classList.toggle("reading", Boolean(conversation()));
  for (const one of document.querySelectorAll("ol.thread li[data-author]")) one.dataset.told = "yes";
  toEnd();
}
opened();
