// Tells the portal that a person, not the preview of a messenger, looks at this page; once a visit.
"use strict";

(() => {
  const address = document.currentScript.dataset.tell;
  try {
    if (sessionStorage.getItem("told") === address) return;
    sessionStorage.setItem("told", address);
  } catch {
    // Without a memory of its own it tells again; the portal counts an hour as one visit.
  }
  fetch(address, { method: "POST", keepalive: true, credentials: "omit" }).catch(() => {});
})();
