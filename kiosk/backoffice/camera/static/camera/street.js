// What is shown and said of the courier's picture, by how long ago it was taken: the same steps as
// on the glass (kiosk.window.visit.camera). Times are monotonic seconds of this phone.
"use strict";
(() => {
  const STALLED = 2, RECONNECT = 6, FOLDED = 18, LOOK_MS = 250;
  const FIRST_TRY = 0.25, SOON = 0.8, LATE = 3;
  const HLS = "application/vnd.apple.mpegurl";
  // Who pays for each megabyte, or wants nothing to move, asks for it.
  const sparing = () => matchMedia("(prefers-reduced-motion: reduce)").matches
    || !!(navigator.connection && navigator.connection.saveData);

  let figure = null, stream = "", wanted = !sparing(), cannot = false, timer = 0;
  let shown = null, coming = null, began = 0, triedAt = 0, tryAt = 0, wait = FIRST_TRY;

  const now = () => performance.now() / 1000;
  const nameOf = (url) => new URL(url).pathname.split("/ride/")[1].split("/")[0];

  // One attempt: a <video> and what fills it. `late` is for how long its picture has not been of
  // now, as far as can be known: it stands still, or it lags.
  class Attempt {
    constructor(url) {
      this.video = document.createElement("video");
      Object.assign(this.video, { muted: true, playsInline: true, disablePictureInPicture: true });
      this.video.setAttribute("disableremoteplayback", "");
      this.video.className = "coming";
      this.at = -1; this.moved = 0; this.pieces = null; this.over = false;
      this.video.addEventListener("error", () => this.fail());
      this.video.addEventListener("ended", () => this.fail());
      this.begin(url);
    }

    async begin(url) {
      try {
        if (pieces.playable()) {
          this.pieces = pieces.play(this.video, url, () => this.fail());
          if (await this.pieces.begun) { this.run(); return; }
          this.pieces = null;
        }
        if (this.over) return;
        if (!this.video.canPlayType(HLS)) { cannot = true; this.fail(); return; }
        this.video.src = url;
        this.run();
      } catch { this.fail(); }
    }

    run() {
      this.video.play().catch((error) => {
        if (error.name === "NotAllowedError") { wanted = false; look(); }
      });
    }

    fail() { this.over = true; }

    // Whether a picture has come, the first or another one.
    look() {
      const { currentTime, readyState, videoWidth } = this.video;
      if (this.pieces) this.pieces.keepUp();
      if (readyState < 2 || !videoWidth || currentTime === this.at) return;
      this.at = currentTime; this.moved = now();
    }

    still() { return now() - this.moved; }
    lag() { return this.pieces ? this.pieces.lag() : 0; }
    late() { return Math.max(this.still(), this.lag()); }
    age() { return Math.max(this.still(), this.pieces ? this.pieces.age() : 0); }

    stop() {
      this.over = true;
      if (this.pieces) this.pieces.stop();
      this.video.removeAttribute("src");
      this.video.load();
      this.video.remove();
    }
  }

  function feed() {
    if (cannot) return "cannot";
    if (!wanted) return "shut";
    if (!shown) return now() - began < FOLDED ? "connecting" : "folded";
    const late = shown.late();
    return late < STALLED ? "live" : late < RECONNECT ? "stalled" : late < FOLDED ? "reconnecting" : "folded";
  }

  function look() {
    if (!figure) return;
    if (document.hidden || !wanted || cannot) rest();
    for (const attempt of [shown, coming]) if (attempt) attempt.look();
    if (coming && coming.moved) { if (shown) shown.stop(); shown = coming; coming = null; shown.video.className = ""; }
    if (shown && !shown.over && shown.still() < STALLED) wait = FIRST_TRY;
    const is = feed();
    if (is === "folded" && shown) { shown.stop(); shown = null; began = -FOLDED; }
    if (coming && (coming.over || now() - triedAt > RECONNECT)) { coming.stop(); coming = null; again(is); }
    const lost = !shown || shown.over || shown.late() >= RECONNECT;
    if (wanted && !cannot && !document.hidden && lost && !coming && now() >= tryAt) reach();
    say(is);
  }

  function again(is) {
    tryAt = now() + wait;
    wait = Math.min(wait * 2, is === "folded" ? LATE : SOON);
  }

  function reach() {
    // What the back office knows to be away is not asked for all the time.
    if (figure.dataset.sending === "0" && !shown) return;
    triedAt = now();
    coming = new Attempt(figure.dataset.url);
    figure.querySelector(".street-picture").append(coming.video);
  }

  function say(is) {
    const d = figure.dataset, seconds = shown ? Math.floor(shown.age()) : 0;
    figure.hidden = is === "folded" || (is === "connecting" && d.sending === "0");
    if (d.feed !== is) d.feed = is;
    const text = (d[is] || d.label).replace("{seconds}", seconds);
    const [said, button] = [figure.querySelector("span"), figure.querySelector("button")];
    if (said.textContent !== text) said.textContent = text;
    const does = is === "shut" ? d.show : d.hide;
    if (button.textContent !== does) button.textContent = does;
  }

  function rest() {
    for (const attempt of [shown, coming]) if (attempt) attempt.stop();
    shown = coming = null; began = now(); tryAt = 0; wait = FIRST_TRY;
  }

  function end() {
    clearInterval(timer);
    rest();
    figure = null; stream = ""; cannot = false;
  }

  // After the page's state was put in place; the figure that plays is still the same one.
  function take() {
    const found = document.getElementById("street");
    if (!found) { if (figure) end(); return; }
    const leadsTo = nameOf(found.dataset.url);
    if (found !== figure || leadsTo !== stream) {
      if (figure) end();
      figure = found; stream = leadsTo;
      figure.querySelector("button").onclick = () => { wanted = !wanted; rest(); look(); };
      timer = setInterval(look, LOOK_MS);
      rest();
    }
    look();
  }

  document.addEventListener("visibilitychange", look);
  globalThis.street = { take, end };
})();
