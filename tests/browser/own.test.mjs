// A consultant's own pages and a family's names, on a phone: slow network, no script, no account.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, phone, slow } from "./lib/browser.mjs";
import { openHouse } from "./lib/house.mjs";
import { linkIn, offersOut } from "./lib/offers.mjs";

const house = openHouse();
const rooms = ["", "/profile", "/areas/brooklyn", "/phone", "/history", "/share"];
const under = (link, room) => new URL(link.pathname + room, link);

/** What the first test leaves to the others: the addresses of an offer, of her page and of the names. */
const left = {};

test("over a slow network and without script she claims, calls it back and goes away on her own page", async () => {
  const { phones, code, offers } = await offersOut(house);
  const [{ member: she, link: offer }, ...others] = offers;
  await she.types("PAGE");
  const own = linkIn(await she.receives(/\/m\//), "m");
  const page = await house.open(own, { size: phone, script: false, network: slow });
  await assertFits(page, "her page");
  await page.getByLabel("For the family to read").first().fill("after 5 pm");
  await page.getByRole("button", { name: `Claim ${code}` }).tap();
  await page.getByText("You have place 1 of 3.").waitFor();
  assert.match(await she.receives(/place 1 of 3/), /after 5 pm/);
  await page.getByRole("button", { name: "Undo" }).tap();
  await page.getByText("0 of 3").waitFor();
  await page.getByRole("button", { name: `Claim ${code}` }).tap();
  await page.getByText("You have place 1 of 3.").waitFor();
  await page.getByRole("button", { name: "I am away" }).tap();
  await page.getByRole("button", { name: "I am back" }).tap();
  await page.getByRole("button", { name: "I am away" }).waitFor();
  for (const { member } of others.slice(0, 2)) {
    await member.types(code);
    await member.receives(/place \d of 3/);
  }
  Object.assign(left, { offer, own, names: linkIn(await phones.family.receives(/\/f\//), "f") });
});

test("over a slow network and without script she changes what she offers", async () => {
  const page = await house.open(under(left.own, "/profile"), { size: phone, script: false, network: slow });
  await page.getByLabel("Korean").check();
  await page.getByLabel(/Shabbat/).check();
  await page.getByLabel("At these hours:").check();
  await page.getByLabel("From", { exact: true }).fill("09:00");
  await page.getByLabel("To", { exact: true }).fill("17:30");
  await page.getByRole("button", { name: "Save" }).tap();
  await page.getByText("Saved.").waitFor();
  assert.ok(await page.getByLabel("Korean").isChecked());
  await page.getByRole("link", { name: "Choose in Bronx" }).tap();
  await page.getByLabel("Riverdale").check();
  await page.getByRole("button", { name: "Save" }).tap();
  await page.getByText("Riverdale").waitFor();
});

/** When a page first showed anything, as its browser tells. */
const painted = () =>
  new Promise((resolve) => {
    const told = (list) => list.getEntriesByName("first-contentful-paint").forEach((one) => resolve(one.startTime));
    new PerformanceObserver(told).observe({ type: "paint", buffered: true });
    setTimeout(() => resolve(Number.NaN), 3000);
  });

test("she gives a photo, and the family sees it beside her name", async () => {
  const profile = under(left.own, "/profile");
  const page = await house.open(profile, { size: phone, script: false, network: slow });
  const sends = async (name, mimeType, buffer) => {
    await page.getByLabel("A photo, if you like").setInputFiles({ name, mimeType, buffer });
    await page.getByRole("button", { name: "Show it to families" }).tap();
  };
  await sends("me.jpg", "image/jpeg", Buffer.from("no photo at all"));
  await page.getByText("That was no photo that can be opened.").waitFor();
  await sends("me.png", "image/png", await page.screenshot());
  await page.getByText("Your photo is kept.").waitFor();
  assert.ok(await drawn(page.getByAltText("Your photo as families see it")));
  await assertFits(page, "her profile with a photo");
  const names = await house.open(left.names, { size: phone, script: false });
  assert.ok(await drawn(names.locator("img.portrait")), "one of the three has a photo");
  await assertFits(names, "the names with a photo");
});

/** Whether a picture has come and is square. */
const drawn = (picture) => picture.evaluate(async (image) => {
  await image.decode();
  return image.naturalWidth > 200 && image.naturalWidth === image.naturalHeight;
});

test("an offer, the names and her pages are drawn from one small answer over a slow network", async (t) => {
  for (const address of [left.offer, left.names, ...rooms.map((room) => under(left.own, room))]) {
    const page = await house.open(address, { size: phone, network: slow });
    await page.waitForLoadState("load");
    const what = address.pathname.replace(/\/\w{16}/, "/...");
    const bytes = house.visits.at(-1).bytes();
    t.diagnostic(`${what}: ${bytes} bytes, first paint after ${Math.round(await page.evaluate(painted))} ms`);
    assert.ok(bytes > 5_000 && bytes < 40_000, `${what}: ${bytes} bytes`);
    const waitedFor = await page.evaluate(() => performance.getEntriesByType("resource").filter((one) => one.renderBlockingStatus === "blocking").map((one) => one.name));
    assert.deepEqual(waitedFor, [], `${what} is drawn with what came with it`);
    await assertFits(page, what);
  }
});

test("the names and her pages are accessible, light and dark", async () => {
  for (const [room, theme] of [...rooms.map((room) => [room, "light"]), ["/profile", "dark"]]) {
    await assertAccessible(await house.open(under(left.own, room), { size: phone, theme }), `her page ${room}, ${theme}`);
  }
  for (const theme of ["light", "dark"]) {
    await assertAccessible(await house.open(left.names, { size: phone, theme }), `the names, ${theme}`);
  }
});

test("a page that is kept can be installed; without a connection it says so, and keeps nothing of hers", async () => {
  const page = await house.open(under(left.own, "/phone"), { size: phone });
  await page.getByRole("button", { name: "Keep my page on this phone" }).tap();
  await page.getByText("Your page is kept.").waitFor();
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector("link[rel=manifest]").href)).json());
  const start = new URL(manifest.start_url, left.own);
  assert.equal(start.href, page.url().replace(/\/phone.*/, ""));
  assert.notEqual(start.href, left.own.href);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await page.context().setOffline(true);
  await page.goto(start.href);
  await page.getByRole("heading", { name: "No connection" }).waitFor();
  const kept = await page.evaluate(async () => {
    const all = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname);
    return all;
  });
  assert.ok(kept.length >= 3 && kept.every((path) => path.startsWith("/assets/") || path === "/m/offline"), kept.join(" "));
  await page.context().setOffline(false);
  await page.goto(start.href);
  await page.getByRole("heading", { name: "Open to you" }).waitFor();
  house.visits.at(-1).expects(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
});

test("a notification that comes to the worker is shown and leads to her offer", async () => {
  const page = await house.open(under(left.own, "/phone"), { size: phone });
  await page.context().grantPermissions(["notifications"], { origin: left.own.origin });
  const browser = await page.context().newCDPSession(page);
  const registered = new Promise((resolve) => {
    browser.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      const active = versions.find((one) => one.status === "activated");
      if (active) resolve(active.registrationId);
    });
  });
  await browser.send("ServiceWorker.enable");
  const told = { title: "NYLCA", body: "K7Q: a family asks", tag: "K7Q", open: left.offer.href };
  const push = { origin: left.own.origin, registrationId: await registered, data: JSON.stringify(told) };
  await browser.send("ServiceWorker.deliverPushMessage", push);
  const shown = await page.waitForFunction(async () => {
    const [one] = await (await navigator.serviceWorker.ready).getNotifications();
    return one && { title: one.title, body: one.body, tag: one.tag, open: one.data.open };
  });
  assert.deepEqual(await shown.jsonValue(), told);
});
