// A consultant's own pages and a family's names, on a phone: slow network, no script, no account.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, phone, slow } from "./lib/browser.mjs";
import { openHouse } from "./lib/house.mjs";
import { linkIn, offersOut } from "./lib/offers.mjs";

const house = openHouse();
const rooms = ["", "/profile", "/areas/brooklyn", "/phone", "/history", "/share"];

/** A consultant asks for her page by text. */
async function ownPage(member) {
  await member.types("PAGE");
  return linkIn(await member.receives(/\/m\//), "m");
}

const under = (link, room) => new URL(link.pathname + room, link);

test("over a slow network and without script she claims, gives back and goes away on her own page", async () => {
  const { code, offers } = await offersOut(house);
  const link = await ownPage(offers[0].member);
  const page = await house.open(link, { size: phone, script: false, network: slow });
  await assertFits(page, "her page");
  await page.getByLabel("For the family to read").first().fill("after 5 pm");
  await page.getByRole("button", { name: `Claim ${code}` }).tap();
  await page.getByText("You have place 1 of 3.").waitFor();
  assert.match(await offers[0].member.receives(/place 1 of 3/), /after 5 pm/);
  await page.getByRole("button", { name: "Undo" }).tap();
  await page.getByText("0 of 3").waitFor();
  await page.getByRole("button", { name: "I am away" }).tap();
  await page.getByText("you are away", { exact: false }).first().waitFor();
  await page.getByRole("button", { name: "I am back" }).tap();
  await page.getByRole("button", { name: "I am away" }).waitFor();
});

test("over a slow network and without script she changes what she offers", async () => {
  const { offers } = await offersOut(house);
  const link = await ownPage(offers[0].member);
  const page = await house.open(under(link, "/profile"), { size: phone, script: false, network: slow });
  await page.getByLabel("Korean").check();
  await page.getByLabel(/Shabbat/).check();
  await page.getByLabel("At these hours:").check();
  await page.getByLabel("From", { exact: true }).fill("09:00");
  await page.getByLabel("To", { exact: true }).fill("17:30");
  await page.getByRole("button", { name: "Save" }).tap();
  await page.getByText("Saved.").waitFor();
  assert.ok(await page.getByLabel("Korean").isChecked());
  await page.getByRole("link", { name: "Choose in Queens" }).tap();
  await page.getByLabel("Astoria").check();
  await page.getByRole("button", { name: "Save" }).tap();
  await page.getByText("Astoria").waitFor();
});

test("an offer, the names and her pages are under 50 kB each, and are seen soon over a slow network", async (t) => {
  const { phones, offers } = await offersOut(house);
  const link = await ownPage(offers[0].member);
  for (const { member, link: offer } of offers.slice(0, 3)) {
    const page = await house.open(offer, { size: phone, script: false });
    await page.getByRole("button", { name: /^Claim/ }).tap();
    await page.getByText("You have place").waitFor();
    await member.receives(/place \d of 3/);
  }
  const names = linkIn(await phones.family.receives(/\/f\//), "f");
  const pages = [offers[0].link, names, ...rooms.map((room) => under(link, room))];
  for (const address of pages) {
    const page = await house.open(address, { size: phone, network: slow });
    await page.waitForLoadState("load");
    const what = address.pathname.replace(/\/\w{16}/, "/...");
    const painted = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
    const bytes = house.visits.at(-1).bytes();
    t.diagnostic(`${what}: ${bytes} bytes, first paint after ${Math.round(painted)} ms`);
    assert.ok(bytes > 0 && bytes < 50_000, `${what}: ${bytes} bytes`);
    await assertFits(page, what);
  }
});

for (const theme of ["light", "dark"]) {
  test(`the names and her pages are accessible, ${theme}`, async () => {
    const { phones, code, offers } = await offersOut(house);
    const link = await ownPage(offers[0].member);
    const open = await house.open(link, { size: phone, theme });
    await assertAccessible(open, "her page with an offer");
    for (const { member } of offers.slice(0, 3)) {
      await member.types(code);
      await member.receives(/place \d of 3/);
    }
    for (const room of rooms) {
      const page = await house.open(under(link, room), { size: phone, theme });
      await assertAccessible(page, `her page ${room}`);
    }
    const names = linkIn(await phones.family.receives(/\/f\//), "f");
    await assertAccessible(await house.open(names, { size: phone, theme }), "the names");
  });
}

test("a page that is kept can be installed, and without a connection it says so and keeps nothing of hers", async () => {
  const { offers } = await offersOut(house);
  const link = await ownPage(offers[0].member);
  const page = await house.open(under(link, "/phone"), { size: phone });
  await page.getByRole("button", { name: "Keep my page on this phone" }).tap();
  await page.getByText("Your page is kept.").waitFor();
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector("link[rel=manifest]").href)).json());
  assert.equal(manifest.start_url, new URL(page.url()).pathname.replace("/phone", ""));
  assert.notEqual(manifest.start_url, link.pathname);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await page.context().setOffline(true);
  await page.goto(manifest.start_url).catch(() => {});
  await page.getByRole("heading", { name: "No connection" }).waitFor();
  const kept = await page.evaluate(async () => {
    const all = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname);
    return all;
  });
  assert.ok(kept.length > 3 && kept.every((path) => path.startsWith("/assets/") || path === "/m/offline"), kept.join(" "));
  await page.context().setOffline(false);
  await page.goto(new URL(manifest.start_url, link).href);
  await page.getByRole("heading", { name: "Open to you" }).waitFor();
  house.visits.at(-1).expects(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
});
