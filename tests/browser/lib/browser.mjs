// Chromium as installed on the machine, and a visitor in it who notices what goes wrong.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { chromium } from "playwright-core";

const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A browser that speaks to nobody but the page it is shown: no updates, no background traffic. */
export function startBrowser() {
  const executablePath = process.env.CHROMIUM ?? installed.find((path) => existsSync(path));
  assert.ok(executablePath, "Chromium is missing. Mend it with: apt-get install chromium");
  return chromium.launch({
    executablePath,
    headless: true,
    chromiumSandbox: false,
    args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

export const laptop = { viewport: { width: 1440, height: 900 } };
/** A phone's connection far from its mast: 3G as Chromium's own tools have it. */
export const slow = { offline: false, latency: 300, downloadThroughput: 200_000, uploadThroughput: 90_000 };
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/**
 * A visitor with a screen of her own, who leaves with `leave()`. Whatever the page complains of in
 * the browser's console, and whatever it asks of anybody else's server, fails her visit.
 */
export async function visit(browser, address, { size = laptop, theme = "light", script = true, network } = {}) {
  const context = await browser.newContext({ ...size, colorScheme: theme, reducedMotion: "reduce", locale: "en-US", javaScriptEnabled: script });
  const complaints = [];
  const watch = (page) => {
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (/^https?:/.test(url.protocol) && url.host !== address.host) complaints.push(`asked ${url.host} for ${url.pathname}`);
    });
  };
  context.on("page", watch);
  const page = await context.newPage();
  const bytes = await count(context, page, network);
  const answer = await page.goto(address.href);
  assert.equal(answer.status(), 200, address.pathname);
  return {
    page,
    /** What came over the wire for it so far. */
    bytes,
    /** Takes back the complaints that a test has provoked. */
    expects(pattern) {
      for (let at = complaints.length - 1; at >= 0; at -= 1) if (pattern.test(complaints[at])) complaints.splice(at, 1);
    },
    async leave() {
      await context.close();
      assert.deepEqual(complaints, [], "the browser complained");
    },
  };
}

/** Counts what a page loads, over a network that is as it is told to be. */
async function count(context, page, network) {
  const browser = await context.newCDPSession(page);
  await browser.send("Network.enable");
  if (network) await browser.send("Network.emulateNetworkConditions", network);
  let loaded = 0;
  browser.on("Network.loadingFinished", ({ encodedDataLength }) => {
    loaded += encodedDataLength;
  });
  return () => loaded;
}

/** The page as axe judges it by WCAG 2.2 AA: nothing may be wrong. */
export async function assertAccessible(page, what) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(" ")}: ${node.failureSummary}`).join("\n")}`);
  assert.equal(told.length, 0, `${what}\n${told.join("\n")}`);
}

/** Nothing on the page may be wider than the screen. */
export async function assertFits(page, what) {
  const [content, screen] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
  assert.ok(content <= screen, `${what}: ${content} px on a screen of ${screen} px`);
}
