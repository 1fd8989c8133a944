// Sends photos one at a time: shrunk in the browser first, and again after a pause when the line breaks.
// Sending the same photo twice is safe, the portal stores it once. Without this file the form sends one.
"use strict";

(() => {
  const LONGEST_SIDE = 1600; // px
  const QUALITY = 0.85;
  const PAUSES = [1, 2, 4, 8, 16, 30, 60]; // seconds, growing; then the reader is asked

  const form = document.querySelector("form[data-photos]");
  if (!form || !window.createImageBitmap) return;
  const input = form.querySelector("input[type=file]");
  const state = form.querySelector("[data-state]");
  const bar = form.querySelector("progress");
  input.multiple = true;

  function say(text, ...values) {
    state.textContent = values.reduce((said, value, index) => said.replace(`{${index + 1}}`, value), text);
  }

  /** Return the photo at most LONGEST_SIDE px long, as WebP or JPEG; as it is where this browser cannot. */
  async function shrunk(file) {
    try {
      const image = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      image.close();
      const write = (type) => new Promise((done) => canvas.toBlob(done, type, QUALITY));
      let blob = await write("image/webp");
      if (blob?.type !== "image/webp") blob = await write("image/jpeg");
      return blob && blob.size < file.size ? blob : file;
    } catch {
      return file; // no picture this browser knows: the portal says what is wrong
    }
  }

  /** Send once. Resolves with status 0 when the line broke. */
  function send(photo, withAlt) {
    return new Promise((done) => {
      const data = new FormData(form);
      data.set("photo", photo, photo.name || "foto");
      if (!withAlt) data.set("alt", "");
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("HX-Request", "true"); // answer with the part of the page that changes
      request.timeout = 120000;
      request.upload.onprogress = (event) => { bar.value = (100 * event.loaded) / event.total; };
      request.onloadend = () => done({ status: request.status, text: request.responseText });
      request.send(data);
    });
  }

  /** Wait some seconds, or less when the line comes back. */
  function pause(seconds) {
    return new Promise((done) => {
      const timer = setTimeout(finish, seconds * 1000);
      function finish() {
        clearTimeout(timer);
        window.removeEventListener("online", finish);
        done();
      }
      window.addEventListener("online", finish);
    });
  }

  async function sendUntilAnswered(photo, place, count, withAlt) {
    for (const seconds of [...PAUSES, null]) {
      bar.value = 0;
      say(form.dataset.sending, place, count);
      const answer = await send(photo, withAlt);
      if (answer.status && answer.status < 500) return answer;
      if (seconds === null) return null;
      say(form.dataset.waiting, place, seconds);
      await pause(seconds);
    }
    return null;
  }

  /** Show the list as it stands now; return why the photo was refused, or nothing. */
  function show(answer) {
    const part = new DOMParser().parseFromString(answer.text, "text/html");
    const list = part.querySelector("[data-photo-list]");
    if (list) document.querySelector("[data-photo-list]").replaceWith(list);
    if (!part.querySelector("form[data-photos]")) window.location.reload(); // there is room for no more
    return list ? part.querySelector(".summary li")?.textContent : form.dataset.stopped;
  }

  async function sendAll(files) {
    for (const [index, file] of files.entries()) {
      const photo = await shrunk(file);
      const answer = await sendUntilAnswered(photo, index + 1, files.length, files.length === 1);
      if (!answer) return form.dataset.stopped;
      const refusal = show(answer);
      if (refusal) return refusal;
    }
    form.reset();
    return form.dataset.done;
  }

  form.addEventListener("submit", async (event) => {
    const files = [...input.files];
    if (!files.length) return; // the portal says that a photo is missing
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    bar.hidden = false;
    state.className = "muted";
    form.querySelector(".summary")?.remove();
    const told = await sendAll(files);
    state.className = told === form.dataset.done ? "muted" : "message error";
    say(told);
    bar.hidden = true;
    button.disabled = false;
    button.removeAttribute("aria-busy");
    form.dataset.busy = "";
  });
})();
