// Keeps an open page of the console true: when something of the chapter changed, the parts of the
// page that are marked data-live are fetched anew and put in place of the old ones. Without this
// script a reload does the same.

const live = () => document.querySelectorAll("[data-live][id]");
let due;
let busy = false;

/** Soon, and once for many changes that come together. */
function soon(milliseconds = 150) {
  due ??= setTimeout(refresh, milliseconds);
}

async function refresh() {
  due = undefined;
  // Nobody's typing is thrown away, and nobody looks at a hidden page.
  if (busy || document.hidden || document.activeElement?.matches("[data-live] :is(input, textarea, select)")) return;
  busy = true;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
    if (answer.redirected) return location.reload();
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of live()) {
      const next = fresh.getElementById(part.id);
      if (next && next.innerHTML !== part.dataset.drawn) draw(part, next);
    }
  } catch {
    // The service may be restarting: the stream comes back and asks again.
  } finally {
    busy = false;
  }
}

/** Puts the new part in place, and the reader's folds and focus back where they were. */
function draw(part, next) {
  const html = next.innerHTML;
  const open = [...part.querySelectorAll("details[open][id]")].map((fold) => fold.id);
  const focus = part.contains(document.activeElement) ? place(part, document.activeElement) : undefined;
  part.replaceChildren(...next.childNodes);
  part.dataset.drawn = html;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focus) find(part, focus)?.focus({ preventScroll: true });
}

const reachable = "a[href], button, summary";
const named = (element) => element.getAttribute("href") ?? element.getAttribute("formaction") ?? element.textContent;

function place(part, element) {
  const alike = [...part.querySelectorAll(reachable)].filter((other) => named(other) === named(element));
  return { name: named(element), at: alike.indexOf(element) };
}

function find(part, { name, at }) {
  return [...part.querySelectorAll(reachable)].filter((other) => named(other) === name)[at];
}

if (live().length) {
  for (const part of live()) part.dataset.drawn = part.innerHTML;
  const changes = new EventSource("/events");
  changes.addEventListener("changed", () => soon());
  changes.addEventListener("open", () => soon());
  document.addEventListener("visibilitychange", () => soon());
  // "in 23 min" grows old by itself.
  setInterval(() => soon(0), 30_000);
}
