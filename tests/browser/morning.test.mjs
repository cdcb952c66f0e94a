// A chapter admin's morning: what waited for her, from her phone.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertAccessible, assertFits, laptop, phone } from "./lib/browser.mjs";
import { openHouse } from "./lib/house.mjs";
import { codeIn, Phones } from "./lib/phones.mjs";

const loss = "My son was stillborn on Tuesday and my milk came in today. I don't know what to do. Park Slope 11215";

/** A house whose demo has one request that waits for the admin, on a database or in a file. */
function heldHouse(database) {
  const house = openHouse({ database });
  return {
    open: (address, options) => house.open(address, options),
    console: (options) => house.open(house.demo.console, options),
    /** Where a room of the console is. */
    room: (path) => new URL(path, house.demo.console).href,
    async held() {
      const phones = await new Phones(await house.open(house.demo.phones)).ready();
      await phones.startOver();
      await phones.family.types(loss);
      await phones.settles();
      await phones.admin.receives(/./);
      return phones;
    },
  };
}

async function good(page, what) {
  await assertAccessible(page, what);
  await assertFits(page, what);
}

const databases = { SQLite: undefined, PostgreSQL: process.env.LATCHLINE_TEST_POSTGRES };

for (const [name, database] of Object.entries(databases)) {
  describe(`a morning on ${name}`, () => {
    if (name !== "SQLite") test("there is a server to play on", () => assert.ok(database, "tests/with-postgres names one"));
    const house = heldHouse(database);

    test("an admin's morning", async () => {
      const phones = await house.held();
      const page = await house.console({ size: phone });

      // A held inquiry: it is opened, so nobody further is called; its place is put right, then it is released.
      const told = page.waitForResponse(/\/calls\/[^/]+\/opened$/);
      await page.getByRole("link", { name: "Look and decide" }).first().tap();
      assert.equal((await told).status(), 204);
      await page.getByRole("button", { name: "Release", exact: true }).waitFor();
      const referral = page.url().split("?")[0];
      await page.locator("#fact-place summary").tap();
      await page.locator("#fact-place").getByRole("button", { name: "Brooklyn", exact: true }).tap();
      await page.getByText("Corrected.").waitFor();
      await page.getByRole("button", { name: "Release", exact: true }).tap();
      await page.getByText("Released.").waitFor();
      const lit = await phones.lit(/\b[ACDEFGHJKMNPQRTUVWXY][34679][ACDEFGHJKMNPQRTUVWXY]\b/, 3);
      assert.ok(codeIn(await lit[0].receives(/./)), "the members are asked");

      // A post for the members' group is copied whole: what an offer says, and nothing else of the family.
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.goto(referral);
      await page.getByRole("button", { name: "Copy", exact: true }).tap();
      await page.getByText("Copied.").waitFor();
      const post = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(post, await page.getByLabel("A post to copy").inputValue());
      assert.match(post, /text [A-Z][0-9][A-Z] to \d{3}-\d{3}-\d{4}/);
      assert.doesNotMatch(post, /stillborn|my milk|https?:|917-555-0150/);

      // A place is given by hand, for a claim made there.
      await page.locator("#elsewhere summary").tap();
      await good(page, "a referral that is open");
      await page.getByRole("button", { name: "Give her a place" }).tap();
      await page.getByText("The place is hers.").waitFor();

      // The thread is taken over, answered once though she taps twice, and handed back.
      await page.getByRole("link", { name: "Answer this family yourself" }).tap();
      await page.getByRole("button", { name: "Take over" }).tap();
      await page.getByText("This thread is yours.").waitFor();
      await page.getByLabel("Your answer, as the line").fill("This is Ruth. I am so sorry. I am here today.");
      await page.getByText(/letters, 1 segment, /).first().waitFor();
      await good(page, "a thread taken over");
      await page.getByRole("button", { name: "Send", exact: true }).dblclick();
      await page.getByText("Written.").waitFor();
      await phones.family.receives(/This is Ruth/);
      await page.getByRole("button", { name: "Hand back to the service" }).tap();
      await page.getByText("Handed back.").waitFor();
      assert.equal(await phones.family.received(/This is Ruth/).count(), 1, "it went once");
    });

    test("a member is approved with her papers", async () => {
      await house.held();
      const page = await house.console({ size: phone });
      await page.goto(house.room("/roster/import"));
      const csv = "name,phone,status,credentials,areas\nNina Newcomer,718-555-0199,applied,IBCLC,Queens\n";
      await page.getByLabel("File").setInputFiles({ name: "new.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
      await page.getByRole("button", { name: "Look at the changes" }).tap();
      await page.getByText("1 new, 0 changed").waitFor();
      await good(page, "what an import would change");
      await page.getByRole("button", { name: "Keep all of this" }).tap();
      await page.getByText("Brought in.").waitFor();
      await page.getByRole("link", { name: "Applied" }).tap();
      await page.getByRole("link", { name: "Nina Newcomer" }).tap();
      const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
      await page.getByLabel("Photo or PDF").setInputFiles({ name: "card.png", mimeType: "image/png", buffer: Buffer.from(png, "base64") });
      await page.getByRole("button", { name: "Add the paper" }).tap();
      await page.getByText("The paper is kept.").waitFor();
      await page.getByRole("link", { name: "Look at it" }).tap();
      await page.getByLabel("What it is").selectOption("credential");
      await page.getByRole("button", { name: "Show what to read off it" }).tap();
      const form = page.locator("form[action$=verify]");
      await form.getByLabel("Last good day").waitFor();
      await good(page, "a paper that is read off");
      for (const choice of await form.locator("select[required]").all()) await choice.selectOption({ index: 1 });
      for (const field of await form.locator("input[required]").all()) await field.fill("12345");
      await form.getByLabel("Last good day").fill("2031-12-31");
      await form.getByRole("button", { name: "Verify" }).tap();
      await page.getByText("Verified.").waitFor();
      await page.goto(house.room("/roster?status=applied"));
      await page.getByRole("link", { name: "Nina Newcomer" }).tap();
      await page.getByRole("button", { name: "Approve" }).tap();
      await page.getByText("Her standing is changed.").waitFor();
      await good(page, "a member who was approved");
    });
  });
}

const rooms = [
  "/", "/conversations", "/referrals", "/roster", "/roster/import", "/roster/new", "/people", "/papers", "/lists", "/lines", "/outbox",
  "/settings", "/settings/texts?lang=ar", "/audit", "/try",
];

describe("the rooms", () => {
  const house = heldHouse();

  // What a room looks like hangs on the size, how well it is read on the theme: each is seen once.
  for (const [name, how] of Object.entries({ "a laptop, light": { size: laptop, theme: "light" }, "a phone, dark": { size: phone, theme: "dark" } })) {
    test(`every room is accessible on ${name}`, async () => {
      await house.held();
      const page = await house.console(how);
      await page.getByRole("link", { name: "Look and decide" }).first().click();
      await page.getByRole("button", { name: "Release", exact: true }).waitFor();
      const referral = new URL(page.url()).pathname;
      for (const path of [...rooms, `${referral}/members`, `${referral}/merge`]) {
        await page.goto(house.room(path));
        await good(page, path);
      }
    });
  }

  test("a stranger asks to join", async () => {
    const page = await house.open(new URL(house.room("/join/sample")), { size: phone });
    await good(page, "asking to join");
  });

  test("what is typed is kept while somebody else hands the thread back", async () => {
    await house.held();
    const page = await house.console({ size: phone });
    await page.goto(house.room("/conversations"));
    await page.locator("main h2 a").first().tap();
    await page.getByRole("button", { name: "Take over" }).tap();
    const thread = page.url().split("?")[0];
    const answer = page.getByLabel("Your answer, as the line");
    await answer.pressSequentially("I am here");
    const other = await house.console();
    await other.goto(thread);
    await other.getByRole("button", { name: "Hand back to the service" }).click();
    await page.getByRole("heading", { name: "The service answers this family" }).waitFor();
    assert.equal(await answer.inputValue(), "I am here");
    await other.getByRole("button", { name: "Take over" }).click();
    await other.getByText("This thread is yours.").waitFor();
    await page.goto(thread);
    assert.equal(await answer.inputValue(), "I am here", "it is there again");
  });

  test("a room works without script", async () => {
    await house.held();
    const page = await house.console({ script: false });
    await page.goto(house.room("/conversations"));
    await page.locator("main h2 a").first().click();
    await page.getByRole("button", { name: "Take over" }).click();
    await page.locator("#canned summary").click();
    await page.locator("#canned a").first().click();
    assert.ok((await page.getByLabel("Your answer, as the line").inputValue()).length > 10, "a text at hand is put in");
  });
});
