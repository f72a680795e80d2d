// Talks with the server: requests, and one open stream that comes back by itself and never misses an event.

const SILENCE = 45_000; // longer than three heartbeats: the line is dead although nobody said so
const FIRST_BYTES = 8_000; // a stream that is silent at first is held up by a proxy: ask instead
const LONGEST_PAUSE = 30_000;

export class Refused extends Error {
  /** The server said no. `status` is HTTP's; `again` says whether a later try can help. */
  constructor(status, reason) {
    super(reason);
    this.status = status;
    this.again = status === 429 || status >= 500;
  }
}

const pause = (ms, signal) => new Promise((done) => {
  const timer = setTimeout(done, ms);
  signal?.addEventListener("abort", () => { clearTimeout(timer); done(); }, { once: true });
});

async function read(response) {
  if (response.ok) return response.status === 204 ? null : response.json();
  throw new Refused(response.status, await reason(response));
}

async function reason(response) {
  try {
    const { detail } = await response.json();
    return typeof detail === "string" ? detail : (detail?.[0]?.msg ?? response.statusText);
  } catch {
    return response.statusText;
  }
}

export class Connection {
  constructor(api) {
    this.api = api;
    this.since = 0;
    this.stopping = null;
  }

  config = (language) => fetch(`${this.api}/config?language=${encodeURIComponent(language)}`).then(read);

  open = (opening) => this.#post(`${this.api}/conversations`, opening);

  enter({ id, secret }) {
    this.leave();
    this.address = `${this.api}/conversations/${id}`;
    this.headers = { Authorization: `Bearer ${secret}` };
    this.since = 0;
  }

  say = (message) => this.#post(`${this.address}/messages`, message);
  person = (wish) => this.#post(`${this.address}/person`, wish);
  typing = () => this.#post(`${this.address}/typing`, {}).catch(() => {});
  seen = (delivered, read) => this.#post(`${this.address}/read`, { delivered, read }).catch(() => {});

  #post(address, content) {
    return fetch(address, {
      method: "POST", body: JSON.stringify(content), headers: { "Content-Type": "application/json", ...this.headers },
    }).then(read);
  }

  /** Upload with progress, which fetch does not tell. */
  sendFiles({ client_id, text, files }, onProgress) {
    return new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.open("POST", `${this.address}/attachments`);
      request.setRequestHeader("Authorization", this.headers.Authorization);
      request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
      request.onerror = request.ontimeout = () => fail(new TypeError("network"));
      request.onload = () => {
        const answer = new Response(request.responseText, { status: request.status, statusText: request.statusText });
        read(answer).then(done, fail);
      };
      const form = new FormData();
      form.append("client_id", client_id);
      form.append("text", text);
      for (const file of files) form.append("file", file, file.name);
      request.send(form);
    });
  }

  async document(id) {
    const response = await fetch(`${this.address}/documents/${id}`, { headers: this.headers });
    if (!response.ok) throw new Refused(response.status, await reason(response));
    return response.blob();
  }

  /** Read events until `leave`; `on` has event(event), caughtUp(), state("open" | "lost") and gone(). */
  async follow(on) {
    this.leave();
    const stopping = (this.stopping = new AbortController());
    let tries = 0;
    let asks = false;
    let caughtUp = false;
    while (!stopping.signal.aborted) {
      try {
        if (!caughtUp) {
          await this.#catchUp(on, stopping.signal);
          caughtUp = true;
          on.caughtUp();
        }
        const done = asks ? await this.#ask(on, stopping.signal) : await this.#stream(on, stopping.signal);
        if (done === "held up") asks = true;
        tries = 0;
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (error instanceof Refused && error.status === 404) return on.gone();
        on.state("lost");
        tries += 1;
        const longest = Math.min(LONGEST_PAUSE, 1000 * 2 ** (tries - 1));
        this.hurry = new AbortController();
        await pause(longest * (0.5 + Math.random() / 2), this.hurry.signal);
      }
    }
  }

  leave() {
    this.stopping?.abort();
    this.hurry?.abort();
  }

  /** The network is back: do not wait for the pause to end. */
  wake() {
    this.hurry?.abort();
  }

  #take(event, on) {
    if (event.id !== undefined) {
      if (event.id <= this.since) return;
      this.since = event.id;
    }
    on.event(event);
  }

  async #catchUp(on, signal) {
    for (;;) {
      const answer = await fetch(`${this.address}/events?limit=500&since=${this.since}`, { headers: this.headers, signal }).then(read);
      for (const event of answer.events) this.#take(event, on);
      if (answer.events.length < 500) return;
    }
  }

  async #ask(on, signal) {
    const answer = await fetch(`${this.address}/events?wait=20&since=${this.since}`, { headers: this.headers, signal }).then(read);
    on.state("open");
    for (const event of answer.events) this.#take(event, on);
    if (!answer.events.length) await pause(1000, signal); // a server without long polls answers at once
  }

  async #stream(on, signal) {
    const own = new AbortController();
    signal.addEventListener("abort", () => own.abort(), { once: true });
    const response = await fetch(`${this.address}/stream?since=${this.since}`, { headers: this.headers, signal: own.signal, cache: "no-store" });
    if (!response.ok) throw new Refused(response.status, await reason(response));
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    let heldUp = true;
    let watch = setTimeout(() => own.abort(), FIRST_BYTES);
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        if (heldUp) on.state("open");
        heldUp = false;
        clearTimeout(watch);
        watch = setTimeout(() => own.abort(), SILENCE);
        rest = this.#lines(rest + value, on);
      }
    } catch (error) {
      if (heldUp && own.signal.aborted && !signal.aborted) return "held up";
      throw error;
    } finally {
      clearTimeout(watch);
      own.abort();
    }
    await pause(500, signal); // the server ended the stream in good order
    return "ended";
  }

  #lines(text, on) {
    const blocks = text.split("\n\n");
    const rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split("\n").filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
      if (data) this.#take(JSON.parse(data), on);
    }
    return rest;
  }
}
