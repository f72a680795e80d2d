// Files in the conversation: a picture is shown, anything else is offered for download, both only with the secret.

import { fileSize, icon, make } from "./drawing.js";
import { word } from "./words.js";

const SHOWN = ["image/jpeg", "image/png", "image/gif", "image/webp"];
const LARGEST_SHOWN = 12 * 1024 * 1024;

/** One filed document. `fetchDocument(id)` gives its bytes as a Blob. */
export function attachment(document, fetchDocument) {
  const save = async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      saveBlob(await fetchDocument(document.id), document.name);
      button.classList.remove("gone");
    } catch {
      button.classList.add("gone");
    }
    button.disabled = false;
  };
  const button = make("button.file", { type: "button", onclick: save, "aria-label": word("download", { name: document.name }) });
  button.append(icon("file"), make("span.file-name", {}, document.name), make("span.file-size", {}, fileSize(document.size)));
  if (SHOWN.includes(document.media_type) && document.size <= LARGEST_SHOWN) showPicture(button, document, fetchDocument);
  return button;
}

async function showPicture(button, document, fetchDocument) {
  try {
    const picture = make("img", { alt: word("openImage", { name: document.name }) });
    picture.src = URL.createObjectURL(await fetchDocument(document.id));
    await picture.decode();
    button.classList.add("picture");
    button.prepend(picture);
    button.dispatchEvent(new CustomEvent("grown", { bubbles: true }));
  } catch {
    // it stays a file to download
  }
}

/** A file that is still on its way. */
export function leaving(file, share) {
  const shown = make("span.file.leaving", {}, icon("file"), make("span.file-name", {}, file.name), make("span.file-size", {}, fileSize(file.size)));
  if (share !== undefined && share < 1) shown.append(make("progress", { value: share, max: 1, "aria-label": word("uploading", { name: file.name }) }));
  return shown;
}

export function saveBlob(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
