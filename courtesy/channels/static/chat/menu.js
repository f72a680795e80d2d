// The menu: language, size of the text, keeping a copy, starting anew.

import { byId, make } from "./drawing.js";
import { recall, remember } from "./memory.js";
import { word } from "./words.js";

const SIZES = ["normal", "large", "larger"];

export class Menu {
  /** `act` has language(code), transcript() and restart(). */
  constructor(act) {
    this.act = act;
    this.button = byId("menu-button");
    this.panel = byId("menu");
    this.button.addEventListener("click", () => this.toggle());
    document.addEventListener("pointerdown", (event) => {
      if (!this.panel.contains(event.target) && !this.button.contains(event.target)) this.toggle(false);
    });
    this.panel.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.panel.contains(event.relatedTarget) && event.relatedTarget !== this.button) this.toggle(false);
    });
    applySize();
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  toggle(open = !this.isOpen) {
    if (open === this.isOpen) return;
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.panel.querySelector("button")?.focus();
    else if (this.panel.contains(document.activeElement) || document.activeElement === document.body) this.button.focus();
  }

  /** Write the menu in the language in force; `config` lists the languages, `talking` says whether there is something to keep. */
  draw(config, talking) {
    this.button.setAttribute("aria-label", word("menu"));
    this.button.title = word("menu");
    const focused = this.panel.contains(document.activeElement) ? document.activeElement.dataset.name : undefined;
    const languages = config.languages.map(({ code, name }) => option(name, code === config.language, () => this.act.language(code), code));
    const sizes = SIZES.map((size, index) => option(word("sizes")[index], size === (recall("size") ?? "normal"), () => this.#resize(size, config, talking), size));
    const rows = [row(word("language"), languages), row(word("size"), sizes)];
    if (talking) rows.push(this.#keep(), this.#restart());
    this.panel.replaceChildren(...rows);
    if (focused) this.panel.querySelector(`[data-name="${focused}"]`)?.focus();
  }

  #resize(size, config, talking) {
    remember({ size: size === "normal" ? undefined : size });
    applySize();
    this.draw(config, talking);
  }

  #keep() {
    return make("button.entry", { type: "button", onclick: () => { this.toggle(false); this.act.transcript(); } }, word("transcript"));
  }

  #restart() {
    const button = make("button.entry", { type: "button" }, word("restart"));
    button.addEventListener("click", () => {
      if (button.dataset.sure) {
        this.toggle(false);
        this.act.restart();
        return;
      }
      button.dataset.sure = "yes";
      button.textContent = word("restartSure");
    });
    return button;
  }
}

function applySize() {
  document.documentElement.dataset.size = recall("size") ?? "normal";
}

function option(label, on, choose, name) {
  return make("button.option", { type: "button", "aria-pressed": String(on), lang: name.length === 2 ? name : undefined, "data-name": name, onclick: choose }, label);
}

function row(label, options) {
  return make("div.row", { role: "group", "aria-label": label }, make("p.label", { "aria-hidden": "true" }, label), make("div.options", {}, ...options));
}
