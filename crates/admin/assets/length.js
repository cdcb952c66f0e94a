// Tells, while somebody writes, how long her words are and what they cost. The service counts: it knows
// how carriers do.

let due;

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-takes]")) return;
  clearTimeout(due);
  due = setTimeout(() => tell(target), 300);
});

async function tell(field) {
  const text = new URLSearchParams({ text: field.value });
  const answer = await fetch("/conversations/length", { method: "POST", body: text }).catch(() => undefined);
  const told = document.getElementById(field.dataset.takes);
  if (answer?.ok && !answer.redirected && told) told.textContent = await answer.text();
}
