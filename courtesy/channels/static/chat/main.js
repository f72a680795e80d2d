// The chat itself: brings the parts together and says what happens when.

import { saveBlob } from "./attachments.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { byId } from "./drawing.js";
import { Frame } from "./frame.js";
import { drawGreeting } from "./greeting.js";
import { onChange, recall, remember } from "./memory.js";
import { Menu } from "./menu.js";
import { Outbox } from "./outbox.js";
import { Standing } from "./standing.js";
import { Thread } from "./thread.js";
import { speak, word } from "./words.js";

const THINKING = 700; // milliseconds until a representative that has not answered is shown as writing
const NEAR_END = 80; // pixels from the end that still count as reading along

const settings = JSON.parse(byId("settings").textContent);
const connection = new Connection(settings.api);
const room = byId("room");
let config;
let reached = { delivered: 0, read: 0 };
let thinking;
let opening;
let composer;
let ready;
const known = new Promise((done) => { ready = done; }); // the company's words are there, and an earlier conversation is entered

const frame = new Frame(settings.embedded, {
  opened: (focus) => { noteSeen(); toEnd(); if (focus) arrive(); },
  closed: () => menu.toggle(false),
});
const standing = new Standing(() => outbox.add({ kind: "person", text: config?.labels["talk to a person"] || word("person") }));
const thread = new Thread(byId("log"), {
  choose: (text, value) => { outbox.add({ text, chosen: value }); composer.focus(); },
  retry: (item) => outbox.retry(item),
  remove: (item) => { outbox.remove(item); thread.dropItem(item.client_id); look(); },
  fetchDocument: (id) => connection.document(id),
}, settings);
const outbox = new Outbox(connection, { reach, show: showItem, sent });
const menu = new Menu({ language: changeLanguage, transcript: keepTranscript, restart });

/** The visitor can write at once; what is written leaves as soon as the server has told who it is. */
async function start() {
  speak(recall("language") ?? settings.language);
  composer = new Composer({ say: (item) => outbox.add(item), typing: () => connection.address && connection.typing() }, settings);
  composer.relabel();
  standing.drawPerson();
  listen();
  outbox.restore();
  config = await configured(recall("language") ?? settings.wished ?? "");
  relabel();
  onChange(followOtherTab);
  enter();
  look();
  ready();
}

function listen() {
  byId("close")?.addEventListener("click", () => frame.close());
  byId("latest").addEventListener("click", () => { toEnd(); composer.focus(); });
  room.addEventListener("scroll", () => { if (atEnd()) byId("latest").hidden = true; noteSeen(); });
  room.addEventListener("grown", () => stay(true));
  document.addEventListener("visibilitychange", noteSeen);
  document.addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && leave());
  addEventListener("online", () => { connection.wake(); outbox.wake(); });
}

/** The company's words; asked for again until the server answers. */
async function configured(language) {
  for (let pause = 500; ; pause = Math.min(pause * 2, 20_000)) {
    try {
      const found = await connection.config(language || settings.language);
      speak(found.language);
      return found;
    } catch {
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}

function enter() {
  const kept = recall("conversation");
  if (!kept) return;
  connection.enter(kept);
  byId("log").setAttribute("aria-live", "off"); // what was said before is not read out
  connection.follow({
    event: happened,
    caughtUp: () => { thread.draw(); look(); toEnd(); byId("log").setAttribute("aria-live", "polite"); },
    state: (now) => { standing.line(now); if (now === "open") outbox.wake(); },
    gone: () => { forget(); outbox.run(); },
  });
}

/** Make sure that a conversation is open; the first words open it. */
async function reach() {
  await known;
  if (connection.address) return;
  opening ??= connection.open({ language: config.language, visitor: recall("visitor") ?? "" }).then(({ id, secret, visitor }) => {
    remember({ conversation: { id, secret }, visitor });
    enter();
  }).finally(() => { opening = undefined; });
  await opening;
}

function happened(event) {
  if (event.kind === "message") received(event.message);
  else if (event.kind === "state") standing.take(event);
  else if (event.kind === "delivery") thread.delivered(event.message, event.delivery);
  else if (event.kind === "typing") standing.typing(event.who === "representative" ? settings.representative : event.who || word("someone"));
}

function received(message) {
  if (message.client_id) outbox.arrived(message.client_id);
  else { clearTimeout(thinking); standing.quiet(); }
  const along = atEnd();
  thread.put(message);
  look();
  stay(along || message.author === "customer");
  noteSeen();
}

function showItem(item) {
  if (item.state === "failed" && item.kind === "person") standing.take(standing.state);
  thread.putItem(item);
  look();
  toEnd();
}

function sent(item, message) {
  received(message);
  if (item.kind === "person") standing.drawPerson();
  if (standing.state.speaker !== "representative") return;
  clearTimeout(thinking);
  const answered = thread.ordered.at(-1)?.author !== "customer";
  if (!answered) thinking = setTimeout(() => { standing.typing(settings.representative, 15_000); stay(atEnd()); }, THINKING);
}

/** Tell how far the visitor has come, and the page around how much is unread. */
function noteSeen() {
  const ours = thread.ordered.filter((message) => message.author !== "customer");
  const delivered = ours.at(-1)?.sequence ?? 0;
  const read = frame.seen && atEnd() ? delivered : reached.read;
  frame.unread(frame.isOpen ? 0 : ours.filter((message) => message.sequence > read && message.delivery !== "read").length);
  if (!connection.address || (delivered <= reached.delivered && read <= reached.read)) return;
  reached = { delivered, read };
  connection.seen(delivered, read);
}

const atEnd = () => room.scrollHeight - room.scrollTop - room.clientHeight < NEAR_END;
const toEnd = () => { room.scrollTop = room.scrollHeight; byId("latest").hidden = true; };

/** Follow the conversation, or say that there is more when the visitor is reading further up. */
function stay(along) {
  if (along) toEnd();
  else byId("latest").hidden = false;
}

function look() {
  byId("welcome").hidden = !thread.empty || Boolean(recall("conversation"));
  if (config) menu.draw(config, !thread.empty);
}

function relabel() {
  document.documentElement.lang = config.language;
  drawGreeting(byId("welcome"), config, { say: (text) => { outbox.add({ text }); composer.focus(); }, speak: changeLanguage });
  composer.relabel();
  standing.use(config);
  thread.relabel();
  menu.draw(config, !thread.empty);
  room.setAttribute("aria-label", word("log"));
  byId("log").setAttribute("aria-label", word("log"));
  byId("latest").textContent = word("latest");
  byId("close")?.setAttribute("aria-label", word("close"));
  document.title = `${word("chat")} · ${settings.company}`;
}

async function changeLanguage(code) {
  if (code === config.language) return;
  const fromGreeting = byId("welcome").contains(document.activeElement);
  remember({ language: code });
  config = await configured(code);
  relabel();
  if (fromGreeting) byId("welcome").querySelector(`[lang="${code}"]`)?.focus();
}

function keepTranscript() {
  saveBlob(new Blob([thread.transcript()], { type: "text/plain;charset=utf-8" }), `${settings.company}.txt`);
}

function restart() {
  outbox.forget();
  forget();
  composer.focus();
}

function forget() {
  remember({ conversation: undefined });
  reset();
}

function reset() {
  connection.leave();
  connection.address = undefined;
  reached = { delivered: 0, read: 0 };
  clearTimeout(thinking);
  standing.quiet();
  standing.forget();
  thread.clear();
  outbox.items.forEach((item) => thread.putItem(item));
  look();
}

function followOtherTab() {
  const kept = recall("conversation");
  const here = connection.address?.split("/").at(-1);
  if (kept?.id === here) return;
  reset();
  enter();
}

/** Escape: first the menu, then the chat. */
function leave() {
  if (menu.isOpen) menu.toggle(false);
  else frame.close();
}

function arrive() {
  if (matchMedia("(pointer: coarse)").matches) byId("chat").focus(); // a keyboard over half the screen would not be kind
  else composer.focus();
}

start();
