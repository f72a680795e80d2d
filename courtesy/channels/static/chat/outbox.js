// Messages on their way: sent one after another, tried again under the same client id, kept over a reload.

import { Refused } from "./connection.js";
import { recall, remember } from "./memory.js";
import { language } from "./words.js";

const LONGEST_PAUSE = 20_000;
const newId = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

export class Outbox {
  /** `reach()` makes sure that a conversation is open; `show(item)` draws an item; `sent(item, message)` replaces it. */
  constructor(connection, { reach, show, sent }) {
    Object.assign(this, { connection, reach, show, sent, items: [], own: new Set(), busy: false });
  }

  add(item) {
    const whole = { client_id: newId(), at: new Date().toISOString(), text: "", chosen: null, files: [], kind: "say", state: "sending", ...item };
    this.items.push(whole);
    this.own.add(whole.client_id);
    this.#keep();
    this.show(whole);
    this.run();
    return whole;
  }

  /** Unsent words of an earlier visit; files cannot be kept by the browser. */
  restore() {
    this.items = (recall("outbox") ?? []).map((item) => ({ ...item, files: [], state: "sending" }));
    for (const item of this.items) {
      this.own.add(item.client_id);
      this.show(item);
    }
    this.run();
  }

  /** The event log has this message: it arrived, even if its answer was lost. */
  arrived(client_id) {
    this.#drop(client_id);
  }

  retry(item) {
    item.state = "sending";
    this.show(item);
    this.wake();
  }

  remove(item) {
    this.#drop(item.client_id);
  }

  forget() {
    this.items = [];
    this.#keep();
  }

  wake() {
    this.nudge?.();
    this.run();
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    let tries = 0;
    for (let item = this.#next(); item; item = this.#next()) {
      try {
        const message = await this.#send(item);
        this.#drop(item.client_id);
        this.sent(item, message);
        tries = 0;
      } catch (error) {
        if (error instanceof Refused && !error.again) {
          Object.assign(item, { state: "failed", reason: error.message });
          this.show(item);
          continue;
        }
        item.state = "waiting";
        this.show(item);
        tries += 1;
        await new Promise((done) => { this.nudge = done; setTimeout(done, Math.min(LONGEST_PAUSE, 1000 * 2 ** (tries - 1))); });
      }
    }
    this.busy = false;
  }

  async #send(item) {
    await this.reach();
    if (item.kind === "person") return (await this.connection.person({ client_id: item.client_id, language: language() })).message;
    if (item.files.length) return (await this.connection.sendFiles(item, (share) => { item.share = share; this.show(item); })).message;
    const { client_id, text, chosen } = item;
    return (await this.connection.say({ client_id, text, chosen, language: language() })).message;
  }

  #next = () => this.items.find((item) => item.state !== "failed");

  #drop(client_id) {
    this.items = this.items.filter((item) => item.client_id !== client_id);
    this.#keep();
  }

  #keep() {
    const plain = this.items.filter((item) => !item.files.length).map(({ client_id, at, text, chosen, kind }) => ({ client_id, at, text, chosen, kind }));
    const others = (recall("outbox") ?? []).filter((item) => !this.own.has(item.client_id)); // of other tabs
    const all = [...others, ...plain];
    remember({ outbox: all.length ? all : undefined });
  }
}
