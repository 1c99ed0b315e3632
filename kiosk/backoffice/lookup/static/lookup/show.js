// Keeps a code that is good on the screen while somebody looks at it, and none that is over.
"use strict";
(() => {
  const page = document.getElementById("shown"), form = document.getElementById("anew");
  const goodMs = Number(page.dataset.good) * 1000, renewMs = goodMs * 0.75;
  // A phone that was put down need not make codes all night.
  const LONGEST_MS = 10 * 60 * 1000, AGAIN_MS = 5000, GIVE_UP_MS = 10000;
  const began = Date.now();
  let made = began, asking = false;

  function say(text) { document.getElementById("said").textContent = text; }

  function end(text) {
    const code = document.getElementById("code");
    if (code) code.remove();
    form.classList.remove("quiet");
    say(text);
  }

  async function renew() {
    asking = true;
    const asked = Date.now(), over = new AbortController(), giveUp = setTimeout(() => over.abort(), GIVE_UP_MS);
    try {
      const answer = await fetch(form.action, { method: "POST", cache: "no-store", credentials: "omit", signal: over.signal });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("code");
      if (!answer.ok || !fresh) { location.replace(form.action); return; }
      const code = document.getElementById("code");
      if (code) code.replaceWith(fresh); else page.insertBefore(fresh, document.getElementById("said"));
      form.classList.add("quiet");
      say("");
      made = asked;
    } catch {
      if (asked - made >= goodMs) end(page.dataset.offline);
    }
    clearTimeout(giveUp);
    asking = false;
  }

  function look() {
    const now = Date.now(), age = now - made;
    if (asking) {
      // A network that says nothing keeps no code on the screen that opens nothing.
      if (age >= goodMs && document.getElementById("code")) end(page.dataset.offline);
      return;
    }
    if (now - began > LONGEST_MS || document.hidden) {
      if (age >= goodMs && document.getElementById("code")) end(page.dataset.over);
    } else if (age >= renewMs) renew();
  }

  setInterval(look, AGAIN_MS);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
})();
