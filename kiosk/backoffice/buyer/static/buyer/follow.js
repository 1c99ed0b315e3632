// News of one order: by server-sent events or, after three failures in a row, by long poll.
// Read by hand: a browser's own reader hides the heartbeat, so that a line that died in a tunnel
// looks like one on which nothing happens.
"use strict";
window.follow = (url, tell) => {
  const SILENCE_MS = 25000, WAIT_S = 20, FAILURES = 3, POLL_FOR_MS = 60000, LONGEST_MS = 30000;
  let last = "", failures = 0, pollUntil = 0, over = false, line = null, pause = null;

  // The answer, or null where nothing comes any more.
  async function ask(path, headers) {
    line = new AbortController();
    const answer = await fetch(url + path, { headers, cache: "no-store", credentials: "omit", signal: line.signal });
    if (answer.status === 204 || answer.status === 404) { over = true; tell({ kind: "over" }); return null; }
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  }

  function within(ms) {
    const asked = line;
    return setTimeout(() => asked.abort(), ms);
  }

  async function listen() {
    let silence = 0, begun = false;
    const alive = () => { clearTimeout(silence); silence = within(SILENCE_MS); };
    try {
      const asking = ask("", last ? { "Last-Event-ID": last } : {});
      alive();
      const answer = await asking;
      if (!answer) return;
      const reader = answer.body.getReader(), text = new TextDecoder();
      for (let rest = ""; ;) {
        const { value, done } = await reader.read();
        if (done) break;
        alive();
        if (!begun) { begun = true; failures = 0; }
        const events = (rest + text.decode(value, { stream: true })).split("\n\n");
        rest = events.pop();
        for (const event of events) hear(event);
      }
      if (!begun) throw new Error("ended before it began");
    } finally { clearTimeout(silence); }
  }

  function hear(event) {
    let id = "", data = "";
    for (const line of event.split("\n")) {
      if (line.startsWith("id: ")) id = line.slice(4);
      else if (line.startsWith("data: ")) data += line.slice(6);
    }
    if (!data) return;
    if (id) last = id;
    let told = {};
    try { told = JSON.parse(data); } catch { /* a hint that cannot be read is one to look */ }
    tell(told);
  }

  async function poll() {
    const asking = ask(`/poll?wait=${WAIT_S}&after=${encodeURIComponent(last)}`, {});
    const giveUp = within((WAIT_S + 10) * 1000);
    try {
      const answer = await asking;
      if (!answer) return;
      const batch = await answer.json();
      last = batch.last_id;
      if (batch.reset) tell({ kind: "reset" });
      batch.events.forEach(tell);
      if (!batch.events.length && !batch.reset) await sleep(1000);
    } finally { clearTimeout(giveUp); }
  }

  function sleep(ms) {
    return new Promise((done) => { const timer = setTimeout(done, ms); pause = () => { clearTimeout(timer); done(); }; });
  }

  async function run() {
    while (!over) {
      try {
        if (Date.now() < pollUntil) { await poll(); continue; }
        await listen();
        if (!over) await sleep(500 + Math.random() * 1500);
      } catch {
        if (over) return;
        failures += 1;
        tell({ kind: "failed" });
        if (failures % FAILURES === 0 && Date.now() >= pollUntil) {
          pollUntil = Date.now() + POLL_FOR_MS;
          continue;
        }
        await sleep(Math.min(1000 * 2 ** Math.min(failures - 1, 10), LONGEST_MS) * (0.5 + Math.random() / 2));
      }
    }
  }

  run();
  return {
    // The network is back, or somebody looks again.
    hurry() { if (pause) pause(); },
    stop() { over = true; if (line) line.abort(); if (pause) pause(); },
  };
};
