// Runs behind a member's pages: keeps what is the same for everybody, so that a bad connection shows a
// page instead of nothing, and shows notifications. Nothing of hers is kept.

const KEPT = "latchline-2";
const OFFLINE = "/m/offline";
const SAME_FOR_ALL = ["/assets/own.js", "/assets/icon.svg", OFFLINE];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(SAME_FOR_ALL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name !== KEPT);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

/** What is kept, at once; and fetched anew for the next time. */
async function kept(request, event) {
  const cache = await caches.open(KEPT);
  const have = await cache.match(request);
  const fresh = fetch(request).then((answer) => {
    if (answer.ok) cache.put(request, answer.clone());
    return answer;
  });
  if (!have) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return have;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (SAME_FOR_ALL.includes(pathname)) event.respondWith(kept(request, event));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
});

self.addEventListener("push", (event) => {
  const { title, body, tag, open } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: "/assets/app-192.png", data: { open } }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data.open, self.location.origin);
  if (address.origin === self.location.origin) event.waitUntil(self.clients.openWindow(address.href));
});
