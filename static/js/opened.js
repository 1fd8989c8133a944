// Tells the portal that a person, not the preview of a messenger, looks at this page; once a visit.
"use strict";

(() => {
  const address = document.currentScript.dataset.tell;
  const forget = () => {
    try {
      sessionStorage.removeItem("told");
    } catch {
      // Nothing was remembered either.
    }
  };
  try {
    if (sessionStorage.getItem("told") === address) return;
    sessionStorage.setItem("told", address);
  } catch {
    // Without a memory of its own it tells again; the portal counts an hour as one visit.
  }
  // The next page tells again what did not arrive, as when the phone was out of reach.
  fetch(address, { method: "POST", keepalive: true, credentials: "omit" }).then(
    (answer) => answer.ok || forget(),
    forget,
  );
})();
