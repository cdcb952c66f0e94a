// A family of the demo's texts, and consultants are asked.
import { codeIn, Phones } from "./phones.mjs";

/** The phones, the code, and four who were asked, each with her phone and her offer's link. */
export async function offersOut(house) {
  const phones = await new Phones(await house.open(house.demo.phones)).ready();
  await phones.startOver();
  await phones.family.taps(/Park Slope/);
  await phones.settles();
  const code = codeIn(await phones.family.receives(/11215/));
  const offers = [];
  for (const member of (await phones.lit(new RegExp(`\\b${code}\\b.*/c/`, "s"), 4)).slice(0, 4)) {
    offers.push({ member, link: linkIn(await member.receives(/\/c\//), "c") });
  }
  return { phones, code, offers };
}

/** The address of a page in a text. */
export function linkIn(text, page) {
  return new URL(text.match(new RegExp(`https?:\\S+/${page}/\\w+`))[0]);
}
