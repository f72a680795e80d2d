// What the server sends is put in with care: nothing twice, and nothing under the hands of somebody who is using it.
document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (target.matches("ol.thread")) {
    for (const item of fragment.querySelectorAll("li[id]")) if (document.getElementById(item.id)) item.remove();
    return;
  }
  const fresh = fragment.querySelector(`#${CSS.escape(target.id)}`);
  if (fresh?.dataset.shows !== undefined && fresh.dataset.shows === target.dataset.shows) return void (event.detail.shouldSwap = false);
  const same = fresh?.innerHTML === target.innerHTML || (target.matches(".composer") && fresh?.dataset.gate === target.dataset.gate);
  if (same || target.querySelector("dialog[open], details.drop[open]")) event.detail.shouldSwap = false;
});

// News that were asked for before somebody began to write come too late for the page they write on.
export const isInUse = (place) => place.contains(document.activeElement) || [...place.querySelectorAll("textarea")].some((one) => one.value);
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  if (target.matches?.("[data-live]") && isInUse(target)) event.detail.shouldSwap = false;
});

// A menu closes when something in it is done, so that what it hangs on can be drawn anew.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  const drop = event.target.closest?.("details.drop");
  if (drop) drop.open = false;
});

// After a decision the focus goes to what came of it, not to the top of the page.
document.body.addEventListener("htmx:afterSettle", () => {
  const decided = document.querySelector(".decided[tabindex]:not([data-told])");
  if (!decided) return;
  decided.dataset.told = "yes";
  decided.focus({ preventScroll: true });
});
