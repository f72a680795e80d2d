// Where the visitor writes: grows with the words, takes files by button, drop or paste, and keeps a draft over a reload.

import { byId, fileSize, icon, make } from "./drawing.js";
import { recall, remember } from "./memory.js";
import { word } from "./words.js";

const MOST_FILES = 5;
const ENDINGS = ".jpg,.jpeg,.png,.gif,.webp,.heic,.heif,.pdf,.txt,.csv,.md,.log,.docx,.xlsx,.pptx,.odt,.ods";
const TYPING_EVERY = 4_000;

export class Composer {
  /** `act` has say({text, files}) and typing(); `limits` says max_upload in bytes. */
  constructor(act, limits) {
    Object.assign(this, { act, limits, files: [], told: 0 });
    this.text = byId("text");
    this.text.value ||= recall("draft") ?? ""; // words typed while this was loading stay
    byId("files").accept = ENDINGS;
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.#send(); });
    this.text.addEventListener("input", () => this.#changed());
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.text.addEventListener("paste", (event) => this.#paste(event));
    byId("attach").addEventListener("click", () => byId("files").click());
    byId("files").addEventListener("change", (event) => { this.stage([...event.target.files]); event.target.value = ""; });
    this.#acceptDrops(document.documentElement, byId("drop"));
    this.#fit();
  }

  relabel() {
    this.text.placeholder = word("write");
    byId("text-label").textContent = word("writeHere");
    byId("hint").textContent = word("hint");
    byId("composer").setAttribute("aria-label", word("write"));
    for (const [id, key] of [["send", "send"], ["attach", "attach"]]) {
      byId(id).setAttribute("aria-label", word(key));
      byId(id).title = word(key);
    }
    byId("drop").textContent = word("drop");
    this.#drawStaged();
  }

  focus() {
    this.text.focus();
  }

  stage(files) {
    const refused = files.map((file) => this.#problem(file)).filter(Boolean);
    this.files.push(...files.filter((file) => !this.#problem(file)));
    if (this.files.length > MOST_FILES) {
      this.files.length = MOST_FILES;
      refused.push(word("tooMany"));
    }
    this.refuse(refused.join(" "));
    this.#drawStaged();
    this.focus();
  }

  refuse(reason) {
    byId("refused").textContent = reason;
    byId("refused").hidden = !reason;
  }

  #problem(file) {
    const size = Math.floor(this.limits.max_upload / 1024 / 1024);
    if (file.size > this.limits.max_upload) return word("tooLarge", { name: file.name, size });
    const ending = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
    const known = file.type.startsWith("image/") ? file.type !== "image/svg+xml" : ENDINGS.split(",").includes(ending);
    return known ? "" : word("wrongKind", { name: file.name });
  }

  #send() {
    const text = this.text.value.trim();
    if (!text && !this.files.length) return;
    this.act.say({ text, files: this.files });
    this.files = [];
    this.text.value = "";
    this.told = 0;
    this.refuse("");
    this.#drawStaged();
    this.#fit();
    remember({ draft: undefined });
    this.focus();
  }

  #key(event) {
    const composing = event.isComposing || event.keyCode === 229; // an input method is choosing a character
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    this.#send();
  }

  #changed() {
    this.#fit();
    remember({ draft: this.text.value || undefined });
    const now = Date.now();
    if (this.text.value && now - this.told > TYPING_EVERY) {
      this.told = now;
      this.act.typing();
    }
  }

  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.stage(files);
  }

  #fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 168)}px`;
    byId("send").disabled = !this.text.value.trim() && !this.files.length;
  }

  #drawStaged() {
    const list = byId("staged");
    list.hidden = !this.files.length;
    list.replaceChildren(...this.files.map((file) => this.#staged(file)));
    byId("send").disabled = !this.text.value.trim() && !this.files.length;
  }

  #staged(file) {
    const remove = () => {
      this.files = this.files.filter((other) => other !== file);
      this.#drawStaged();
      this.focus();
    };
    const button = make("button.icon", { type: "button", "aria-label": word("removeFile", { name: file.name }), onclick: remove }, icon("away"));
    return make("li", {}, icon("file"), make("span.file-name", {}, file.name), make("span.file-size", {}, fileSize(file.size)), button);
  }

  #acceptDrops(area, veil) {
    let depth = 0;
    const brings = (event) => event.dataTransfer?.types.includes("Files");
    const show = () => { veil.hidden = depth <= 0; };
    area.addEventListener("dragenter", (event) => { if (brings(event)) { depth += 1; show(); } });
    area.addEventListener("dragleave", (event) => { if (brings(event)) { depth -= 1; show(); } });
    area.addEventListener("dragover", (event) => { if (brings(event)) event.preventDefault(); });
    area.addEventListener("drop", (event) => {
      depth = 0;
      show();
      if (!brings(event)) return;
      event.preventDefault();
      this.stage([...event.dataTransfer.files]);
    });
  }
}
