// Keeps the page true: events are hints, the state is fetched; without events it is asked for.
"use strict";
(() => {
  const FAILURES = 3, STREAM_AGAIN = 60000, HELD = 20;
  const main = document.getElementById("state");
  const link = document.getElementById("link");
  let source = null, asking = false, again = false, seen = shown().dataset.updated, timer = 0;
  let failures = 0, polling = false, last = "", over = false;

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
      lost();
    }
    asking = false;
    if (again) { again = false; setTimeout(refresh, 1000); }
  }

  function lost() { link.textContent = main.dataset.offline.replace("{time}", seen); }

  function take(event) {
    if (event.id) last = event.id;
    if (event.kind === "position" && event.fix && ride.heard(event.fix)) return;
    refresh();
  }

  function listen() {
    if (source || over || polling) return;
    if (!window.EventSource) { poll(); return; }
    source = new EventSource(main.dataset.events);
    source.onopen = () => { failures = 0; };
    source.onmessage = (message) => {
      let event = {};
      try { event = JSON.parse(message.data); } catch { /* a hint that cannot be read */ }
      take(event);
    };
    source.onerror = () => {
      failures += 1;
      refresh();
      const closed = source.readyState === EventSource.CLOSED;
      if (failures < FAILURES && !closed) return;
      source.close(); source = null;
      if (failures >= FAILURES) poll(); else setTimeout(listen, 5000);
    };
  }

  // Where something on the way breaks streams: one question that is answered when there is news.
  async function poll() {
    const until = performance.now() + STREAM_AGAIN;
    polling = true;
    while (!over && performance.now() < until) {
      const began = performance.now();
      try {
        const asked = `${main.dataset.events}/poll?wait=${HELD}&after=${encodeURIComponent(last)}`;
        const answer = await fetch(asked, { cache: "no-store", credentials: "omit" });
        if (!answer.ok) throw new Error(String(answer.status));
        const batch = await answer.json();
        last = batch.last_id;
        if (batch.reset) refresh();
        batch.events.forEach(take);
        if (link.textContent) refresh();
        if (!batch.events.length && performance.now() - began < 1000) await pause(1000);
      } catch {
        lost();
        await pause(5000);
      }
    }
    polling = false; failures = 0;
    if (!over) listen();
  }

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  function stop() {
    over = true;
    if (source) { source.close(); source = null; }
    clearInterval(timer);
    ride.rest();
  }

  ride.take("");
  if (shown().dataset.live === "0") over = true; else listen();
  // With events this is only a safety net; without them it is how the page stays true.
  let rounds = 0;
  timer = setInterval(() => {
    rounds += 1;
    if (!over && ((!source && !polling) || rounds % 4 === 0)) refresh();
  }, 15000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { refresh(); listen(); } });
  window.addEventListener("online", refresh);
})();
