// The page of an offer on a consultant's phone, opened from the link in her text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, phone } from "./lib/browser.mjs";
import { openHouse } from "./lib/house.mjs";
import { offersOut } from "./lib/offers.mjs";

const house = openHouse();

test("three claim on their phones without script, and the family has their names", async () => {
  const { phones, code, offers } = await offersOut(house);
  const line = "after 5 pm, video only";
  for (const [index, { member, link }] of offers.slice(0, 3).entries()) {
    const page = await house.open(link, { size: phone, script: false });
    await assertFits(page, "an offer");
    await page.getByText(`${index} of 3`).waitFor();
    if (index === 0) await page.getByLabel("For the family to read").fill(line);
    await page.getByRole("button", { name: `Claim ${code}` }).tap();
    await page.getByText(`You have place ${index + 1} of 3.`).waitFor();
    if (index === 0) await page.locator("q", { hasText: line }).waitFor();
    await assertFits(page, "a place");
    assert.match(await member.receives(/place \d of 3/), new RegExp(`${code}: place ${index + 1} of 3`));
  }
  const names = await phones.family.receives(/contact them/);
  assert.ok(names.includes(line), names);

  // The fourth finds it filled and stands by; the second gives back, and the fourth has her place.
  const fourth = await house.open(offers[3].link, { size: phone, script: false });
  await fourth.getByRole("button", { name: `Stand by for ${code}` }).tap();
  await fourth.getByText("You are on standby.").waitFor();
  const second = await house.open(offers[1].link, { size: phone, script: false });
  await second.getByRole("button", { name: "I can't do it" }).tap();
  await second.getByText("3 of 3").waitFor();
  await fourth.reload();
  await fourth.getByText("You have place 2 of 3.").waitFor();
  const news = await phones.family.receives(/can't take/);
  assert.ok(news.includes(await offers[3].member.name()), news);
});

test("an open page shows by itself how many places are taken", async () => {
  const { code, offers } = await offersOut(house);
  const page = await house.open(offers[0].link, { size: phone });
  await page.getByText("0 of 3").waitFor();
  await offers[1].member.types(code);
  await offers[1].member.receives(/place 1 of 3/);
  await page.getByText("1 of 3").waitFor({ timeout: 20_000 });
});

for (const theme of ["light", "dark"]) {
  test(`the page of an offer is accessible, ${theme}`, async () => {
    const { code, offers } = await offersOut(house);
    const page = await house.open(offers[0].link, { size: phone, theme });
    await assertAccessible(page, "an offer");
    await page.getByRole("button", { name: `Claim ${code}` }).tap();
    await page.getByText("You have place 1 of 3.").waitFor();
    await assertAccessible(page, "a place");
    await page.getByRole("button", { name: "Undo" }).tap();
    await page.getByText("0 of 3").waitFor();
    const nothing = await page.goto(new URL("/c/aaaaaaaaaaaaaaaa", offers[0].link).href);
    assert.equal(nothing.status(), 404);
    await assertAccessible(page, "a link that opens nothing");
    // What the browser itself says of the page that is missing is no complaint of ours.
    house.visits.at(-1).expects(/404/);
  });
}
