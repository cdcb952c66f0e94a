// Talking to the server: acts go out, the event stream says when there is something new to read.

import { $, make } from "./drawing.js";

/** What is done with a state that was read; set by `listen`. */
let draw = () => {};
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

/** Reads because something may have changed; what goes wrong is for the console, the stream tells the visitor. */
const freshen = () => refresh().catch((reason) => console.error("the demo's state could not be drawn:", reason));

/** Sends what the visitor did. Whether it went through. */
export async function ask(path, body) {
  try {
    const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      trouble("act", problem.title ?? "That did not go through.", problem.detail ?? "Nothing was lost. Try it once more.");
      return false;
    }
    calmed("act");
    await freshen();
    return true;
  } catch {
    trouble("act", "The demo could not be reached.", "Nothing was lost. Is it still running? Try it once more.");
    return false;
  }
}

function trouble(kind, title, detail) {
  const text = make("p", {}, make("strong", {}, /[.?]$/.test(title) ? title : `${title}.`), ` ${detail}`);
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

/** Draws every state the server tells of, from now on. */
export function listen(drawState) {
  draw = drawState;
  connect(0);
}

/** Listens for changes; after a broken connection tries again after 1, 2, 4 ... at most 15 seconds. */
function connect(failures) {
  const stream = new EventSource("/demo/events");
  stream.addEventListener("open", () => {
    failures = 0;
    calmed("stream");
    calmed("act");
    void freshen();
  });
  stream.addEventListener("changed", () => void freshen());
  stream.addEventListener("error", () => {
    stream.close();
    const seconds = Math.min(15, 2 ** failures);
    if (failures > 0) trouble("stream", "The connection to the demo is gone.", "What is on the screen stays. It is tried again every few seconds.");
    setTimeout(() => connect(failures + 1), seconds * 1000);
  });
}
