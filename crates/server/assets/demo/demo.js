// The page of phones: reads the demo's state, draws it, and sends what the visitor does.
//
// The server tells of a change over an event stream; the page then reads the whole state and brings
// what is on the screen in line with it. Whatever is already there stays the same element, so that
// focus, typing and scrolling survive every change.

import { $, say, setClock } from "./drawing.js";
import { drawCarrier, drawGuide, drawJumps } from "./guide.js";
import { drawPhones } from "./phones.js";
import { ask, listen } from "./server.js";
import { drawPost, drawStory } from "./story.js";

/** The state last drawn. */
let drawn = null;

function draw(state) {
  const first = drawn === null;
  setClock(state.zone, state.now);
  document.title = `Play a referral - ${state.chapter.short_name} - Latchline demo`;
  say($("chapter"), state.chapter.name);
  say($("line"), state.chapter.line.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3"));
  say($("clock"), state.local);
  $("clock").dateTime = state.now;

  const lit = drawPhones(state, first);
  const told = drawStory(state, first);
  drawPost(state, first);
  const hint = $("hint").textContent;
  const settling = drawGuide(state);
  if (!first && hint !== $("hint").textContent) told.push($("hint").textContent);
  drawJumps(state, settling);
  drawCarrier(state);
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

$("restart").addEventListener("click", () => void ask("/demo/restart", {}));
$("post").addEventListener("toggle", () => $("post").classList.remove("has-news"));

listen(draw);
