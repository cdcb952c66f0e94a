// The page of phones: reads the demo's state, draws it, and sends what the visitor does.
//
// The server tells of a change over an event stream; the page then reads the whole state and brings
// what is on the screen in line with it. Whatever is already there stays the same element, so that
// focus, typing and scrolling survive every change.

const $ = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Phones on the screen, by id. */
const phones = new Map();
/** The state last drawn. */
let drawn = null;

// ---- Small things of drawing -------------------------------------------------------------

function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name in node && name !== "role") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

/** Sets a text only where it differs: what does not change is not announced and not selected away. */
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Brings the children of `parent` in line with `items`, one element an id, in their order. */
function reconcile(parent, items, create, update) {
  const known = new Map([...parent.children].map((child) => [child.dataset.id, child]));
  const fresh = [];
  let place = parent.firstElementChild;
  for (const item of items) {
    let child = known.get(item.id);
    if (!child) {
      child = create(item);
      child.dataset.id = item.id;
      fresh.push(item);
    }
    known.delete(item.id);
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
    update?.(child, item);
  }
  for (const gone of known.values()) gone.remove();
  return fresh;
}

/** Texts as they are, with codes set apart and links to this very site made links. */
function dressed(text) {
  const pattern = /\b[ACDEFGHJKMNPQRTUVWXY][34679][ACDEFGHJKMNPQRTUVWXY]\b|https?:\/\/[^\s<>"]+[^\s<>".,;:)]/g;
  const parts = document.createDocumentFragment();
  let from = 0;
  for (const hit of text.matchAll(pattern)) {
    parts.append(text.slice(from, hit.index));
    from = hit.index + hit[0].length;
    if (!hit[0].startsWith("http")) parts.append(make("b", { className: "code" }, hit[0]));
    else if (URL.canParse(hit[0]) && new URL(hit[0]).origin === location.origin) parts.append(make("a", { href: hit[0], target: "_blank", rel: "noopener" }, hit[0]));
    else parts.append(hit[0]);
  }
  parts.append(text.slice(from));
  return parts;
}

/** The language of a text where it is plainly Spanish, so that it is read aloud as such. */
function spokenIn(text) {
  return /[¿¡ñ]|\b(hola|bebé|gracias|somos|consultoras)\b/i.test(text) ? "es" : null;
}

let clockFormat = null;
function hour(at) {
  return clockFormat.format(new Date(at)).toLowerCase();
}

const bare = (name) => name.split(",")[0].trim();
const firstName = (name) => name.split(/[\s,]/)[0];
/** What each consultant has in the referral that runs, by her name: "place 1 of 3", "on standby". */
let standings = new Map();
const asleep = {
  family: "Tap a text to send it to the chapter's line:",
  member: "No texts yet.",
  admin: "Quiet. A text comes when a person is needed.",
};
const roles = { family: "the family", member: "consultant", admin: "the admin" };

// ---- Phones ------------------------------------------------------------------------------

const arrival = {
  received: "received", waiting: "waiting", sending: "on its way", accepted: "sent",
  delivered: "delivered", failed: "failed", unknown: "no word yet",
};
/** Whether a text has reached the phone it is shown on, as far as anyone knows. */
const arrived = (message) => !message.mine && (message.state === "accepted" || message.state === "delivered" || message.state === "received");

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
    make("span", { className: "meta", lang: "en" }, make("b", {}), " ", make("time", { dateTime: message.at }, hour(message.at))));
  return node;
}

function drawBubble(node, message) {
  node.dataset.state = message.state;
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

// ---- Which phone is in view, where only one fits ------------------------------------------

const watch = new IntersectionObserver((entries) => {
  for (const { target, intersectionRatio } of entries) {
    const view = phones.get(target.id.slice("phone-".length));
    if (!view) continue;
    view.inView = intersectionRatio > 0.6;
    view.tab?.toggleAttribute("data-in-view", view.inView);
    view.tab?.setAttribute("aria-current", view.inView ? "true" : "false");
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

// ---- What happens ------------------------------------------------------------------------

const states = {
  gathering: "reading", settling: "reading", asked: "asked the family", held: "held for the admin", queued: "waits for the morning",
  open: "asking", filled: "three found", handed_off: "names sent", closed: "closed", withdrawn: "withdrawn",
};

function createReferral() {
  return $("referral-template").content.firstElementChild.cloneNode(true);
}

function drawReferral(node, referral) {
  const part = (selector) => node.querySelector(selector);
  const title = part(".title");
  if (title.dataset.code !== (referral.code ?? "")) {
    title.dataset.code = referral.code ?? "";
    title.replaceChildren("Referral", ...(referral.code ? [" ", make("b", { className: "code" }, referral.code)] : []));
  }
  const badge = part(".badge");
  badge.dataset.state = referral.state;
  say(badge, states[referral.state] ?? referral.state.replaceAll("_", " "));
  say(part(".about"), referral.about ?? "");
  const promised = referral.promised_at && ["open", "filled", "queued"].includes(referral.state);
  say(part(".promised"), promised ? `Names promised by ${hour(referral.promised_at)}.` : "");
  part(".promised").hidden = !promised;
  const places = part(".places");
  places.hidden = !referral.code;
  reconcile(places, referral.places.map((place) => ({ ...place, id: String(place.place) })),
    (place) => make("li", {}, make("span", { className: "seat" }, String(place.place)), make("span", { className: "who" }), make("span", { className: "kind muted" })),
    (row, place) => {
      row.dataset.kind = place.kind;
      say(row.querySelector(".who"), place.name ?? "free");
      say(row.querySelector(".kind"), place.kind === "provisional" ? "being asked" : "");
    });
  say(part(".standby"), referral.standby.length ? `On standby: ${referral.standby.join(", ")}.` : "");
  part(".standby").hidden = !referral.standby.length;
  let before = "";
  return reconcile(part(".trace"), referral.trace,
    (step) => {
      const row = make("li", {}, make("time", { dateTime: step.at }, hour(step.at)), make("span", { className: "words" }, dressed(step.words)));
      row.dataset.weight = step.weight;
      return row;
    },
    (row, step) => {
      // The same minute is told once.
      row.classList.toggle("same-minute", before === hour(step.at));
      before = hour(step.at);
    });
}

function drawStory(state, first) {
  const scroll = $("story-scroll");
  const near = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
  const news = [];
  // The oldest first: the story is read downwards and the newest is at its end.
  reconcile($("referrals"), [...state.referrals].sort((a, b) => born(a).localeCompare(born(b))), createReferral, (node, referral) => news.push(...drawReferral(node, referral)));
  $("story-empty").hidden = state.referrals.length > 0;
  const latest = state.referrals.flatMap((referral) => referral.trace).reduce((last, step) => (last && last.at > step.at ? last : step), null);
  $("latest").hidden = !latest;
  say($("latest"), latest?.words ?? "");
  if (news.length && (near || first)) scroll.scrollTop = scroll.scrollHeight;
  return first ? [] : news.filter((step) => step.weight !== "plain").map((step) => step.words);
}

function standingsIn(referral) {
  const held = (referral?.places ?? []).filter((place) => place.name);
  return new Map([
    ...(referral?.standby ?? []).map((name) => [bare(name), "on standby"]),
    ...held.map((place) => [bare(place.name), place.kind === "provisional" ? `place ${place.place}, being asked` : `place ${place.place} of 3`]),
  ]);
}

const born = (referral) => referral.trace[0]?.at ?? "9";

function drawPost(state, first) {
  const fresh = reconcile($("emails"), state.emails, (email) => make("details", { className: "email" },
    make("summary", {}, make("span", {}, make("b", {}, email.subject), make("span", { className: "to muted" }, `to ${email.to}, `, make("time", { dateTime: email.at }, hour(email.at))))),
    make("p", { className: "body" }, dressed(email.body))));
  say($("post-count"), String(state.emails.length));
  $("post-empty").hidden = state.emails.length > 0;
  $("post").classList.toggle("has-news", !first && fresh.length > 0 && !$("post").open);
}

// ---- How to play, clock, carrier ---------------------------------------------------------

/** How far the visitor has come, told by the state alone: a reload forgets nothing. */
function progress(state) {
  const family = state.phones.find((phone) => phone.role === "family");
  const named = (referral) => referral.places.filter((place) => place.kind === "firm");
  const best = state.referrals.reduce((most, referral) => Math.max(most, named(referral).length), 0);
  const read = state.referrals.some((referral) => named(referral).length > 0 && family?.messages.some((message) => arrived(message)
    && named(referral).every((place) => place.name && message.text.includes(bare(place.name)))));
  return { text: Boolean(family?.messages.some((message) => message.mine)), claim: best >= 3, read, best, family };
}

function drawGuide(state) {
  const done = progress(state);
  const now = ["text", "claim", "read"].find((step) => !done[step]) ?? null;
  for (const item of $("steps").children) {
    const { step } = item.dataset;
    item.toggleAttribute("data-done", done[step]);
    item.toggleAttribute("data-now", step === now);
    if (step === now) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
    say(item.querySelector(".done"), done[step] ? "Done: " : "");
  }
  say(document.querySelector("[data-step=claim] .progress"), done.text && !done.claim && done.best ? ` (${done.best} of 3)` : "");
  const who = done.family ? firstName(done.family.name) : "the family";
  const open = state.referrals.some((referral) => referral.state === "open");
  const held = state.referrals.some((referral) => referral.state === "held");
  const settling = state.jumps.some((jump) => jump.id === "settle");
  let hint = `${who} is a parent who needs help. Tap one of the suggested texts on that phone.`;
  if (done.read) hint = `${who} has the names. Now try the morning, the console, or a bad day at the carrier.`;
  else if (done.claim) hint = `Three places are taken. The names are on their way to ${who}'s phone.`;
  else if (open) hint = "The consultants' phones light up one after another. Tap the code on three of them.";
  else if (held) hint = "This one waits for a person: look at the admin's phone, the e-mail and the console.";
  else if (settling) hint = "Texts that come close together are read as one. Wait 25 seconds, or move the clock on.";
  else if (done.text) hint = `Look at ${who}'s phone: the line answers within seconds.`;
  say($("hint"), hint);
  return { settling: settling && !open && !done.claim, claiming: open && !done.claim };
}

function drawJumps(state, pressing) {
  const held = $("jumps").contains(document.activeElement);
  reconcile($("jumps"), state.jumps, (jump) => {
    const button = make("button", { type: "button", className: "button jump" });
    button.addEventListener("click", () => void ask("/demo/jump", { id: jump.id }));
    return button;
  }, (button, jump) => {
    say(button, jump.label);
    button.classList.toggle("primary", jump.id === "settle" && pressing);
  });
  // A jump that has been made is gone: the keyboard stays among the others.
  if (held && !$("jumps").contains(document.activeElement)) $("jumps").firstElementChild?.focus({ preventScroll: true });
}

const goodDay = { latency_ms: 300, loss: 0, duplicates: 0, reordering: 0, busy: 0 };
/** A chance or a delay that is well on its way to the switch's own. */
const isBad = (carrier, box) => carrier[box.name] >= Number(box.value) / 2;

function drawCarrier(carrier) {
  const boxes = [...$("carrier-form").querySelectorAll("input")];
  for (const box of boxes) box.checked = isBad(carrier, box);
  const wrong = boxes.filter((box) => box.checked).map((box) => box.nextElementSibling.querySelector("b").textContent.toLowerCase());
  say($("carrier-mood"), wrong.length > 1 ? `${wrong.length} troubles` : wrong[0] ?? "a good day");
  $("carrier").classList.toggle("bad-day", wrong.length > 0);
}

// ---- The whole page ----------------------------------------------------------------------

function draw(state) {
  const first = drawn === null;
  clockFormat = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit", timeZone: state.zone });
  document.title = `Play a referral - ${state.chapter.short_name} - Latchline demo`;
  say($("chapter"), state.chapter.name);
  say($("line"), state.chapter.line.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3"));
  say($("clock"), state.local);
  $("clock").dateTime = state.now;

  standings = standingsIn(state.referrals.find((referral) => ["open", "filled", "handed_off"].includes(referral.state)));

  const lit = [];
  const place = (parent, list) => reconcile(parent, list, createPhone, (_, phone) => {
    if (drawPhone(phones.get(phone.id), phone, first)) lit.push(firstName(phone.name));
  });
  place($("families"), state.phones.filter((phone) => phone.role === "family"));
  place($("wall"), state.phones.filter((phone) => phone.role !== "family"));
  drawSwitcher(state.phones);
  const told = drawStory(state, first);
  drawPost(state, first);
  const hint = $("hint").textContent;
  const { settling } = drawGuide(state);
  if (!first && hint !== $("hint").textContent) told.push($("hint").textContent);
  drawJumps(state, settling);
  drawCarrier(state.carrier);
  drawn = state;
  announce(told, lit);
}

/** Tells a screen reader what came, gathered so that ten texts are one sentence. */
const waiting = { told: [], lit: new Set(), timer: 0 };
function announce(told, lit) {
  waiting.told.push(...told);
  for (const name of lit) waiting.lit.add(name);
  if (waiting.timer || (!waiting.told.length && !waiting.lit.size)) return;
  waiting.timer = setTimeout(() => {
    const texts = waiting.lit.size ? [`New text on the phone of ${[...waiting.lit].join(", ")}.`] : [];
    say($("spoken"), [...waiting.told, ...texts].join(" "));
    waiting.told = [];
    waiting.lit.clear();
    waiting.timer = 0;
  }, 1500);
}

// ---- Talking to the server ---------------------------------------------------------------

let reading = false;
let again = false;
/** Reads the state; a change that comes meanwhile leads to one more reading, not to many. */
async function refresh() {
  if (reading) { again = true; return; }
  reading = true;
  try {
    do {
      again = false;
      const answer = await fetch("/demo/state", { cache: "no-store" });
      if (!answer.ok) throw new Error(`state: ${answer.status}`);
      draw(await answer.json());
    } while (again);
  } finally {
    reading = false;
  }
}

/** Sends what the visitor did. Whether it went through. */
async function ask(path, body) {
  try {
    const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      trouble("act", problem.title ?? "That did not go through.", problem.detail ?? "Nothing was lost. Try it once more.");
      return false;
    }
    calmed("act");
    await refresh().catch(() => {});
    return true;
  } catch {
    trouble("act", "The demo could not be reached.", "Nothing was lost. Is it still running? Try it once more.");
    return false;
  }
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

function trouble(kind, title, detail) {
  const text = make("p", {}, make("strong", {}, title), ` ${detail}`);
  const node = make("div", { className: "notice" }, text);
  node.dataset.tone = "wait";
  node.dataset.kind = kind;
  if (kind === "act") {
    const close = make("button", { type: "button", className: "button quiet" }, "Close");
    close.addEventListener("click", () => node.remove());
    node.append(close);
  }
  calmed(kind);
  $("troubles").append(node);
}

function calmed(kind) {
  for (const node of [...$("troubles").children]) if (node.dataset.kind === kind) node.remove();
}

/** Listens for changes; after a broken connection tries again after 1, 2, 4 ... at most 15 seconds. */
function listen(failures = 0) {
  const stream = new EventSource("/demo/events");
  stream.addEventListener("open", () => {
    failures = 0;
    calmed("stream");
    refresh().catch(() => {});
  });
  stream.addEventListener("changed", () => refresh().catch(() => {}));
  stream.addEventListener("error", () => {
    stream.close();
    const seconds = Math.min(15, 2 ** failures);
    if (failures > 0) trouble("stream", "The connection to the demo is gone.", "What is on the screen stays. It is tried again every few seconds.");
    setTimeout(() => listen(failures + 1), seconds * 1000);
  });
}

$("restart").addEventListener("click", () => void ask("/demo/restart", {}));
$("carrier-form").addEventListener("change", () => {
  const carrier = { ...goodDay };
  for (const box of $("carrier-form").querySelectorAll("input:checked")) carrier[box.name] = Number(box.value);
  void ask("/demo/carrier", carrier);
});
$("carrier").addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !$("carrier").open) return;
  $("carrier").open = false;
  $("carrier").querySelector("summary").focus();
});
document.addEventListener("pointerdown", (event) => { if (!$("carrier").contains(event.target)) $("carrier").open = false; });
$("post").addEventListener("toggle", () => $("post").classList.remove("has-news"));

listen();
