// Keeps the page true: events are hints, the state is fetched.
"use strict";
(() => {
  const GIVE_UP_MS = 10000;
  const main = document.getElementById("state");
  const link = document.getElementById("link");
  let news = null, asking = false, again = false, seen = shown().dataset.updated, timer = 0;

  function shown() { return main.querySelector(".state"); }

  async function refresh() {
    if (asking) { again = true; return; }
    asking = true;
    // What hangs is given up, and said: else an old state would stand there as if it were of now.
    const over = new AbortController(), giveUp = setTimeout(() => over.abort(), GIVE_UP_MS);
    try {
      const answer = await fetch(main.dataset.state, { cache: "no-store", credentials: "omit", signal: over.signal });
      if (answer.status === 404) { location.reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      const line = ride.line();
      put(fresh.querySelector(".state"));
      seen = shown().dataset.updated;
      link.textContent = "";
      ride.take(line);
      street.take();
      simulated.take();
      if (shown().dataset.live === "0") stop();
    } catch {
      link.textContent = main.dataset.offline.replace("{time}", seen);
      // Nor would a pause of the courier's be heard of.
      for (const photo of main.querySelectorAll(".by img")) photo.remove();
    }
    clearTimeout(giveUp);
    asking = false;
    if (again) { again = false; setTimeout(refresh, 1000); }
  }

  // A picture that plays stays where it is: taken out and put in again it would stop.
  function put(fresh) {
    const before = shown(), playing = before.querySelector("#street"), next = fresh.querySelector("#street");
    if (!playing || !next) { main.replaceChildren(fresh); return; }
    for (const name of ["url", "sending"]) playing.dataset[name] = next.dataset[name];
    for (const { name, value } of fresh.attributes) before.setAttribute(name, value);
    for (const node of [...before.childNodes]) if (node !== playing) node.remove();
    let passed = false;
    for (const node of [...fresh.childNodes]) {
      if (node === next) passed = true;
      else if (passed) before.append(node);
      else playing.before(node);
    }
  }

  function move(fix) { if (!ride.heard(fix)) refresh(); }

  function listen() {
    if (news || shown().dataset.live === "0") return;
    news = window.follow(main.dataset.events, (event) => {
      if (event.kind === "position" && event.fix) move(event.fix); else refresh();
    });
  }

  function stop() {
    if (news) { news.stop(); news = null; }
    clearInterval(timer);
    ride.rest();
    street.end();
    simulated.end();
  }

  // One that may not be seen any more leaves nothing of itself, not even its words.
  main.addEventListener("error", (event) => { if (event.target.matches?.(".by img")) event.target.remove(); }, true);
  for (const photo of main.querySelectorAll(".by img")) if (photo.complete && !photo.naturalWidth) photo.remove();

  listen();
  ride.take("");
  street.take();
  simulated.take();
  // Only a safety net: news come by themselves.
  timer = setInterval(refresh, 60000);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    refresh();
    listen();
    if (news) news.hurry();
  });
  window.addEventListener("online", () => { refresh(); if (news) news.hurry(); });
})();
