// Dialogs: opened and closed by attributes, closed by a click beside them, focus goes back where it was.
import { byId } from "./words.js";

export function open(dialog) {
  if (!dialog || dialog.open) return;
  dialog.showModal();
}

function showFrame(address, title) {
  const body = byId("sheet-body");
  const head = document.createElement("div");
  head.className = "sheet-head";
  const heading = document.createElement("h2");
  heading.id = "sheet-title";
  heading.textContent = title;
  const close = byId("keys").querySelector(".dialog-foot .button").cloneNode(true);
  close.type = "button";
  close.dataset.dialogClose = "";
  close.classList.add("small");
  head.append(heading, close);
  const frame = document.createElement("iframe");
  frame.className = "sheet-frame";
  frame.setAttribute("sandbox", "");
  frame.title = title;
  frame.src = address;
  body.replaceChildren(head, frame);
  open(byId("sheet"));
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) return open(byId(opener.dataset.dialog));
  const framed = event.target.closest("[data-frame]");
  if (framed) return showFrame(framed.dataset.frame, framed.dataset.frameTitle ?? "");
  if (event.target.closest("[data-dialog-close]")) return event.target.closest("dialog")?.close();
  if (event.target.matches?.("dialog")) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
  for (const drop of document.querySelectorAll("details.drop[open]")) if (!drop.contains(event.target)) drop.open = false;
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "sheet-body") open(byId("sheet"));
});
