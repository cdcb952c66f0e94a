// Passkeys, with Chromium's own virtual authenticator.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, phone } from "./lib/browser.mjs";
import { openHouse } from "./lib/house.mjs";

const house = openHouse();

/** The same service by the name for which a browser makes passkeys: a number is none. */
function named(address, path = address.pathname) {
  const url = new URL(path, address);
  url.hostname = "localhost";
  return url;
}

test("a passkey is added, signs its owner in, and is taken away", async () => {
  const page = await house.open(named(house.demo.phones), { size: phone });
  const room = (path) => named(house.demo.console, path).href;
  // The demo signs in whoever brings no cookie at all.
  await page.context().addCookies([{ name: "not-new", value: "here", url: room("/") }]);
  const device = await page.context().newCDPSession(page);
  await device.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", { options });

  await page.goto(room("/people"));
  await page.getByRole("button", { name: "Add a passkey of this device" }).tap();
  await page.getByText("The passkey is added.").waitFor();
  await assertAccessible(page, "a passkey that was added");
  await assertFits(page, "a passkey that was added");
  const { credentials } = await device.send("WebAuthn.getCredentials", { authenticatorId });
  assert.equal(credentials.length, 1);
  assert.equal(credentials[0].isResidentCredential, true, "it is found without a name");

  await page.getByRole("button", { name: "Sign out" }).tap();
  await page.getByRole("link", { name: "Sign in again" }).tap();
  const enter = page.getByRole("button", { name: "Sign in with a passkey" });
  await enter.waitFor();
  await assertAccessible(page, "signing in");
  await assertFits(page, "signing in");
  await enter.tap();
  await page.waitForURL(room("/"));
  await page.goto(room("/people"));
  await page.getByRole("button", { name: "Take away" }).tap();
  await page.getByText("The passkey is taken away.").waitFor();

  // What was taken away signs nobody in.
  await page.getByRole("button", { name: "Sign out" }).tap();
  await page.getByRole("link", { name: "Sign in again" }).tap();
  await page.getByRole("button", { name: "Sign in with a passkey" }).tap();
  await page.getByText("That did not work.").waitFor();
  house.visits.at(-1).expects(/403/);
});
