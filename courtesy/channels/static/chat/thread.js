// The conversation as it is seen: messages in their order, days between them, and what is still on its way.

import { attachment, leaving } from "./attachments.js";
import { choiceButtons } from "./choices.js";
import { make } from "./drawing.js";
import { linked, safeLink } from "./links.js";
import { clock, day, word } from "./words.js";

const TOGETHER = 5 * 60_000; // messages of one author within this time share a name line

export class Thread {
  /** `act` has choose(text, value), retry(item), remove(item), fetchDocument(id); `who` has company names. */
  constructor(log, act, who) {
    Object.assign(this, { log, act, who, messages: new Map(), items: new Map() });
  }

  put(message) {
    if (message.client_id) this.items.delete(message.client_id);
    this.messages.set(message.id, message);
    this.draw();
  }

  /** How far a message of ours has come: told by this or another tab, nothing to draw. */
  delivered(id, state) {
    const message = this.messages.get(id);
    if (message) message.delivery = state;
  }

  /** A late word about an upload may come after the message itself: what has arrived is not on its way any more. */
  putItem(item) {
    for (const { client_id } of this.messages.values()) if (client_id === item.client_id) return;
    this.items.set(item.client_id, item);
    this.draw();
  }

  dropItem(client_id) {
    this.items.delete(client_id);
    this.draw();
  }

  clear() {
    this.messages.clear();
    this.items.clear();
    this.log.replaceChildren();
  }

  get empty() {
    return !this.messages.size && !this.items.size;
  }

  get ordered() {
    return [...this.messages.values()].sort((one, other) => one.sequence - other.sequence);
  }

  /** Draw what is new or changed; what stands stays, so a screen reader hears only what is added. */
  draw() {
    const rows = this.#rows();
    const standing = new Map([...this.log.children].map((row) => [row.dataset.key, row]));
    let place = this.log.firstElementChild;
    for (const { key, look, last, build } of rows) {
      let row = standing.get(key);
      standing.delete(key);
      if (row && !last) row.querySelectorAll(".choices, .state.sent").forEach((ending) => ending.remove());
      const endsAgain = last && row?.dataset.last === "false";
      if (!row || row.dataset.look !== look || endsAgain) {
        const fresh = build();
        Object.assign(fresh.dataset, { key, look });
        if (row) {
          if (place === row) place = fresh;
          row.replaceWith(fresh);
        }
        row = fresh;
      }
      row.dataset.last = String(last);
      if (row === place) place = place.nextElementSibling;
      else this.log.insertBefore(row, place);
    }
    for (const left of standing.values()) left.remove();
  }

  relabel() {
    this.log.replaceChildren();
    this.draw();
  }

  #rows() {
    const said = this.ordered;
    const all = [...said, ...[...this.items.values()].map((item) => ({ ...item, author: "customer", item }))];
    const latest = all.at(-1);
    const rows = [];
    let before = null;
    for (const message of all) {
      const at = new Date(message.at);
      if (!before || new Date(before.at).toDateString() !== at.toDateString()) rows.push(this.#day(at));
      const first = !before || before.author !== message.author || before.name !== message.name || at - new Date(before.at) > TOGETHER;
      rows.push(message.item ? this.#leavingRow(message.item, first) : this.#row(message, { first, last: message === latest }));
      before = message;
    }
    return rows;
  }

  #day(at) {
    const text = day(at);
    return { key: `day:${at.toDateString()}`, look: text, last: false, build: () => make("div.day", {}, make("span", {}, text)) };
  }

  #row(message, { first, last }) {
    const key = message.client_id ? `mine:${message.client_id}` : message.id;
    const files = message.documents ?? [];
    return { key, look: `${message.id}|${first}|${files.length}`, last, build: () => this.#message(message, first, last) };
  }

  #message(message, first, last) {
    if (message.author === "system") return make("div.note", {}, message.text);
    const mine = message.author === "customer";
    const row = make(`div.message.${mine ? "mine" : "ours"}${first ? ".first" : ""}`, { lang: message.language || undefined, "aria-live": mine ? "off" : undefined });
    if (!mine) row.append(this.#face(message, first));
    const body = make("div.body");
    row.append(body);
    if (first && !mine) body.append(this.#nameLine(message));
    const said = make("span.unseen", {}, word("said", { name: this.#nameOf(message), time: clock(new Date(message.at)) }));
    if (message.text) body.append(make("div.bubble", { title: clock(new Date(message.at)) }, said, worded(message)));
    else body.append(said);
    const sources = (message.sources ?? []).filter((source) => source.title);
    if (sources.length) body.append(this.#sources(sources));
    for (const file of message.documents ?? []) body.append(attachment(file, this.act.fetchDocument));
    if (last && message.choices?.length) body.append(choiceButtons(message.choices, this.act.choose));
    if (last && mine) body.append(make("p.state.sent", {}, word("sent")));
    return row;
  }

  #face(message, first) {
    const name = this.#nameOf(message);
    return make(`span.face.${message.author}`, { "aria-hidden": "true" }, first ? [...name][0] ?? "" : "");
  }

  #nameLine(message) {
    const line = make("p.name", { "aria-hidden": "true" }, make("b", {}, this.#nameOf(message)));
    if (message.author === "representative") line.append(make("span.role", {}, word("assistant")));
    line.append(make("time", { datetime: message.at }, clock(new Date(message.at))));
    return line;
  }

  #nameOf(message) {
    if (message.author === "customer") return word("you");
    if (message.author === "representative") return this.who.representative;
    return message.name || this.who.company;
  }

  #sources(sources) {
    const list = make("p.sources", {}, word("sources"), " ");
    sources.forEach((source, index) => {
      if (index) list.append(" · ");
      list.append((source.url && safeLink(source.url, source.title)) || source.title);
    });
    return list;
  }

  #leavingRow(item, first) {
    const look = `${item.state}|${first}|${item.reason ?? ""}|${Math.round((item.share ?? 0) * 20)}`;
    return { key: `mine:${item.client_id}`, look, last: true, build: () => this.#leaving(item, first) };
  }

  #leaving(item, first) {
    const row = make(`div.message.mine.${item.state}${first ? ".first" : ""}`, { "aria-live": "off" });
    const body = make("div.body");
    row.append(body);
    if (item.text) body.append(make("div.bubble", {}, make("span.unseen", {}, `${word("you")}: `), linked(item.text)));
    for (const file of item.files) body.append(leaving(file, item.share));
    body.append(this.#leavingState(item));
    return row;
  }

  /** Sending; not sent yet and tried again by itself, or at once by the button; refused for good. */
  #leavingState(item) {
    if (item.state === "sending") return make("p.state", {}, word("sending"));
    const again = make("button.text", { type: "button", onclick: () => this.act.retry(item) }, word("retry"));
    if (item.state === "waiting") return make("p.state", {}, word("waiting"), again);
    const reason = item.reason ? `: ${item.reason}` : "";
    const remove = make("button.text", { type: "button", onclick: () => this.act.remove(item) }, word("remove"));
    return make("p.state.failed", {}, `${word("failed")}${reason} `, again, remove);
  }

  /** The conversation as plain text, for the visitor to keep. */
  transcript() {
    const lines = this.ordered.map((message) => {
      const files = (message.documents ?? []).map((file) => `[${file.name}]`);
      const name = message.author === "system" ? "—" : this.#nameOf(message);
      return `${new Date(message.at).toLocaleString()}  ${name}\n${[message.text, ...files].filter(Boolean).join("\n")}\n`;
    });
    return `${this.who.company}\n\n${lines.join("\n")}`;
  }
}

/** The words, with the lines that merely list what the buttons offer marked: they are seen once the buttons are gone. */
function worded({ text, choices }) {
  const listed = new Set((choices ?? []).map((choice) => `• ${choice.label}`));
  const fragment = document.createDocumentFragment();
  text.split("\n").forEach((line, index) => {
    const start = index ? "\n" : "";
    if (listed.has(line)) fragment.append(make("span.listed", {}, start + line));
    else fragment.append(start, linked(line));
  });
  return fragment;
}
