// Keeps an open page of the console true: when something of the chapter changed, the parts of the
// page that are marked data-live are fetched anew and put in place of the old ones. Without this
// script a reload does the same.

const live = () => document.querySelectorAll("[data-live][id]");
let due;
let busy = false;
let again = false;
let pressed = false;

/** Soon, and once for many changes that come together. */
function soon(milliseconds = 150) {
  due ??= setTimeout(refresh, milliseconds);
}

/** Nobody's typing is thrown away, no button goes from under a finger, nobody looks at a hidden page. */
const mayDraw = () => !document.hidden && !pressed && !document.activeElement?.matches("[data-live] :is(input, textarea, select)");

async function refresh() {
  due = undefined;
  if (busy || !mayDraw()) {
    again = true;
    return;
  }
  busy = true;
  again = false;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
    if (answer.redirected) return location.reload();
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!mayDraw()) return void (again = true);
    for (const part of live()) {
      const next = fresh.getElementById(part.id);
      if (next && next.innerHTML !== part.dataset.drawn) draw(part, next);
    }
  } catch {
    // The service may be restarting: the stream comes back and asks again.
  } finally {
    busy = false;
    if (again && mayDraw()) soon();
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

/** Listens to what changes. A browser gives a stream up for good where a proxy answers in its place. */
function listen() {
  const changes = new EventSource("/events");
  changes.addEventListener("changed", () => soon());
  changes.addEventListener("open", () => soon());
  changes.addEventListener("error", () => changes.readyState === EventSource.CLOSED && setTimeout(listen, 5000));
}

if (live().length) {
  for (const part of live()) part.dataset.drawn = part.innerHTML;
  listen();
  document.addEventListener("visibilitychange", () => soon());
  document.addEventListener("pointerdown", () => (pressed = true), true);
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      pressed = false;
      if (again) soon();
    }, true);
  }
  document.addEventListener("focusout", () => again && soon());
  // "in 23 min" grows old by itself.
  setInterval(() => soon(0), 30_000);
}

// A button pressed twice decides once.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  else event.target.dataset.sent = "sent";
});
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));

// Whoever has a page before her has opened what it is about: nobody further is called for it. What follows links
// in e-mails is not signed in and presses nothing; a page in the background is looked at by nobody.
function opened() {
  if (document.hidden) return;
  for (const { dataset } of document.querySelectorAll("[data-call]")) fetch(`/calls/${dataset.call}/opened`, { method: "POST" }).catch(() => {});
}
opened();
document.addEventListener("visibilitychange", opened);

// What she types is kept in this tab until it was sent: signing in anew leads her over other pages.
const draft = document.querySelector("textarea[data-draft]");
const key = `draft:${location.pathname}`;
if (/[?&]said=sent/.test(location.search)) sessionStorage.removeItem(key);
if (draft) {
  draft.value ||= sessionStorage.getItem(key) ?? "";
  draft.addEventListener("input", () => sessionStorage.setItem(`draft:${draft.dataset.draft}`, draft.value));
}
document.querySelector("form.whoami")?.addEventListener("submit", () => sessionStorage.clear());
