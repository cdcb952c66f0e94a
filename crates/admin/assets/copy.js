// Copies the words of a field, by a button beside it. Where the browser does not let us, they are marked,
// ready to be copied by hand. Without this script the button is not there.

document.documentElement.dataset.script = "on";
let done;

document.addEventListener("click", async (event) => {
  const name = event.target.closest("[data-copy]")?.dataset.copy;
  if (!name) return;
  const field = document.getElementById(name);
  const place = `${name}-said`;
  try {
    await navigator.clipboard.writeText(field.value);
    done = { place, words: "Copied." };
  } catch {
    field.focus();
    field.select();
    done = { place, words: "Marked: copy it now." };
  }
  document.getElementById(place).textContent = "";
  say();
});

/** Says what was done, also where the page was drawn anew since. */
function say() {
  const place = done && document.getElementById(done.place);
  if (place && !place.textContent) place.textContent = done.words;
}

new MutationObserver(say).observe(document.body, { childList: true, subtree: true });
