// What happens: each referral's places and trace in plain words, and the e-mails.

import { $, dressed, hour, make, reconcile, say } from "./drawing.js";

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
      const row = make("li", {}, make("time", { dateTime: step.at }), make("span", { className: "words" }, dressed(step.words)));
      row.dataset.weight = step.weight;
      return row;
    },
    (row, step) => {
      // The same minute is told once.
      row.classList.toggle("same-minute", before === hour(step.at));
      before = hour(step.at);
      say(row.firstElementChild, before);
    });
}

/** Draws the referrals; gives the words of the new steps that matter. */
export function drawStory(state, first) {
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

const born = (referral) => referral.trace[0]?.at ?? "9";

/** Draws the e-mails the service would have sent. */
export function drawPost(state, first) {
  const fresh = reconcile($("emails"), state.emails, (email) => make("details", { className: "email" },
    make("summary", {}, make("span", {}, make("b", {}, email.subject), make("span", { className: "to muted" }, `to ${email.to}, `, make("time", { dateTime: email.at }, hour(email.at))))),
    make("p", { className: "body" }, dressed(email.body))));
  say($("post-count"), String(state.emails.length));
  $("post-empty").hidden = state.emails.length > 0;
  $("post").classList.toggle("has-news", !first && fresh.length > 0 && !$("post").open);
}
