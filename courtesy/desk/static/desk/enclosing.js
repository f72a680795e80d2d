// Files of a reply: chosen, pasted or dropped, sent at once with their progress, kept by the server with the draft.
import { byId, conversation, words } from "./words.js";
import { token, write } from "./composer.js";
import { toast } from "./toasts.js";

const form = () => byId("reply-form");
const isFiles = (carried) => [...(carried?.types ?? [])].includes("Files");
let line = Promise.resolve(); // one after the other: the list below the text stays in order

function row(file) {
  const item = document.createElement("li");
  const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  bar.setAttribute("aria-label", file.name);
  const stop = Object.assign(document.createElement("button"), { type: "button", className: "plain-button", textContent: "×" });
  stop.setAttribute("aria-label", `${words.stop}: ${file.name}`);
  const name = Object.assign(document.createElement("span"), { className: "file-name", textContent: file.name });
  item.append(name, bar, stop);
  return { item, bar, stop };
}

function send(file, address, shown) {
  return new Promise((done) => {
    const asking = new XMLHttpRequest();
    const body = new FormData();
    body.append("files", file, file.name || "file");
    asking.open("POST", address);
    asking.setRequestHeader("X-CSRFToken", token());
    asking.setRequestHeader("HX-Request", "true");
    asking.upload.addEventListener("progress", (event) => event.lengthComputable && (shown.bar.value = (100 * event.loaded) / event.total));
    asking.addEventListener("loadend", () => done(asking));
    shown.stop.onclick = () => asking.abort();
    asking.send(body);
  });
}

function show(asking, open) {
  const list = byId(`enclosures-${open}`);
  if (asking.status === 200 && list) {
    list.outerHTML = asking.responseText;
    htmx.process(byId(`enclosures-${open}`));
    byId("spoken").textContent = words.enclosed;
  } else if (asking.status === 409) toast(asking.responseText);
  else if (asking.status) toast(words.failed, "line");
  else if (!navigator.onLine) toast(words.offline, "line");
}

export function enclose(files) {
  const place = form()?.closest(".composer");
  if (!place || !files.length) return;
  write("reply");
  const open = conversation();
  const address = place.dataset.enclose;
  for (const file of files) {
    const shown = row(file);
    let stopped = false;
    shown.stop.onclick = () => {
      stopped = true;
      shown.item.remove();
    };
    place.querySelector("[data-under-way]").append(shown.item);
    line = line.then(async () => {
      if (!stopped) show(await send(file, address, shown), open);
      shown.item.remove();
    });
  }
}

// Nothing is sent while a file is still under way: it would be left behind.
document.body.addEventListener("htmx:confirm", (event) => {
  if (event.target !== form() || !form().querySelector("[data-under-way] li")) return;
  event.preventDefault();
  line.then(() => event.detail.issueRequest());
});

document.addEventListener("change", (event) => {
  if (!event.target.matches?.(".write input[type=file]")) return;
  enclose([...event.target.files]);
  event.target.value = "";
});

document.addEventListener("paste", (event) => {
  if (event.target.id !== "reply-text" || !event.clipboardData?.files.length) return;
  if (event.clipboardData.types.includes("text/plain")) return; // words with a picture of them, as offices copy
  event.preventDefault();
  enclose([...event.clipboardData.files]);
});

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    if (!isFiles(event.dataTransfer) || !form()) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = event.target.closest?.("#talk") ? "copy" : "none";
    form().classList.toggle("dropping", Boolean(event.target.closest?.("#talk")));
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form()?.classList.remove("dropping");
});
document.addEventListener("drop", (event) => {
  if (!isFiles(event.dataTransfer) || !form()) return;
  event.preventDefault(); // beside the conversation too: the browser would leave the desk and show the file
  form().classList.remove("dropping");
  if (event.target.closest?.("#talk")) enclose([...event.dataTransfer.files]);
});
