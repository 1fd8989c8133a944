// Saves a step whenever a field is left. Without this file each step is saved by its button.
"use strict";

const form = document.querySelector("form[data-autosave]");
const state = form.querySelector("[data-save-state]");
const RETRY = 4000;
let isSending = false;
let isDirty = false;
let timer = 0;

function say(what) {
  state.textContent = state.dataset[what];
  state.className = what === "failed" || what === "refused" ? "message error" : "muted";
}

/** Send the whole step; what holds is saved, and the next sending starts from the version answered. */
async function save() {
  clearTimeout(timer);
  isSending = true;
  isDirty = false;
  say("saving");
  const body = new FormData(form);
  body.set("otomatis", "ya");
  try {
    const answer = await fetch(location.href, { method: "POST", body });
    if (answer.status >= 500) throw new Error(answer.statusText);
    const told = await answer.json();
    if (told.version) form.elements.version.value = told.version;
    const isPartly = Object.keys(told.wrong ?? {}).length > 0;
    say(answer.ok ? (isPartly ? "partly" : "saved") : "refused");
    return true;
  } catch {
    isDirty = true;
    say("failed");
    timer = setTimeout(saveWhenIdle, RETRY);
    return false;
  } finally {
    isSending = false;
  }
}

async function saveWhenIdle() {
  if (isSending) return;
  while (isDirty && (await save()));
}

/** On a slow line somebody may have typed before this file came. */
function isChanged(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return !["hidden", "submit"].includes(field.type) && field.value !== field.defaultValue;
}

form.addEventListener("change", () => {
  isDirty = true;
  saveWhenIdle();
});
if ([...form.elements].some((field) => field.name && isChanged(field))) {
  isDirty = true;
  saveWhenIdle();
}
window.addEventListener("online", saveWhenIdle);
// While something is not saved, leaving by the button would lose it: the page stays until it is.
form.addEventListener("submit", async (event) => {
  if (form.dataset.isThrough) return;
  event.preventDefault();
  while (isSending) await new Promise((resolve) => { setTimeout(resolve, 50); });
  const isThrough = await save();
  form.dataset.busy = "";
  if (!isThrough) return;
  form.dataset.isThrough = "yes";
  form.requestSubmit(event.submitter);
});
window.addEventListener("pageshow", () => { delete form.dataset.isThrough; });
