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
      main.replaceChildren(...fresh.childNodes);
      seen = shown().dataset.updated;
      link.textContent = "";
      tick();
      if (shown().dataset.live === "0") stop();
    } catch {
      link.textContent = main.dataset.offline.replace("{time}", seen);
    }
    asking = false;
    if (again) { again = false; setTimeout(refresh, 1000); }
  }

  function move(fix) {
    const map = document.getElementById("map"), courier = document.getElementById("courier");
    if (!map || !courier) { refresh(); return; }
    const d = map.dataset;
    const x = (fix.lon - d.lon0) * d.kx, y = (d.lat0 - fix.lat) * d.ky;
    courier.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    const age = document.getElementById("age");
    if (age) { age.dataset.at = fix.fix_time; tick(); }
  }

  function tick() {
    const age = document.getElementById("age");
    if (!age) return;
    const s = Math.max(0, Math.round((Date.now() - Date.parse(age.dataset.at)) / 1000));
    const said = s < 90 ? age.dataset.seconds.replace("{n}", s)
                        : age.dataset.minutes.replace("{n}", Math.round(s / 60));
    age.textContent = age.dataset.text.replace("{age}", said);
  }

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
  }

  listen();
  tick();
  setInterval(tick, 1000);
  // With events this is only a safety net; without them it is how the page stays true.
  let rounds = 0;
  timer = setInterval(() => { rounds += 1; if (!source || rounds % 4 === 0) refresh(); }, 15000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { refresh(); listen(); } });
  window.addEventListener("online", refresh);
})();
