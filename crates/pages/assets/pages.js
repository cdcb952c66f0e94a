// Keeps an open page true: its live part is fetched anew every few seconds while somebody looks.
// Without this script a reload does the same.

const EVERY = 5000;
const STOP_AFTER = 20 * 60 * 1000;
const opened = Date.now();

/** Nobody's typing is thrown away, and no button goes from under a finger. */
const busy = () => document.hidden || document.activeElement?.closest("[data-live]") || document.querySelector("[data-live] :active");
const written = () => [...document.querySelectorAll("[data-live] input")].some((input) => input.value);

async function refresh() {
  if (Date.now() - opened > STOP_AFTER) return clearInterval(timer);
  if (busy() || written()) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live][id]")) {
      const next = fresh.getElementById(part.id);
      if (next && next.innerHTML !== part.innerHTML && !busy() && !written()) part.replaceWith(next);
    }
  } catch {
    // No connection, or the service restarts: it is asked again.
  }
}

const timer = setInterval(refresh, EVERY);
document.addEventListener("visibilitychange", refresh);
