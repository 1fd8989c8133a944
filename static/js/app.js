// What plain HTML cannot do. Every page works without it; nothing here decides anything.
"use strict";

/** Put the reader where the page needs them: at the summary of errors. */
function focusWhatMatters(root) {
  const target = root.querySelector("[data-focus]");
  if (target) target.focus();
}

/** Tell the reader, in the status region, that something was not sent. */
function sayFailed() {
  const text = document.createElement("p");
  text.className = "message error";
  text.textContent = document.body.dataset.failed;
  document.getElementById("messages").replaceChildren(text);
  text.scrollIntoView({ block: "nearest" });
}

function setBusy(form, isBusy) {
  form.dataset.busy = isBusy ? "yes" : "";
  for (const button of form.elements) {
    if (button.type === "submit") button.setAttribute("aria-busy", String(isBusy));
  }
}

// A form that was sent is not sent again while its answer is on the way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const method = event.submitter?.getAttribute("formmethod") ?? form.method;
  if (event.defaultPrevented || method !== "post") return;
  if (form.dataset.busy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  setBusy(form, true);
  setTimeout(() => setBusy(form, false), 8000);
}, true);
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) setBusy(form, false);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-busy]")) setBusy(form, false);
});

// Filters show their result as soon as a choice changes.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form && "autosubmit" in form.dataset) form.requestSubmit();
});

// Buttons that only a script can serve are hidden in the HTML.
function showScriptButtons(root) {
  for (const button of root.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  if ("print" in button.dataset) {
    window.print();
    return;
  }
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
  if (button.dataset.copied) button.textContent = button.dataset.copied;
});

// A box of filters is closed on phones and stands open where there is room.
if (window.matchMedia("(min-width: 900px)").matches) {
  for (const box of document.querySelectorAll("details[data-open-wide]")) box.open = true;
}

// On a small screen a row of links may be wider than the page: show the one that is open.
for (const link of document.querySelectorAll(".site-nav [aria-current], .subnav [aria-current], .tabs [aria-current]")) {
  const list = link.closest("ul, nav");
  list.scrollLeft = link.offsetLeft + link.offsetWidth - list.clientWidth;
}

showScriptButtons(document);
focusWhatMatters(document);
document.addEventListener("htmx:load", (event) => {
  showScriptButtons(event.target);
  focusWhatMatters(event.target);
});
document.addEventListener("htmx:sendError", sayFailed);
document.addEventListener("htmx:responseError", sayFailed);
