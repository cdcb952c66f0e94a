// Hospitals' lists: the console of who keeps them, a member's own page, and what a hospital's staff see.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, laptop, phone } from "./lib/browser.mjs";
import { openHouse } from "./lib/house.mjs";
import { Phones } from "./lib/phones.mjs";

const house = openHouse();

/** A new play: nothing is decided or published that a test before this one did. */
async function newGame() {
  const phones = await new Phones(await house.open(house.demo.phones)).ready();
  await phones.startOver();
  return phones;
}

/** A page of the console. */
const console_ = (path, options) => house.open(new URL(path, house.demo.console), options);

/** Asks by text for a member's own page and opens its link on her phone. */
async function ownPage(phones, name, options) {
  for (const member of await phones.members()) {
    if ((await member.name()) !== name) continue;
    await member.types("LISTS");
    const told = await member.receives(/\/m\//);
    return { told, page: await house.open(new URL(told.match(/https?:\S+\/m\/\w+/)[0]), { size: phone, ...options }) };
  }
  throw new Error(`nobody is called ${name}`);
}

/** A day as a form takes it, so many days from now. */
const dayFrom = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The cell of a member and a hospital in the grid. */
function cell(page, member, hospital) {
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: member, exact: true }) });
  return row.locator(`td[data-label="${hospital}"]`);
}

for (const [place, size] of Object.entries({ laptop, phone })) {
  test(`why she is not on a list is one tap from the grid, on a ${place}`, async () => {
    const page = await console_("/lists", { size });
    const sound = async (what) => {
      await assertAccessible(page, what);
      await assertFits(page, what);
    };
    await sound("the grid");
    await cell(page, "Dora Pattern", "Kings Bay Medical Center").getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: "Dora Pattern" }).waitFor();
    assert.match(await page.locator("main").innerText(), /HIPAA every two years \(unit manager/, "the hospital's own words");
    await page.getByText("Ask for an exception").click();
    await sound("why, and asking for an exception");
    await page.goto(new URL("/lists/kings-bay", house.demo.console).href);
    await page.getByText("Mara Example, unit manager", { exact: true }).waitFor();
    await page.getByText("Add somebody").click();
    await sound("a hospital");
    await page.getByRole("link", { name: /^KB-3/ }).click();
    await page.getByText("one of (credential: any of IBCLC; all of (").waitFor();
    await sound("what a hospital asks for");
    await page.goto(new URL("/papers", house.demo.console).href);
    await sound("the papers that wait");
    await page.getByRole("link", { name: /of Cleo Specimen/ }).click();
    await page.getByLabel("Where you looked it up").waitFor();
    await sound("a paper");
  });
}

test("a paper that is not good enough is rejected with a reason that she reads", async () => {
  const phones = await newGame();
  const page = await console_("/papers");
  await page.getByRole("link", { name: /of Cleo Specimen/ }).click();
  await page.getByText("Reject", { exact: true }).first().click();
  await page.getByLabel("Why").fill("the number cannot be read");
  await page.getByRole("button", { name: "Reject" }).click();
  await page.getByText("Nothing waits").waitFor();
  const { page: own } = await ownPage(phones, "Cleo Specimen");
  await own.getByText("the number cannot be read", { exact: true }).waitFor();
});

test("a photo sent on her page is read off fact by fact and puts her on the list", async () => {
  const phones = await newGame();
  const { told, page: own } = await ownPage(phones, "Dora Pattern", { script: false });
  assert.match(told, /You are on 2 of 4 lists/);
  const kings = own.locator("li.card").filter({ hasText: "Kings Bay" });
  assert.match(await kings.innerText(), /not on the list/);
  await own.getByLabel(/HIPAA training/).check();
  await own.getByLabel("Photo or PDF").setInputFiles({ name: "hipaa.png", mimeType: "image/png", buffer: await own.screenshot() });
  await own.getByRole("button", { name: "Send it to the chapter" }).tap();
  await own.getByText("Your paper is with the chapter.").waitFor();
  await assertFits(own, "her page");

  const console = await console_("/papers");
  await console.getByRole("link", { name: /training of Dora Pattern/ }).click();
  const photo = console.getByRole("img", { name: /photo/ });
  await photo.waitFor();
  await photo.evaluate((image) => image.decode()); // it fails where the photo cannot be shown
  await assertAccessible(console, "a paper with its photo");
  assert.equal(await console.getByLabel("Training").inputValue(), "hipaa");
  await console.getByLabel("Day of issue").fill(dayFrom(-10));
  await console.getByLabel("Where you looked it up").fill("the certificate itself");
  await console.getByRole("button", { name: "Verify" }).click();
  await console.getByText("Verified.").waitFor();

  await own.reload();
  assert.match(await kings.innerText(), /on the list/);
  assert.doesNotMatch(await kings.innerText(), /not on the list/);
});

test("her page on a phone is accessible, and tells what a renewal brings", async () => {
  const phones = await new Phones(await house.open(house.demo.phones)).ready();
  const { page } = await ownPage(phones, "Beth Example");
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await assertAccessible(page, `her page, ${colorScheme}`);
  }
  await assertFits(page, "her page");
  await page.getByText("on the list, in grace").waitFor();
  await page.getByRole("heading", { name: "What a renewal would bring" }).waitFor();
});

test("an exception needs a second person", async () => {
  const page = await console_("/lists");
  await cell(page, "Beth Example", "Kings Bay Medical Center").getByRole("link").click();
  await page.getByText("Ask for an exception").click();
  await page.getByLabel("Requirement").selectOption("liability");
  const form = page.locator("form[action$='/except']");
  await form.getByLabel("Why").fill("the new policy is on its way");
  await form.getByLabel("Through this day").fill(dayFrom(90));
  await form.getByRole("button", { name: "Ask" }).click();
  await page.getByText("Asked for.").waitFor();
  await page.goto(new URL("/lists/kings-bay", house.demo.console).href);
  await assertAccessible(page, "an exception that waits");
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByText("This needs another person.").waitFor();
  await page.getByRole("button", { name: "Refuse" }).click();
  await page.getByText("Ended.").waitFor();
});

test("a hospital's staff see the current list, and a recall at once", async () => {
  const keeper = await console_("/lists/kings-bay");
  const link = new URL(await keeper.getByRole("link", { name: "The current list" }).getAttribute("href"));
  const staff = await house.open(link, { size: phone });
  await assertAccessible(staff, "a hospital's list");
  await assertFits(staff, "a hospital's list");
  const listed = (name) => staff.getByRole("rowheader", { name: new RegExp(name) });
  assert.equal(await listed("Ana Sample").count(), 1);
  await staff.getByLabel("Language").selectOption({ label: "Spanish" });
  await staff.getByRole("button", { name: "Show" }).tap();
  await staff.waitForURL(/language=es/);
  await listed("Ana Sample").waitFor();
  assert.equal(await listed("Beth Example").count(), 0, "she speaks no Spanish");

  await keeper.goto(new URL("/lists", house.demo.console).href);
  await cell(keeper, "Ana Sample", "Kings Bay Medical Center").getByRole("link").click();
  await keeper.getByText("Take her off this list at once").click();
  const form = keeper.locator("form[action$='/recall']");
  await form.getByLabel("Why").fill("left the city");
  await form.getByRole("button", { name: "Take her off" }).click();
  await keeper.getByText("it was corrected at once").waitFor();
  await staff.goto(link.href);
  assert.equal(await listed("Ana Sample").count(), 0);
  const shown = await staff.locator("main").innerText();
  assert.match(shown, /This edition corrects the one before/);
  assert.match(shown, /No longer on the list: Ana Sample/);
  await assertAccessible(staff, "a corrected list");
});
