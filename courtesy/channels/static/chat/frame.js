// Life inside the widget's frame: opened and closed by the page around it, focus kept within, unread messages told.

const REACHABLE = "a[href], button:not([disabled]), textarea, input:not([type=file]), [tabindex='0']";

export class Frame {
  /** `on` has opened() and closed(). Without a frame around it the chat is always open. */
  constructor(embedded, on) {
    Object.assign(this, { embedded, on, isOpen: !embedded });
    if (!embedded) return;
    addEventListener("message", (event) => this.#hear(event));
    document.addEventListener("keydown", (event) => this.#keepFocus(event));
    this.#tell({ courtesy: "ready" });
  }

  /** Whether the visitor can see the conversation now. */
  get seen() {
    return this.isOpen && document.visibilityState === "visible";
  }

  close() {
    if (this.embedded) this.#tell({ courtesy: "close" });
  }

  unread(count) {
    if (this.embedded) this.#tell({ courtesy: "unread", count });
  }

  #tell(word) {
    parent.postMessage(word, "*"); // nothing secret: ready, close, a number
  }

  #hear(event) {
    if (event.source !== parent || event.data?.courtesy !== "shown") return;
    this.isOpen = event.data.open === true;
    if (this.isOpen) this.on.opened(event.data.focus === true);
    else this.on.closed();
  }

  /** Tab goes round within the chat; Escape is the way out. */
  #keepFocus(event) {
    if (event.key !== "Tab") return;
    const reachable = [...document.querySelectorAll(REACHABLE)].filter((element) => element.checkVisibility());
    const [first, last] = [reachable[0], reachable.at(-1)];
    const at = document.activeElement;
    if (event.shiftKey ? at === first || at === document.body : at === last) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  }
}
