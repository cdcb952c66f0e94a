// The console, as the sample chapter's owner finds it beside the demo.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, laptop, phone } from "./lib/browser.mjs";
import { openHouse } from "./lib/house.mjs";
import { codeIn, Phones } from "./lib/phones.mjs";

const loss = "My son was stillborn on Tuesday and my milk came in today. I don't know what to do. Park Slope 11215";

const house = openHouse();

/** A family whose text waits for a person. */
async function somethingHeld() {
  const phones = await new Phones(await house.open(house.demo.phones)).ready();
  await phones.startOver();
  await phones.family.types(loss);
  await phones.settles();
  await phones.admin.receives(/./);
  return phones;
}

/** Opens, from the console's first page, what is held. */
async function openHeld(page) {
  await page.locator("main :is(article, li, tr)").filter({ has: page.locator("[data-state=held]") }).first().getByRole("link").first().click();
  await page.getByRole("button", { name: /release/i }).waitFor({ timeout: 10_000 });
}

test("what is held is seen, understood and released", async () => {
  const phones = await somethingHeld();
  for (const member of await phones.members()) assert.equal(await member.received().count(), 0, "nobody is asked while it is held");

  const page = await house.open(house.demo.console);
  assert.equal(await page.getByLabel(/password|e-mail|email/i).count(), 0, "the visitor is signed in");
  await openHeld(page);
  assert.match(await page.locator("main").innerText(), /my milk came in/, "the thread is shown");
  await page.getByRole("button", { name: /release/i }).click();

  const lit = await phones.lit(/\b[ACDEFGHJKMNPQRTUVWXY][34679][ACDEFGHJKMNPQRTUVWXY]\b/, 3);
  const code = codeIn(await lit[0].receives(/./));
  assert.ok(code, "the members are asked with a code");
});

test("what is held is closed", async () => {
  const phones = await somethingHeld();
  const page = await house.open(house.demo.console);
  await openHeld(page);
  await page.locator("#close summary").click();
  await page.locator("#close").getByRole("checkbox").check();
  await page.getByRole("button", { name: "Close it" }).click();
  await page.getByText("Closed.", { exact: true }).waitFor();
  await page.goto(house.demo.console.href);
  assert.equal(await page.locator("main [data-state=held]").count(), 0, "nothing is held any more");
  for (const member of await phones.members()) assert.equal(await member.received().count(), 0, "nobody was asked");
});

for (const [place, size] of Object.entries({ laptop, phone })) {
  for (const theme of ["light", "dark"]) {
    test(`the console is accessible on a ${place}, ${theme}`, async () => {
      await somethingHeld();
      const page = await house.open(house.demo.console, { size, theme });
      await assertAccessible(page, "the first page");
      await assertFits(page, "the first page");
      await openHeld(page);
      await assertAccessible(page, "an inquiry that is held");
      await assertFits(page, "an inquiry that is held");
    });
  }
}

test("a reading is corrected in two taps on a phone", async () => {
  await somethingHeld();
  const page = await house.open(house.demo.console, { size: phone });
  await openHeld(page);
  const place = page.locator("#fact-place");
  assert.match(await place.locator("summary").innerText(), /11215/);
  await place.locator("summary").tap();
  await assertAccessible(page, "a fact with what it may be");
  await assertFits(page, "a fact with what it may be");
  await place.getByRole("button", { name: "Queens", exact: true }).tap();
  await page.getByText("Corrected.").waitFor({ timeout: 10_000 });
  assert.match(await page.locator("#fact-place summary").innerText(), /Queens/);
});

test("a message is tried on a phone", async () => {
  const page = await house.open(house.demo.console, { size: phone });
  await page.getByRole("link", { name: "Try a message" }).click();
  await page.getByLabel("As it would come").fill("Baby 5 days will not latch, Park Slope 11215");
  await page.getByRole("button", { name: "Read it" }).click();
  await page.locator("#tried").waitFor({ timeout: 10_000 });
  assert.match(await page.locator("#tried").innerText(), /STOP/, "the first answer, word for word");
  assert.doesNotMatch(page.url(), /latch/, "the words are in no address");
  await assertAccessible(page, "a message tried");
  await assertFits(page, "a message tried");
});

test("nobody gets in without being signed in by the demo", async () => {
  const stranger = await fetch(new URL("/api/v1/referrals", house.demo.console));
  assert.equal(stranger.status, 401);
});
