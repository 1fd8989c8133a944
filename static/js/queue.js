// The officers' queue by keyboard: J and K move between rows, X ticks, Enter opens. Works without it too.
"use strict";

const queue = document.querySelector("[data-queue]");
const ticks = queue ? [...queue.querySelectorAll('input[name="product"]')] : [];

function rowOf(element) {
  return ticks.findIndex((tick) => tick.closest("tr") === element?.closest("tr"));
}

function move(step) {
  const place = rowOf(document.activeElement);
  const next = Math.min(Math.max(place + step, 0), ticks.length - 1);
  ticks[next].focus();
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (!ticks.length || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
  const place = rowOf(document.activeElement);
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "x" && place >= 0) ticks[place].checked = !ticks[place].checked;
  else if (event.key === "Enter" && event.target.name === "product") {
    event.preventDefault();
    ticks[place].closest("tr").querySelector("a").click();
  }
});

for (const hint of document.querySelectorAll("[data-keys], [data-tick-all]")) hint.hidden = false;
queue?.querySelector("[data-tick-all]")?.addEventListener("click", () => {
  const wanted = ticks.some((tick) => !tick.checked);
  for (const tick of ticks) tick.checked = wanted;
});
