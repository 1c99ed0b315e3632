// Sends where the phone is while the page says so, and never otherwise: what has no network is kept
// on the phone and sent when there is one; what is kept when sharing ends is thrown away.
"use strict";
(() => {
  const MOVING_MS = 3000, STILL_MS = 15000, STILL_MPS = 0.7, MOVED_M = 10;
  // What hangs in a tunnel is given up: it would hold up what comes, and arrive as if sent just now.
  const GIVE_UP_MS = 10000, PHOTO_MS = 90000;
  const BATCH = 100, KEPT = 2000, AGAIN_MS = 3000, AGAIN_MAX_MS = 30000, LOOK_MS = 15000;
  const main = () => document.getElementById("courier");
  const words = main().dataset;
  let watch = null, lock = null, last = null, sending = false, wait = AGAIN_MS, timer = 0;
  let heard = 0, trouble = "", battery = null, latest = null, told = 0;

  const kept = () => { try { return JSON.parse(localStorage.getItem("fixes")) || []; } catch { return []; } };
  const keep = (fixes) => localStorage.setItem("fixes", JSON.stringify(fixes.slice(-KEPT)));
  function next() {
    const seq = Math.max(Number(localStorage.getItem("seq")) || 0, 0) + 1;
    localStorage.setItem("seq", String(seq));
    return seq;
  }

  function metres(a, b) {
    const k = Math.PI / 180, x = (b.lon - a.lon) * k * Math.cos(a.lat * k), y = (b.lat - a.lat) * k;
    return Math.hypot(x, y) * 6371009;
  }

  function measured(position) {
    if (watch === null) return;
    const c = position.coords, now = Date.now();
    const fix = {
      fix_time: new Date(position.timestamp || now).toISOString(),
      lat: c.latitude, lon: c.longitude, accuracy_m: Math.min(c.accuracy, 100000),
      speed_mps: c.speed === null ? null : Math.min(Math.max(c.speed, 0), 60),
      heading_deg: c.heading === null || Number.isNaN(c.heading) ? null : c.heading,
      battery,
    };
    trouble = "";
    latest = fix; told = now;
    record();
  }

  // The newest measurement, once it is its turn: some phones measure every second, some once.
  function record() {
    if (!latest) return;
    const now = Date.now();
    const moving = (latest.speed_mps || 0) > STILL_MPS || (last && metres(last, latest) > MOVED_M);
    if (last && now - last.at < (moving ? MOVING_MS : STILL_MS)) return;
    last = { ...latest, at: now };
    keep([...kept(), { seq: next(), ...latest }]);
    latest = null;
    send();
  }

  // A phone that stands still may say nothing until it is asked.
  function measure() {
    if (watch === null || Date.now() - told < STILL_MS) return;
    told = Date.now();
    navigator.geolocation.getCurrentPosition(measured, () => {}, { enableHighAccuracy: true, maximumAge: 0, timeout: STILL_MS });
  }

  function ask(url, options = {}, ms = GIVE_UP_MS) {
    const over = new AbortController(), timer = setTimeout(() => over.abort(), ms);
    return fetch(url, { cache: "no-store", signal: over.signal, ...options }).finally(() => clearTimeout(timer));
  }

  async function send() {
    if (sending || main().dataset.share !== "1") return;
    const batch = kept().slice(0, BATCH);
    if (!batch.length) return;
    sending = true;
    clearTimeout(timer);
    let again = 0;
    try {
      const answer = await ask(words.fixes, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Kiosk-Contract": "1" },
        body: JSON.stringify({ sent_at: new Date().toISOString(), fixes: batch }),
      });
      if (answer.status === 409 || answer.status === 401) {
        main().dataset.share = "0";
        stop();
        look();
      } else if (answer.ok || answer.status === 422) {
        const gone = new Set(batch.map((fix) => fix.seq));
        keep(kept().filter((fix) => !gone.has(fix.seq)));
        if (answer.ok) heard = Date.now();
        wait = AGAIN_MS;
        again = kept().length ? 1 : 0;
      } else {
        throw new Error(String(answer.status));
      }
    } catch {
      again = wait;
      wait = Math.min(wait * 2, AGAIN_MAX_MS);
    }
    sending = false;
    say();
    if (again) timer = setTimeout(send, again);
  }

  function say() {
    const line = main().querySelector(".told");
    if (!line) return;
    const n = kept().length, s = Math.round((Date.now() - heard) / 1000);
    line.textContent = trouble || (n > 1 && wait > AGAIN_MS ? words.kept.replace("{n}", n)
      : !heard ? words.searching
      : s < 5 ? words.sentNow : words.sentAgo.replace("{s}", s));
  }

  function start() {
    if (watch !== null || !navigator.geolocation) return;
    told = Date.now();
    watch = navigator.geolocation.watchPosition(measured, (error) => {
      if (error.code === error.PERMISSION_DENIED) trouble = words.denied;
      say();
    }, { enableHighAccuracy: true, maximumAge: 0, timeout: 30000 });
    stayAwake();
    send();
  }

  function stop() {
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    watch = null; last = null; latest = null; heard = 0; trouble = "";
    clearTimeout(timer);
    localStorage.removeItem("fixes");
    if (lock) lock.release().catch(() => {});
    lock = null;
  }

  async function stayAwake() {
    if (!navigator.wakeLock || document.hidden || watch === null) return;
    try { lock = await navigator.wakeLock.request("screen"); } catch { lock = null; }
  }

  function obey() {
    if (main().dataset.share === "1") start(); else stop();
    say();
  }

  function show(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("courier");
    if (!fresh) { location.reload(); return; }
    const before = headline();
    main().replaceWith(fresh);
    obey();
    if (document.getElementById("problem").textContent.trim()) seeProblem();
    else if (headline() !== before) scrollTo(0, 0);
  }

  const headline = () => main().querySelector("h1")?.textContent;
  const seeProblem = () => document.getElementById("problem").scrollIntoView({ block: "center" });

  function busy() {
    return [...main().querySelectorAll("input:not([type=hidden])")].some((input) => (input.type === "radio" ? input.checked : input.value))
      || main().querySelector("details.fail[open]");
  }

  async function look() {
    try {
      const answer = await ask(words.page);
      // Of a server that is away for a moment this page must not become the page that says so.
      if (answer.status >= 500) return;
      const html = await answer.text();
      if (!html.includes(`data-version="${main().dataset.version}"`) && !busy()) show(html);
    } catch { /* the next look comes soon */ }
  }

  // A photograph of a phone has several megabytes; less is sent where the browser can make it so.
  async function smaller(file) {
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, 1600 / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85)) || file;
    } catch { return file; }
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.action.endsWith("/leave")) { stop(); return; }
    event.preventDefault();
    if (form.id === "home" && !form.elements.lat.value) {
      navigator.geolocation.getCurrentPosition((position) => {
        form.elements.lat.value = position.coords.latitude;
        form.elements.lon.value = position.coords.longitude;
        form.requestSubmit();
      }, () => tell(words.denied), { enableHighAccuracy: true });
      return;
    }
    // Nobody is seen from the moment that they press Pause, whether the shop hears of it or not.
    const pauses = form.action.endsWith("/pause");
    if (pauses) { main().dataset.share = "0"; stop(); }
    const button = event.submitter;
    const data = new FormData(form, button);  // says nothing of a button that is disabled
    if (button) button.disabled = true;
    if (data.get("photo")) data.set("photo", await smaller(data.get("photo")), "photo.jpg");
    const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
    try {
      const answer = await ask(form.action, { method: "POST", body }, data.get("photo") ? PHOTO_MS : GIVE_UP_MS);
      if (answer.status >= 500) throw new Error(String(answer.status));
      show(await answer.text());
    } catch {
      if (pauses) { setTimeout(() => { if (form.isConnected) form.requestSubmit(); }, AGAIN_MS); return; }
      tell(words.noNetwork);
      if (button) button.disabled = false;
    }
  });

  function tell(text) {
    document.getElementById("problem").textContent = text;
    seeProblem();
  }

  document.addEventListener("change", (event) => {
    const take = event.target.closest(".take");
    if (take) take.classList.toggle("taken", event.target.files.length > 0);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) { look(); send(); stayAwake(); }
  });
  window.addEventListener("online", () => { wait = AGAIN_MS; send(); look(); });
  if (navigator.getBattery) {
    navigator.getBattery().then((known) => {
      const read = () => { battery = Math.round(known.level * 100); };
      known.addEventListener("levelchange", read);
      read();
    });
  }
  setInterval(() => { record(); measure(); say(); }, 1000);
  setInterval(look, LOOK_MS);
  obey();
})();
