// How things stand: who is there, who is speaking, whether the line holds; and the way to a person.

import { byId } from "./drawing.js";
import { moment, word } from "./words.js";

const TYPING_FOR = 6_000;
const LOST_AFTER = 1_500; // a short break is not worth a word

export class Standing {
  constructor(askForPerson) {
    this.state = { status: "open", speaker: "representative", holder: "" };
    this.asking = false;
    byId("person").addEventListener("click", () => { this.asking = true; this.drawPerson(); askForPerson(); });
    addEventListener("offline", () => this.line("offline"));
    addEventListener("online", () => this.line("open"));
  }

  use(config) {
    this.config = config;
    this.draw();
  }

  take(state) {
    this.state = state;
    this.asking = false;
    this.draw();
  }

  forget() {
    this.take({ status: "open", speaker: "representative", holder: "" });
  }

  draw() {
    this.drawPerson();
    this.#drawNotice();
    if (!this.config) return; // the server has not told yet who is there
    const { open, opens_at } = this.config;
    const back = opens_at ? word("back", { time: moment(new Date(opens_at)) }) : "";
    byId("presence").textContent = open ? word("present") : back || word("always", { name: this.config.representative });
    byId("presence").classList.toggle("there", open);
  }

  drawPerson() {
    const { speaker, holder } = this.state;
    const byPerson = speaker === "colleague";
    byId("person-label").textContent = this.config?.labels["talk to a person"] || word("person");
    byId("person").hidden = byPerson;
    byId("person").disabled = this.asking;
    byId("with").hidden = !byPerson;
    byId("with").textContent = holder ? word("personHere", { name: holder }) : this.#asked();
    byId("with").classList.toggle("here", Boolean(holder));
  }

  /** A person is asked for but nobody has come yet: when that will be. */
  #asked() {
    const { open, opens_at } = this.config ?? {};
    return open || !opens_at ? word("personAsked") : word("personAskedAt", { time: moment(new Date(opens_at)) });
  }

  /** "open", "lost" or "offline". */
  line(now) {
    clearTimeout(this.breaking);
    if (now === "lost" && navigator.onLine) {
      this.breaking = setTimeout(() => { this.broken = "reconnecting"; this.#drawNotice(); }, LOST_AFTER);
      return;
    }
    this.broken = now === "open" && navigator.onLine ? "" : "offline";
    this.#drawNotice();
  }

  #drawNotice() {
    const { status } = this.state;
    let text = "";
    if (this.broken) text = word(this.broken);
    else if (status === "closed") text = word("ended");
    const notice = byId("notice");
    notice.classList.toggle("trouble", Boolean(this.broken));
    if (notice.textContent !== text) notice.textContent = text;
    notice.hidden = !text;
  }

  /** Somebody on our side is writing; forgotten after some seconds, or with `quiet()`. */
  typing(name, lasting = TYPING_FOR) {
    clearTimeout(this.writing);
    byId("typing").querySelector(".typing-who").textContent = word("typing", { name });
    byId("typing").hidden = false;
    this.writing = setTimeout(() => this.quiet(), lasting);
  }

  quiet() {
    clearTimeout(this.writing);
    byId("typing").hidden = true;
  }
}
