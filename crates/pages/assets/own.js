// A member's pages on her home screen: what helps on a bad connection, and notifications where she
// presses for them. Without this script every page and form works.

const worker = navigator.serviceWorker?.register("/m/worker.js", { scope: "/m/" });
worker?.catch(() => {
  // A browser that keeps no worker shows the pages all the same.
});

const button = document.querySelector("button[data-push]");

async function subscribe() {
  const { key, to } = button.dataset;
  const { pushManager } = await worker.then(() => navigator.serviceWorker.ready);
  const wish = { userVisibleOnly: true, applicationServerKey: key };
  const { endpoint, keys } = (await pushManager.subscribe(wish)).toJSON();
  const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth });
  const answer = await fetch(to, { method: "POST", body });
  location.href = answer.url;
}

if (button && worker && "PushManager" in window) {
  button.hidden = false;
  button.addEventListener("click", () => {
    subscribe().catch(() => {
      document.getElementById("push-refused").hidden = false;
    });
  });
}
