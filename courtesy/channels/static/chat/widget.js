// Courtesy on any page: a button that opens the chat. <script src="https://…/chat/widget.js" async></script>
// Optional attributes: data-language="es", data-side="left", data-label="Help", data-button="none".
(() => {
  const script = document.currentScript;
  if (!script || window.Courtesy) return;
  const home = new URL(".", script.src);
  const wish = script.dataset.language || "";
  const spoken = (wish || document.documentElement.lang || navigator.language || "en").slice(0, 2);
  const words = {
    en: { open: "Open the chat", close: "Close the chat", chat: "Chat", unread: "new messages" },
    es: { open: "Abrir el chat", close: "Cerrar el chat", chat: "Chat", unread: "mensajes nuevos" },
    zh: { open: "打开在线咨询", close: "关闭在线咨询", chat: "在线咨询", unread: "条新消息" },
  };
  const say = words[spoken] || words.en;
  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    .button {
      position: fixed; z-index: 2147483000; bottom: calc(20px + env(safe-area-inset-bottom)); SIDE: 20px; height: 56px; min-width: 56px;
      padding: 0 16px; border: 0; border-radius: 28px; background: %ACCENT%; color: #fff; cursor: pointer; display: flex; gap: 10px;
      align-items: center; justify-content: center; font: 600 16px/1 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
      box-shadow: 0 1px 2px rgb(0 0 0 / .18), 0 8px 24px rgb(0 0 0 / .18); transition: transform .16s ease, box-shadow .16s ease;
    }
    .button:hover { transform: translateY(-2px); box-shadow: 0 2px 4px rgb(0 0 0 / .18), 0 12px 28px rgb(0 0 0 / .22); }
    .button:focus-visible { outline: 3px solid #fff; outline-offset: -6px; box-shadow: 0 0 0 3px %ACCENT%, 0 8px 24px rgb(0 0 0 / .2); }
    .button svg { width: 26px; height: 26px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
    .when-open, .open .when-closed { display: none; }
    .open .when-open { display: inline; }
    .label:empty { display: none; }
    .count {
      position: absolute; top: -4px; right: -4px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px; background: #b3261e;
      color: #fff; font-size: 12px; line-height: 22px; text-align: center; border: 2px solid #fff; line-height: 18px;
    }
    .panel {
      position: fixed; z-index: 2147483001; bottom: calc(90px + env(safe-area-inset-bottom)); SIDE: 20px; width: 400px; height: min(680px, calc(100dvh - 112px));
      border: 0; border-radius: 18px; background: #fff; overflow: hidden; box-shadow: 0 0 0 1px rgb(0 0 0 / .06), 0 16px 48px rgb(0 0 0 / .22);
      transition: opacity .16s ease, transform .16s ease, visibility .16s; transform-origin: bottom SIDE;
    }
    .panel.away { opacity: 0; visibility: hidden; transform: translateY(12px) scale(.98); }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    [hidden] { display: none !important; }
    @media (prefers-color-scheme: dark) { .panel { background: #16191b; box-shadow: 0 0 0 1px rgb(255 255 255 / .12), 0 16px 48px rgb(0 0 0 / .5); } }
    @media (max-width: 560px), (max-height: 480px) {
      .panel { inset: 0; width: 100%; height: 100dvh; border-radius: 0; box-shadow: none; }
      .open .button { visibility: hidden; }
    }
    @media (prefers-reduced-motion: reduce) { .button, .panel { transition: none; } }
    @media print { .button, .panel { display: none; } }`;
  const small = matchMedia("(max-width: 560px), (max-height: 480px)");

  const kept = (storage, name, value) => {
    try {
      if (value === undefined) return storage().getItem(name);
      storage().setItem(name, value);
    } catch {
      // the page may not store anything: the chat starts closed on the next page
    }
    return null;
  };
  const MEMORY = "courtesy-chat-kept"; // what the chat remembers, where the browser denies its frame a storage of its own
  const LARGEST = 200_000;
  const session = () => sessionStorage;
  const lasting = () => localStorage;

  let shown = false;
  let frame = null;
  let ready = false;
  let keeping = false;
  let focusWhenReady = false;
  let unread = 0;
  let overflow = "";

  const host = document.createElement("courtesy-chat");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet(); // a strict policy of the page around forbids style elements, not this
  sheet.replaceSync(STYLE.replaceAll("SIDE", script.dataset.side === "left" ? "left" : "right"));
  root.adoptedStyleSheets = [sheet];
  const make = (tag, name, more = {}) => {
    const element = document.createElement(tag);
    element.className = name;
    for (const [key, value] of Object.entries(more)) element.setAttribute(key, value);
    return element;
  };
  const around = make("div", "around");
  const panel = make("div", "panel away", { role: "dialog", "aria-label": say.chat });
  const button = make("button", "button", { type: "button", "aria-expanded": "false", "aria-haspopup": "dialog" });
  const label = make("span", "label");
  const count = make("span", "count", { "aria-hidden": "true" });
  label.textContent = script.dataset.label || "";
  count.hidden = true;
  button.append(picture(), label, count);
  button.hidden = script.dataset.button === "none";
  around.append(button, panel);
  root.append(around);

  function picture() {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(space, "path");
    const away = path.cloneNode();
    away.setAttribute("d", "M6 9.500l6 6 6-6");
    away.setAttribute("class", "when-open");
    path.setAttribute("class", "when-closed");
    path.setAttribute("d", "M12 4.2c4.7 0 8.3 3.2 8.3 7.300s-3.600 7.300-8.300 7.300c-1 0-2-.1-2.900-.4L4.800 19.800l1-3.400c-1.300-1.300-2.100-3-2.100-4.900 0-4.100 3.600-7.300 8.300-7.300z");
    svg.append(path, away);
    return svg;
  }

  function load() {
    if (frame) return;
    frame = make("iframe", "", { title: say.chat, allow: "" });
    frame.src = new URL(`embed/${wish ? `?language=${encodeURIComponent(wish)}` : ""}`, home).href;
    panel.append(frame);
  }

  function tell(focus) {
    if (ready) frame.contentWindow.postMessage({ courtesy: "shown", open: shown, focus }, home.origin);
    else focusWhenReady = focusWhenReady || focus;
  }

  function recollect(text) {
    frame.contentWindow.postMessage({ courtesy: "kept", text: text || "" }, home.origin);
  }

  function show(open, focus = true) {
    if (open === shown) return;
    shown = open;
    if (open) load();
    around.classList.toggle("open", open);
    panel.classList.toggle("away", !open);
    panel.setAttribute("aria-modal", String(open && small.matches));
    button.setAttribute("aria-expanded", String(open));
    kept(session, "courtesy-chat-open", open ? "yes" : "");
    if (open) kept(lasting, "courtesy-chat-used", "yes");
    holdPage(open && small.matches);
    if (open && focus) frame.focus();
    if (!open && focus && !button.hidden) button.focus();
    tell(focus && open);
    name();
  }

  /** On a phone the chat covers the page: the page beneath must not scroll. */
  function holdPage(hold) {
    const style = document.documentElement.style;
    if (hold) overflow = style.overflow;
    style.overflow = hold ? "hidden" : overflow;
  }

  function name() {
    count.hidden = shown || !unread;
    count.textContent = unread > 9 ? "9+" : unread;
    const what = shown ? say.close : [label.textContent, say.open].find(Boolean);
    button.setAttribute("aria-label", count.hidden ? what : `${what} (${unread} ${say.unread})`);
  }

  button.addEventListener("click", () => show(!shown));
  document.addEventListener("keydown", (event) => event.key === "Escape" && shown && root.activeElement && show(false));
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== home.origin) return;
    const { courtesy, count: number, text } = event.data ?? {};
    if (courtesy === "ready") {
      ready = true;
      tell(focusWhenReady);
    } else if (courtesy === "close") show(false);
    else if (courtesy === "unread") {
      unread = Number(number) || 0;
      name();
    } else if (courtesy === "recall") {
      keeping = true;
      recollect(kept(lasting, MEMORY));
    } else if (courtesy === "keep" && keeping && typeof text === "string" && text.length <= LARGEST) kept(lasting, MEMORY, text);
  });
  addEventListener("storage", (event) => keeping && event.key === MEMORY && recollect(event.newValue)); // another tab

  window.Courtesy = { open: () => show(true), close: () => show(false) };
  const begin = () => {
    document.body.append(host);
    name();
    if (kept(session, "courtesy-chat-open") === "yes" && !small.matches) show(true, false);
    else if (kept(lasting, "courtesy-chat-used") === "yes") load(); // an earlier talk may have unread messages
  };
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin, { once: true });
})();
