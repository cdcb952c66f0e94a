// How to play, the clock that can be moved on, and the carrier's bad days.

import { $, bare, firstName, make, reconcile, say } from "./drawing.js";
import { arrived } from "./phones.js";
import { ask } from "./server.js";

/** How far the visitor has come, told by the state alone: a reload forgets nothing. */
function progress(state) {
  const family = state.phones.find((phone) => phone.role === "family");
  const named = (referral) => referral.places.filter((place) => place.kind === "firm");
  const best = state.referrals.reduce((most, referral) => Math.max(most, named(referral).length), 0);
  const read = state.referrals.some((referral) => named(referral).length > 0 && family?.messages.some((message) => arrived(message)
    && named(referral).every((place) => place.name && message.text.includes(bare(place.name)))));
  return { text: Boolean(family?.messages.some((message) => message.mine)), claim: best >= 3, read, best, family };
}

/** Draws the three steps and the hint; whether nothing but the settling is waited for. */
export function drawGuide(state) {
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
  return settling && !open && !done.claim;
}

/** Draws the ways to move the clock on; `pressing` makes the settling the next thing to press. */
export function drawJumps(state, pressing) {
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

/** What a number may be to the carrier, and how the page says it. */
const standings = { reached: "reached", opted_out: "texted STOP to the carrier", bad_number: "takes no texts" };

/** Draws the switches of the simulated carrier as the server has them. */
export function drawCarrier({ carrier, phones }) {
  const boxes = [...$("carrier-form").querySelectorAll("input")];
  for (const box of boxes) box.checked = isBad(carrier, box);
  reconcile($("numbers"), phones, (phone) => {
    const select = make("select", { className: "select", name: "number" }, ...Object.entries(standings).map(([value, words]) => make("option", { value }, words)));
    select.addEventListener("change", () => void ask("/demo/number", { phone: phone.id, standing: select.value }));
    return make("label", {}, make("span", {}, firstName(phone.name)), select);
  }, (label, phone) => { label.querySelector("select").value = phone.standing; });
  const wrong = boxes.filter((box) => box.checked).map((box) => box.nextElementSibling.querySelector("b").textContent.toLowerCase());
  wrong.push(...phones.filter((phone) => phone.standing !== "reached").map((phone) => `${firstName(phone.name)} is not reached`));
  say($("carrier-mood"), wrong.length > 1 ? `${wrong.length} troubles` : wrong[0] ?? "a good day");
  $("carrier").classList.toggle("bad-day", wrong.length > 0);
}

$("carrier-form").addEventListener("change", (event) => {
  if (event.target.name === "number") return;
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
