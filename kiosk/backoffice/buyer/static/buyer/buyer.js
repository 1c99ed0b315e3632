// Keeps the page true: events are hints, the state is fetched; without events it is asked for.
"use strict";
(() => {
  const main = document.getElementById("state");
  const link = document.getElementById("link");
  let source = null, asking = false, again = false, seen = shown().dataset.updated, timer = 0;

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
    if (source || shown().dataset.live === "0" || !window.EventSource) return;
    source = new EventSource(main.dataset.events);
    source.onmessage = (message) => {
      let event = {};
      try { event = JSON.parse(message.data); } catch { /* a hint that cannot be read */ }
      if (event.kind === "position" && event.fix) move(event.fix); else refresh();
    };
    source.onerror = () => {
      if (source && source.readyState === EventSource.CLOSED) { source = null; setTimeout(listen, 30000); }
      refresh();
    };
  }

  function stop() {
    if (source) { source.close(); source = null; }
    clearInterval(timer);
    ride.rest();
  }

  listen();
  ride.take("");
  // With events this is only a safety net; without them it is how the page stays true.
  let rounds = 0;
  timer = setInterval(() => { rounds += 1; if (!source || rounds % 4 === 0) refresh(); }, 15000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { refresh(); listen(); } });
  window.addEventListener("online", refresh);
})();
