// The demo, played by a newcomer in a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, laptop, phone } from "./lib/browser.mjs";
import { openHouse } from "./lib/house.mjs";
import { codeIn, Phones } from "./lib/phones.mjs";

const house = openHouse();

async function newGame(options) {
  const phones = await new Phones(await house.open(house.demo.phones, options)).ready();
  await phones.startOver();
  return phones;
}

/** Plays until three consultants have a place. Tells the code and their names. */
async function playToThreePlaces(phones) {
  await phones.family.taps(/Park Slope/);
  await phones.settles();
  const answer = await phones.family.receives(/11215/);
  const code = codeIn(answer);
  assert.ok(code, `the answer carries no code: ${answer}`);
  const lit = await phones.lit(new RegExp(`\\b${code}\\b`), 3);
  const claimed = lit.slice(0, 3);
  for (const [index, member] of claimed.entries()) {
    await member.types(index === 1 ? code.toLowerCase() : code);
    const told = await member.receives(/place \d of 3/, 60);
    assert.ok(told.includes(`${code}: place ${index + 1} of 3`), told);
  }
  return { code, answer, names: await Promise.all(claimed.map((member) => member.name())) };
}

test("a newcomer plays a referral to its three names", async () => {
  const phones = await newGame();
  await phones.page.evaluate(() => { globalThis.neverReloaded = true; });
  assert.deepEqual(await phones.done(), [], "nothing is ticked off before anything was done");

  const { code, answer, names } = await playToThreePlaces(phones);
  assert.match(answer, /by \d{1,2}(:\d\d)? [ap]m/, "the first answer promises a time");
  assert.match(answer, /STOP/);

  const handOff = await phones.family.receives(new RegExp(names[0]));
  for (const name of names) assert.ok(handOff.includes(name), `${name} is not in: ${handOff}`);
  assert.ok(handOff.includes(code), "the hand-off carries the reference");
  await phones.page.locator("#steps > [data-step=read][data-done]").waitFor({ timeout: 5000 });
  assert.deepEqual(await phones.done(), ["text", "claim", "read"]);

  const story = (await phones.story()).join("\n");
  for (const name of names) assert.ok(story.includes(name.split(/[ ,]/)[0]), `the story is silent on ${name}:\n${story}`);
  assert.ok(await phones.page.evaluate(() => globalThis.neverReloaded), "the page was reloaded");
});

test("the fourth consultant is told that she is on standby or too late", async () => {
  const phones = await newGame();
  const { code, names } = await playToThreePlaces(phones);
  for (const member of await phones.lit(new RegExp(`\\b${code}\\b`), 4)) {
    if (names.includes(await member.name())) continue;
    await member.types(code);
    assert.match(await member.receives(/standby|filled/), new RegExp(code));
    break;
  }
});

test("a referral starts and is claimed by keyboard alone", async () => {
  const phones = await newGame();
  const suggestion = phones.family.section.locator(".suggested").getByRole("button", { name: /Park Slope/ });
  await suggestion.focus();
  await phones.page.keyboard.press("Enter");
  await phones.page.waitForTimeout(1000);
  await phones.page.locator("#jumps button[data-id=settle]").focus();
  await phones.page.keyboard.press("Space");
  const code = codeIn(await phones.family.receives(/11215/));
  const [first] = await phones.lit(new RegExp(`\\b${code}\\b`), 1);
  await first.section.locator(".suggested").getByRole("button", { name: code, exact: true }).focus();
  await phones.page.keyboard.press("Enter");
  assert.match(await first.receives(/place 1 of 3/), new RegExp(code));
});

test("a referral is played on a phone", async () => {
  const phones = await newGame({ size: phone });
  await assertFits(phones.page, "before the first text");
  const { names } = await playToThreePlaces(phones);
  const handOff = await phones.family.receives(new RegExp(names[0]));
  for (const name of names) assert.ok(handOff.includes(name), `${name} is not in: ${handOff}`);
  await assertFits(phones.page, "with a referral on it");
});

test("a bad day at the carrier doubles and loses nothing", async () => {
  const phones = await newGame();
  await phones.page.locator("#carrier > summary").click();
  for (const name of ["duplicates", "reordering", "busy"]) await phones.page.locator(`#carrier-form input[name=${name}]`).check();
  await phones.page.keyboard.press("Escape");
  const { code, names } = await playToThreePlaces(phones);
  await phones.family.receives(new RegExp(names[0]), 60);
  assert.equal(await phones.family.received(new RegExp(names[0])).count(), 1, "one hand-off");
  for (const member of await phones.members()) {
    const offers = await member.received(new RegExp(`\\b${code}\\b.*NO to pass`, "s")).count();
    assert.ok(offers <= 1, `${await member.name()} was asked ${offers} times`);
  }
});

test("who texted STOP to the carrier, or takes no texts, is not waited for", async () => {
  const phones = await newGame();
  await phones.page.locator("#carrier > summary").click();
  const [one, two] = await phones.members();
  const firsts = [await one.name(), await two.name()].map((name) => name.split(/[\s,]/)[0]);
  const number = (name) => phones.page.locator("#numbers label", { has: phones.page.getByText(name, { exact: true }) }).locator("select");
  await number(firsts[0]).selectOption("opted_out");
  await number(firsts[1]).selectOption("bad_number");
  await phones.page.locator("#carrier-mood").getByText("2 troubles").waitFor();
  await phones.page.keyboard.press("Escape");
  const { names } = await playToThreePlaces(phones);
  await phones.family.receives(new RegExp(names[0]), 60);
  for (const member of [one, two]) assert.equal(await member.received().count(), 0, `${await member.name()} got a text`);
});

for (const [place, size] of Object.entries({ laptop, phone })) {
  for (const theme of ["light", "dark"]) {
    test(`the demo is accessible on a ${place}, ${theme}`, async () => {
      const phones = await newGame({ size, theme });
      await assertAccessible(phones.page, "before the first text");
      await playToThreePlaces(phones);
      await assertAccessible(phones.page, "with a referral on it");
      await phones.page.locator("#carrier > summary").click();
      await assertAccessible(phones.page, "with the carrier's switches open");
    });
  }
}

test("danger goes to the admin, and nobody is asked", async () => {
  const phones = await newGame();
  await phones.family.taps(/wet diaper/);
  await phones.family.receives(/911/);
  const page = await phones.admin.receives(/./);
  assert.doesNotMatch(page, /wet diaper|wake/, "a page never carries the family's words");
  await phones.page.locator("#post > summary").click();
  const mail = phones.page.locator("#emails .email").first();
  await mail.locator("summary").click();
  assert.match(await mail.innerText(), /to Ruth/);
  assert.match(await mail.locator(".body").innerText(), /\S/);
  assert.doesNotMatch(await mail.innerText(), /wet diaper|wake/, "nor does an e-mail");
  assert.equal(await phones.page.locator("#post-count").innerText(), String(await phones.page.locator("#emails .email").count()));
  for (const member of await phones.members()) assert.equal(await member.received().count(), 0, await member.name());
});
