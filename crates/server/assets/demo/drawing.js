// Small things of drawing: elements, lists that keep their elements, texts and times.

/** The element of the page with this id. */
export const $ = (id) => document.getElementById(id);

/** A new element with these properties; a name that is no property becomes an attribute, null and false leave it out. */
export function make(tag, props = {}, ...children) {
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
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Brings the children of `parent` in line with `items`, one element an id, in their order. */
export function reconcile(parent, items, create, update) {
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
export function dressed(text) {
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
export function spokenIn(text) {
  return /[¿¡ñ]|\b(hola|bebé|gracias|somos|consultoras)\b/i.test(text) ? "es" : null;
}

/** How times are told: in the chapter's zone, with the day where it is not the demo's today. */
const clock = { hours: null, days: null, today: "" };
export function setClock(zone, now) {
  clock.hours = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit", timeZone: zone });
  clock.days = new Intl.DateTimeFormat("en-US", { weekday: "short", timeZone: zone });
  clock.today = clock.days.format(new Date(now));
}
export function hour(at) {
  const day = clock.days.format(new Date(at));
  const told = clock.hours.format(new Date(at)).replace(/\s/g, " ").toLowerCase();
  return day === clock.today ? told : `${day} ${told}`;
}

export const bare = (name) => name.split(",")[0].trim();
export const firstName = (name) => name.split(/[\s,]/)[0];
