// The phones: whose they are, what was texted, what can be said next, and what is still unread.

import { $, bare, dressed, firstName, hour, make, reconcile, say, spokenIn } from "./drawing.js";
import { ask } from "./server.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
/** Phones on the screen, by id. */
const phones = new Map();
/** What each consultant has in the referral that runs, by her name: "place 1 of 3", "on standby". */
let standings = new Map();
const asleep = {
  family: "Tap a text to send it to the chapter's line:",
  member: "No texts yet.",
  admin: "Quiet. A text comes when a person is needed.",
};
const roles = { family: "the family", member: "consultant", admin: "the admin" };

const arrival = {
  received: "received", waiting: "waiting", sending: "on its way", accepted: "sent",
  delivered: "delivered", failed: "failed", unknown: "no word yet",
};
/** Whether a text has reached the phone it is shown on, as far as anyone knows. */
export const arrived = (message) => !message.mine && (message.state === "accepted" || message.state === "delivered" || message.state === "received");

function createPhone(phone) {
  const node = $("phone-template").content.firstElementChild.cloneNode(true);
  const part = (selector) => node.querySelector(selector);
  node.id = `phone-${phone.id}`;
  node.dataset.role = phone.role;
  part(".name").id = `name-${phone.id}`;
  part(".screen").setAttribute("aria-label", `Texts on ${firstName(phone.name)}'s phone`);
  node.setAttribute("aria-labelledby", `name-${phone.id}`);
  const field = part("input");
  field.id = `field-${phone.id}`;
  field.placeholder = "Text the line";
  part("label").htmlFor = field.id;
  part("label").textContent = `Text the line as ${phone.name}`;
  const view = {
    id: phone.id, node, field, screen: part(".screen"), thread: part(".thread"), asleep: part(".asleep"),
    fresh: part(".fresh"), suggested: part(".suggested"), form: part("form"), unread: new Set(), seen: new Set(), offered: "", tab: null,
  };
  view.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text) void send(view, text, true);
    else field.focus();
  });
  // Where room is short the field gives way to the suggestions, and comes when it is asked for.
  field.addEventListener("keydown", (event) => { if (event.key === "Escape") writes(view, false); });
  field.addEventListener("blur", () => { if (!field.value) view.node.classList.remove("writes"); });
  node.addEventListener("pointerdown", () => markRead(view));
  node.addEventListener("focusin", () => markRead(view));
  phones.set(phone.id, view);
  watch.observe(node);
  return node;
}

function drawPhone(view, phone, first) {
  const part = (selector) => view.node.querySelector(selector);
  say(part(".name"), phone.name);
  say(part(".face"), firstName(phone.name).slice(0, 1));
  const standing = standings.get(bare(phone.name));
  say(part(".about"), standing ?? (phone.role === "admin" || !phone.about ? roles[phone.role] : phone.about));
  part(".about").classList.toggle("standing", Boolean(standing));
  view.standing = standing;
  say(view.asleep, phone.messages.length ? "" : asleep[phone.role]);
  view.asleep.hidden = phone.messages.length > 0;
  view.node.classList.toggle("lit", phone.messages.length > 0);

  const near = view.screen.scrollHeight - view.screen.scrollTop - view.screen.clientHeight < 80;
  const fresh = reconcile(view.thread, phone.messages, createBubble, drawBubble);
  let news = 0;
  for (const message of phone.messages) {
    if (!arrived(message) || view.seen.has(message.id)) continue;
    view.seen.add(message.id);
    if (first || view.node.contains(document.activeElement)) continue;
    view.unread.add(message.id);
    news += 1;
  }
  if (!phone.messages.length) { view.unread.clear(); view.seen.clear(); }
  if (phone.messages.at(-1)?.mine && fresh.length) view.unread.clear();
  drawSuggestions(view, phone);
  drawUnread(view);
  if (fresh.length && (near || first || fresh.at(-1).mine)) scrollToNewest(view);
  return news;
}

/** The end of the thread, or the beginning of its last text where that does not fit. */
function scrollToNewest({ screen, thread }) {
  const last = thread.lastElementChild;
  screen.scrollTop = Math.min(screen.scrollHeight, last.offsetTop - 8);
}

function createBubble(message) {
  const node = make("li", { className: message.mine ? "bubble mine" : "bubble", lang: spokenIn(message.text) },
    make("span", { className: "said", dir: "auto" }, dressed(message.text)),
    make("span", { className: "meta", lang: "en" }, make("b", {}), " ", make("time", { dateTime: message.at })));
  return node;
}

function drawBubble(node, message) {
  node.dataset.state = message.state;
  say(node.querySelector("time"), hour(message.at));
  say(node.querySelector(".meta b"), message.mine && message.state !== "failed" ? "sent" : arrival[message.state] ?? message.state);
}

/**
 * Short suggestions stand above the field; a family's whole texts lie in a fold once the first is sent.
 * A phone that nobody has texted has nothing to answer: it shows none, so that the family's are the first to be seen.
 */
function drawSuggestions(view, phone) {
  const started = phone.messages.some((message) => message.mine);
  const quiet = phone.role !== "family" && !phone.messages.length;
  const offered = JSON.stringify([phone.suggestions, started && phone.role, quiet]);
  if (offered === view.offered) return;
  view.offered = offered;
  const long = phone.suggestions.some((text) => text.length > 24);
  // The short ones share a line, so they go together.
  const ordered = long ? phone.suggestions : phone.suggestions.toSorted((a, b) => Number(a.length > 8) - Number(b.length > 8));
  const list = make("ul", { className: long ? "suggestions whole" : "suggestions" }, ...ordered.map((text) => {
    const button = make("button", { type: "button", className: "suggestion", dir: "auto", lang: spokenIn(text) }, text);
    button.addEventListener("click", () => void send(view, text, false));
    return make("li", {}, button);
  }));
  if (!long) {
    const write = make("button", { type: "button", className: "suggestion write" }, make("span", { className: "visually-hidden" }, "Write your own"));
    write.addEventListener("click", () => writes(view, true));
    list.append(make("li", { className: "write-item" }, write));
  }
  list.setAttribute("aria-label", `Suggested texts for ${firstName(phone.name)}`);
  const held = view.suggested.contains(document.activeElement);
  if (quiet) view.suggested.replaceChildren();
  else if (!long) view.suggested.replaceChildren(list);
  else view.suggested.replaceChildren(make("details", { open: !started }, make("summary", {}, "Suggested texts"), list));
  view.node.classList.toggle("choosing", long && !started);
  view.node.classList.toggle("choice-only", !long && !quiet && phone.suggestions.length > 0);
  // Not the field: on a touch screen that would raise the keyboard.
  if (held) view.screen.focus({ preventScroll: true });
}

function writes(view, open) {
  view.node.classList.toggle("writes", open);
  (open ? view.field : view.screen).focus({ preventScroll: true });
}

function drawUnread(view) {
  readSoon(view);
  const count = view.unread.size;
  view.node.classList.toggle("has-news", count > 0);
  view.fresh.hidden = count === 0;
  say(view.fresh, count > 1 ? `${count} new` : "new");
  if (view.tab) {
    view.tab.classList.toggle("has-news", count > 0);
    say(view.tab.querySelector(".note"), count ? `${count} new` : "");
  }
}

function markRead(view) {
  if (!view.unread.size) return;
  view.unread.clear();
  drawUnread(view);
}

async function send(view, text, typed) {
  if (view.node.hasAttribute("aria-busy")) return;
  view.node.setAttribute("aria-busy", "true");
  markRead(view);
  if (await ask("/demo/text", { phone: view.id, text }) && typed) {
    view.field.value = "";
    if (view.node.classList.contains("writes")) writes(view, false);
  }
  view.node.removeAttribute("aria-busy");
}

function standingsIn(referral) {
  const held = (referral?.places ?? []).filter((place) => place.name);
  return new Map([
    ...(referral?.standby ?? []).map((name) => [bare(name), "on standby"]),
    ...held.map((place) => [bare(place.name), place.kind === "provisional" ? `place ${place.place}, being asked` : `place ${place.place} of 3`]),
  ]);
}

/** Draws every phone; gives the first names of those on which something arrived. */
export function drawPhones(state, first) {
  standings = standingsIn(state.referrals.find((referral) => ["open", "filled", "handed_off"].includes(referral.state)));
  const lit = [];
  const place = (parent, list) => reconcile(parent, list, createPhone, (_, phone) => {
    if (drawPhone(phones.get(phone.id), phone, first)) lit.push(firstName(phone.name));
  });
  place($("families"), state.phones.filter((phone) => phone.role === "family"));
  place($("wall"), state.phones.filter((phone) => phone.role !== "family"));
  drawSwitcher(state.phones);
  return lit;
}

// ---- Which phone is in view, where only one fits ------------------------------------------

const watch = new IntersectionObserver((entries) => {
  for (const { target, intersectionRatio } of entries) {
    const view = phones.get(target.id.slice("phone-".length));
    if (!view) continue;
    view.inView = intersectionRatio > 0.6;
    view.tab?.toggleAttribute("data-in-view", view.inView);
    view.tab?.setAttribute("aria-current", view.inView ? "true" : "false");
    const strip = document.querySelector(".switcher");
    if (view.inView && view.tab && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = view.tab.offsetLeft - strip.clientWidth / 3;
    readSoon(view);
  }
}, { threshold: [0, 0.6, 1] });

const wall = matchMedia("(min-width: 80rem)");
/** Where phones pass by one at a time, the one that is looked at is read after a moment. */
function readSoon(view) {
  if (wall.matches || !view.inView || !view.unread.size) return;
  clearTimeout(view.reading);
  view.reading = setTimeout(() => { if (view.inView && !document.hidden) markRead(view); }, 4000);
}

function drawSwitcher(list) {
  reconcile($("switcher"), list, (phone) => {
    const view = phones.get(phone.id);
    const tab = make("button", { type: "button", className: "tab" }, make("span", { className: "who" }, firstName(phone.name)), make("span", { className: "role" }, roles[phone.role]), make("span", { className: "note" }));
    tab.addEventListener("click", () => {
      view.node.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "nearest", inline: "center" });
      view.screen.focus({ preventScroll: true });
    });
    view.tab = tab;
    tab.dataset.role = phone.role;
    tab.toggleAttribute("data-in-view", Boolean(view.inView));
    return make("li", {}, tab);
  }, (_, phone) => say(phones.get(phone.id).tab.querySelector(".role"), phones.get(phone.id).standing ?? roles[phone.role]));
}
