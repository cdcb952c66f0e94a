// The demo and a browser, for all the tests of a file.
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import { startBrowser, visit } from "./browser.mjs";
import { startDemo } from "./latchline.mjs";

/**
 * Starts both before the file's first test, leaves after each test the pages it opened, and stops both
 * after the last; the demo must end as it does when asked to. `database` names another one than its own file.
 */
export function openHouse({ database } = {}) {
  const house = {
    demo: undefined,
    /** The visits of the test at hand, the latest last. */
    visits: [],
    /** Opens an address and gives its page. */
    async open(address, options) {
      const visitor = await visit(browser, address, options);
      house.visits.push(visitor);
      return visitor.page;
    },
  };
  let browser;
  before(async () => {
    [house.demo, browser] = await Promise.all([startDemo({ database }), startBrowser()]);
  });
  afterEach(async () => {
    for (const visitor of house.visits.splice(0)) await visitor.leave();
  });
  after(async () => {
    await browser?.close();
    const ended = await house.demo?.stop();
    assert.deepEqual(ended, { code: 0, signal: null }, "it stops when asked to");
  });
  return house;
}
