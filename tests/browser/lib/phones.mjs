// The demo's page, in the words of somebody who plays with it.

const code = /\b[ACDEFGHJKMNPQRTUVWXY][34679][ACDEFGHJKMNPQRTUVWXY]\b/;

/** The code in a text, or none. */
export const codeIn = (text) => text.match(code)?.[0];

/** One of the phones on the page. */
export class Phone {
  constructor(page, section) {
    this.page = page;
    this.section = section;
  }

  /** Whose it is, as the page names her. */
  name() {
    return this.section.locator(".name").innerText();
  }

  /** Taps a suggested text that holds `words`. */
  async taps(words) {
    const suggestion = this.section.locator(".suggested").getByRole("button", { name: words }).first();
    const fold = this.section.locator(".suggested details:not([open]) > summary");
    if (await fold.count()) await fold.click();
    await suggestion.click();
  }

  /** The field for a text of one's own, brought out first where the phone keeps it behind a button. */
  async field() {
    const field = this.section.locator("input[name=text]");
    if (!(await field.isVisible())) await this.section.locator(".write-item button").click();
    return field;
  }

  /** Types a text and sends it. */
  async types(text) {
    const field = await this.field();
    await field.fill(text);
    await field.press("Enter");
  }

  /** The texts that came to this phone and hold `words`. */
  received(words = /./) {
    return this.section.locator(".thread > .bubble:not(.mine) .said").filter({ hasText: words });
  }

  /** Waits for a text that holds `words`, and tells it whole. */
  async receives(words, seconds = 20) {
    const text = this.received(words).last();
    await text.waitFor({ state: "attached", timeout: seconds * 1000 });
    return text.innerText();
  }
}

/** The page of phones. */
export class Phones {
  constructor(page) {
    this.page = page;
    this.family = new Phone(page, page.locator(".phone[data-role=family]"));
    this.admin = new Phone(page, page.locator(".phone[data-role=admin]"));
  }

  /** Waits until the phones are drawn. */
  async ready() {
    await this.family.section.waitFor();
    return this;
  }

  /** The consultants' phones, as the page shows them. */
  async members() {
    const sections = await this.page.locator(".phone[data-role=member]").all();
    return sections.map((section) => new Phone(this.page, section));
  }

  /** Waits until `many` consultants have a text that holds `words`, and tells which. */
  async lit(words, many, seconds = 30) {
    const until = Date.now() + seconds * 1000;
    for (;;) {
      const lit = [];
      for (const member of await this.members()) if (await member.received(words).count()) lit.push(member);
      if (lit.length >= many) return lit;
      if (Date.now() > until) throw new Error(`${lit.length} of ${many} consultants have a text with ${words} after ${seconds} seconds`);
      await this.page.waitForTimeout(200);
    }
  }

  /** Moves the demo's clock on, where it offers to. */
  async jumps(id) {
    await this.page.locator(`#jumps button[data-id=${id}]`).click({ timeout: 5000 });
  }

  /**
   * Moves the clock on until the family's text was read and answered. A text that is still on its
   * way when the clock moves is waited for anew, so whoever was too quick presses again.
   */
  async settles() {
    const answers = await this.family.received().count();
    for (let tries = 0; tries < 5; tries += 1) {
      await this.page.waitForTimeout(1000);
      await this.jumps("settle");
      const until = Date.now() + 5000;
      while (Date.now() < until) {
        if ((await this.family.received().count()) > answers) return;
        await this.page.waitForTimeout(100);
      }
    }
    throw new Error("the family's text was not answered");
  }

  /** What the story beside the phones tells, step by step. */
  story() {
    return this.page.locator(".trace .words").allInnerTexts();
  }

  /** Which of the three steps of the guide are ticked off. */
  done() {
    return this.page.locator("#steps > [data-done]").evaluateAll((steps) => steps.map((step) => step.dataset.step));
  }

  async startOver() {
    const restarted = this.page.waitForResponse((answer) => answer.url().endsWith("/demo/restart"), { timeout: 20_000 });
    await this.page.locator("#restart").click();
    await restarted;
    await this.family.section.locator(".thread:empty").waitFor({ state: "attached", timeout: 5000 });
  }
}
