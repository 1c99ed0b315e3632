// Draws the courier on the phone's map. Ages count on from what the back office says, by a clock
// that nobody sets: what time the phone believes it is moves nothing.
"use strict";
(() => {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const LEAST_HALO = 13, METRES = Math.PI / 180 * 6371008.8;
  let motion = null, way = "", frame = 0, timer = 0;

  const now = () => performance.now() / 1000;
  const find = (id) => document.getElementById(id);

  function place(group, spot, map) {
    const d = map.dataset;
    const x = (spot.lon - d.lon0) * d.kx, y = (d.lat0 - spot.lat) * d.ky;
    group.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)})`);
  }

  function draw() {
    const map = find("map"), courier = find("courier"), gone = find("gone");
    if (!map || !courier) return false;
    const state = motion && motion.state(now());
    const seen = state && state.quality !== "hidden";
    courier.style.display = seen ? "" : "none";
    gone.style.display = seen && state.leaving ? "inline" : "none";
    say(state);
    if (!seen) return false;
    const left = state.leaving ? state.leaving.share : 0;
    place(courier, state, map);
    courier.style.opacity = 1 - left;
    if (left) { place(gone, state.leaving, map); gone.style.opacity = left; }
    for (const group of [courier, gone]) group.classList.toggle("stale", state.quality === "stale");
    const halo = Math.max(LEAST_HALO, state.accuracy * map.dataset.ky / METRES);
    courier.querySelector(".halo").setAttribute("r", halo.toFixed(1));
    return true;
  }

  // What there is to admit about the marker, as on the glass.
  function say(state) {
    const age = find("age");
    if (!age) return;
    const stale = state && state.quality === "stale", none = state && state.quality === "hidden";
    const text = stale ? age.dataset.text.replace("{age}", age.dataset.seconds.replace("{n}", Math.floor(state.age)))
                       : none ? age.dataset.none : "";
    if (age.textContent !== text) age.textContent = text;
  }

  function tick() {
    cancelAnimationFrame(frame); clearTimeout(timer);
    if (!draw()) { timer = setTimeout(tick, 1000); return; }
    if (calm.matches || document.hidden) timer = setTimeout(tick, 1000);
    else frame = requestAnimationFrame(tick);
  }

  // The old way fades out over the new one: it must be drawn before the state is put in place.
  function fadeOut(old) {
    const map = find("map"), line = map && map.querySelector(".way");
    if (!line || !old || calm.matches) return;
    const leaving = line.cloneNode();
    leaving.setAttribute("points", old);
    leaving.classList.add("leaving");
    leaving.addEventListener("animationend", () => leaving.remove());
    line.after(leaving);
    line.classList.add("coming");
  }

  // After the state was put in place: another way, another position, or none any more.
  function take(oldLine) {
    const map = find("map"), courier = find("courier");
    if (!map || !courier) { motion = null; way = ""; tick(); return; }
    const points = JSON.parse(map.dataset.route);
    if (!motion) motion = new CourierMotion(points, map.dataset.simulated === "1");
    else if (map.dataset.route !== way) { motion.reroute(points, now()); fadeOut(oldLine); }
    way = map.dataset.route;
    heard(JSON.parse(map.dataset.fix));
  }

  function heard(fix) {
    if (!motion) return false;
    motion.fix(fix, now() - fix.age_s);
    tick();
    return true;
  }

  const line = () => { const l = document.querySelector("#map .way"); return l ? l.getAttribute("points") : ""; };
  const rest = () => { cancelAnimationFrame(frame); clearTimeout(timer); motion = null; };

  globalThis.ride = { take, heard, line, rest };
})();
