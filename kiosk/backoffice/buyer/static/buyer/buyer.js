// Keeps the page true: events are hints, the state is fetched.
"use strict";
(() => {
  const main = document.getElementById("state");
  const link = document.getElementById("link");
  let news = null, asking = false, again = false, seen = shown().dataset.updated, timer = 0;

  function shown() { return main.querySelector(".state"); }

  async function refresh() {
    if (asking) { again = true; return; }
    asking = true;
    try {
      const answer = await fetch(main.dataset.state, { cache: "no-store", credentials: "omit" });
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      const line = ride.line();
      main.replaceChildren(...fresh.childNodes);
      seen = shown().dataset.updated;
      link.textContent = "";
      ride.take(line);
      if (shown().dataset.live === "0") stop();
    } catch {
      link.textContent = main.dataset.offline.replace("{time}", seen);
    }
    asking = false;
    if (again) { again = false; setTimeout(refresh, 1000); }
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
  }

  listen();
  ride.take("");
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
