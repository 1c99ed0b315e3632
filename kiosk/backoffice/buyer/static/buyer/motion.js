// Where the courier is drawn: as on the window's glass (kiosk/shop/routefilter.py and
// kiosk/window/visit/motion.py), so that both show the same; a test rides both. Metres on a plane,
// seconds of a clock that only goes on. Degrees become metres with x = (lon - lon0) * kx and
// y = (lat - lat0) * ky.
"use strict";
(() => {
  const LIVE = 6, STALE = 15, HIDDEN = 60, RECKON = 12, DOUBT_RECKON = 3, FADE = 1;
  const WORST_ACCURACY = 60, OFF_AFTER = 3, BESIDE = 35, BEGIN_BESIDE = 80, SPEED_SIGMA = 1;
  const SLOWING = 25, HALO_GROWTH = 2, ON_IT = 0.5, PAST = 12, CUT = 150;
  const RIDE = { most: 12, noise: 0.8, pull: 1.1 }, SIMULATED = { most: 300, noise: 120, pull: 2 };
  const EARTH = 6371008.8;
  const clamp = (v, low, high) => Math.min(Math.max(v, low), high);

  class Line {
    constructor(points) {
      const kept = points.filter((p, i) => i === 0 || p[0] !== points[i - 1][0] || p[1] !== points[i - 1][1]);
      if (kept.length < 2) throw new Error("a route leads from one place to another");
      [this.lat0, this.lon0] = points[0];
      this.ky = Math.PI / 180 * EARTH;
      this.kx = this.ky * Math.cos(this.lat0 * Math.PI / 180);
      this.xy = kept.map((p) => this.toXY(p[0], p[1]));
      this.s = [0];
      for (let i = 1; i < this.xy.length; i += 1) {
        const [a, b] = [this.xy[i - 1], this.xy[i]];
        this.s.push(this.s[i - 1] + Math.hypot(b[0] - a[0], b[1] - a[1]));
      }
      this.length = this.s[this.s.length - 1];
    }

    toXY(lat, lon) { return [(lon - this.lon0) * this.kx, (lat - this.lat0) * this.ky]; }
    toPlace(xy) { return { lat: this.lat0 + xy[1] / this.ky, lon: this.lon0 + xy[0] / this.kx }; }

    at(metres) {
      const s = clamp(metres, 0, this.length);
      let low = 0, high = this.s.length - 2;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (this.s[middle] <= s) low = middle; else high = middle - 1;
      }
      const u = (s - this.s[low]) / (this.s[low + 1] - this.s[low]);
      const [a, b] = [this.xy[low], this.xy[low + 1]];
      return [a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u];
    }

    heading(s) {
      const [a, b] = [this.at(s - 6), this.at(s + 6)];
      return (Math.atan2(b[0] - a[0], b[1] - a[1]) * 180 / Math.PI + 360) % 360;
    }

    // The nearest place between two distances: [metres from the start, metres away].
    project([px, py], low = 0, high = Infinity) {
      let best = [clamp(low, 0, this.length), Infinity];
      for (let i = 0; i + 1 < this.xy.length; i += 1) {
        const [start, end] = [this.s[i], this.s[i + 1]];
        if (end < low || start > high) continue;
        const [[x0, y0], [x1, y1]] = [this.xy[i], this.xy[i + 1]];
        const dx = x1 - x0, dy = y1 - y0, length = end - start;
        let u = ((px - x0) * dx + (py - y0) * dy) / (dx * dx + dy * dy);
        u = Math.min(Math.max(u, 0, (low - start) / length), 1, (high - start) / length);
        const away = Math.hypot(x0 + dx * u - px, y0 + dy * u - py);
        if (away < best[1]) best = [start + length * u, away];
      }
      return best;
    }
  }

  class Filter {
    constructor(line, tuning) {
      this.line = line; this.tuning = tuning;
      this.s = 0; this.v = 0; this.varS = 400; this.cov = 0; this.varV = 4;
      this.t = null; this.last = null; this.misses = 0;
    }

    get offRoute() { return this.misses >= OFF_AFTER; }

    fix(t, xy, accuracy, speed) {
      if (accuracy > WORST_ACCURACY) return "inaccurate";
      if (this.t === null) return this.begin(t, xy, accuracy);
      if (t <= this.last) return "late";
      const dt = Math.max(t - this.last, 0.5), slack = 3 * Math.max(accuracy, 8);
      const found = this.line.project(xy, this.s - slack - 10, this.s + this.tuning.most * dt + slack);
      if (found[1] > Math.max(BESIDE, 3 * accuracy)) return this.miss(t, xy, accuracy);
      let z = found[0];
      if (t > this.t) this.predict(t); else z += this.v * (this.t - t);
      if (!this.update(z, Math.max(accuracy, 4) ** 2)) return this.miss(t, xy, accuracy);
      if (speed !== null && speed !== undefined) this.updateSpeed(speed);
      this.misses = 0; this.last = t;
      return "taken";
    }

    ahead(now) {
      if (this.t === null) return this.s;
      const dt = clamp(now - this.t, 0, this.misses > 1 ? DOUBT_RECKON : RECKON);
      return Math.min(this.s + this.v * dt, this.line.length);
    }

    begin(t, xy, accuracy) {
      const [s, away] = this.line.project(xy);
      if (away > Math.max(BEGIN_BESIDE, 3 * accuracy)) { this.misses += 1; return this.verdict(); }
      return this.stand(s, t, accuracy);
    }

    stand(s, t, accuracy) {
      this.s = s; this.v = 0; this.t = t; this.last = t;
      this.varS = Math.max(accuracy, 4) ** 2; this.cov = 0; this.varV = 4; this.misses = 0;
      return "taken";
    }

    miss(t, xy, accuracy) {
      this.misses += 1;
      if (this.offRoute) {
        const [s, away] = this.line.project(xy, this.s - 3 * Math.max(accuracy, 8));
        if (away <= Math.max(BESIDE, 3 * accuracy)) return this.stand(s, t, accuracy);
      }
      return this.verdict();
    }

    verdict() { return this.offRoute ? "off_route" : "outlier"; }

    predict(t) {
      const dt = t - this.t, q = this.tuning.noise;
      this.s = Math.min(this.s + this.v * dt, this.line.length);
      if (t - this.last > LIVE) this.v *= Math.exp(-dt / SLOWING);
      this.varS += dt * (2 * this.cov + dt * this.varV) + q * dt ** 3 / 3;
      this.cov += dt * this.varV + q * dt * dt / 2;
      this.varV += q * dt;
      this.t = t;
    }

    update(z, noise) {
      const missed = z - this.s, spread = this.varS + noise;
      if (missed * missed > 16 * spread) return false;
      const gainS = this.varS / spread, gainV = this.cov / spread;
      this.correct(gainS * missed, gainV * missed);
      this.varV -= gainV * this.cov; this.cov *= 1 - gainS; this.varS *= 1 - gainS;
      return true;
    }

    updateSpeed(speed) {
      const missed = Math.min(speed, this.tuning.most) - this.v;
      const spread = this.varV + SPEED_SIGMA ** 2;
      const gainS = this.cov / spread, gainV = this.varV / spread;
      this.correct(gainS * missed, gainV * missed);
      this.varS -= gainS * this.cov; this.cov *= 1 - gainV; this.varV *= 1 - gainV;
    }

    correct(metres, speed) {
      this.s = clamp(this.s + metres, 0, this.line.length);
      this.v = clamp(this.v + speed, 0, this.tuning.most);
    }
  }

  class Follower {
    constructor(tuning) {
      this.tuning = tuning; this.cut = Math.max(CUT, 4 * tuning.most);
      this.s = null; this.v = 0; this.t = 0;
    }

    cuts(target) { return this.s !== null && Math.abs(target - this.s) > this.cut; }
    stand(s, now) { this.s = s; this.v = 0; this.t = now; }

    follow(target, speed, now) {
      if (this.s === null || this.cuts(target)) { this.s = target; this.v = speed; this.t = now; return this.s; }
      let left = clamp(now - this.t, 0, 2);
      this.t = Math.max(now, this.t);
      const pull = this.tuning.pull;
      while (left > 0) {
        const dt = Math.min(left, 1 / 30);
        const a = pull * pull * (target - this.s) + 2 * pull * (speed - this.v);
        this.v = clamp(this.v + a * dt, 0, this.tuning.most * 1.4);
        this.s += this.v * dt;
        left -= dt;
      }
      return this.s;
    }
  }

  const quality = (age) => age <= LIVE ? "live" : age <= STALE ? "ageing" : age <= HIDDEN ? "stale" : "hidden";

  // Takes fixes as they come, gives the marker for any moment. `points` are [lat, lon].
  class CourierMotion {
    constructor(points, simulated = false) {
      this.tuning = simulated ? SIMULATED : RIDE;
      this.newest = [-1, -1]; this.last = null; this.rawHeading = null;
      this.shown = null; this.shownAt = 0; this.fade = null;
      this.setRoute(points);
    }

    setRoute(points) {
      this.filter = points.length > 1 ? new Filter(new Line(points), this.tuning) : null;
      this.follower = new Follower(this.tuning);
    }

    reroute(points, now) {
      this.setRoute(points);
      const along = this.filter, last = this.last;
      if (along && last) along.fix(last.t, along.line.toXY(last.lat, last.lon), last.accuracy, null);
      if (!this.shown) return;
      if (along && along.last !== null) {
        const [s, away] = along.line.project(along.line.toXY(this.shown.lat, this.shown.lon));
        if (away < ON_IT && s <= along.s + PAST) { this.follower.stand(s, now); return; }
      }
      this.fade = [now, this.shown];
    }

    // `madeAt`: when the fix was made, by the same clock as `now` elsewhere.
    fix(fix, madeAt) {
      const [rider, seq] = this.newest;
      if (fix.rider < rider || (fix.rider === rider && fix.seq <= seq)) return "duplicate";
      if (fix.rider !== rider) this.anotherCourier();
      this.newest = [fix.rider, fix.seq];
      if (fix.accuracy_m > WORST_ACCURACY) return "inaccurate";
      if (this.last && madeAt <= this.last.t) return "late";
      this.last = { t: madeAt, lat: fix.lat, lon: fix.lon, accuracy: fix.accuracy_m };
      this.rawHeading = fix.heading_deg ?? null;
      if (!this.filter) return "taken";
      const xy = this.filter.line.toXY(fix.lat, fix.lon);
      return this.filter.fix(madeAt, xy, fix.accuracy_m, fix.speed_mps);
    }

    anotherCourier() {
      if (this.shown) this.fade = [this.shownAt, this.shown];
      this.last = this.shown = null;
      if (this.filter) this.filter = new Filter(this.filter.line, this.tuning);
      this.follower = new Follower(this.tuning);
    }

    // {lat, lon, heading, accuracy, age, quality, travelled, offRoute, leaving}, null while unknown.
    state(now) {
      if (!this.last) return null;
      const along = this.filter;
      if (!along) return this.drawn(this.glide(now), this.rawHeading, Math.max(now - this.last.t, 0), null, now);
      if (along.last === null) return null;
      const age = Math.max(now - along.last, 0), target = along.ahead(now);
      const speed = age < RECKON && target < along.line.length ? along.v : 0;
      if (this.follower.cuts(target) && this.shown) this.fade = [now, this.shown];
      const s = Math.min(this.follower.follow(target, speed, now), along.line.length);
      return this.drawn(along.line.toPlace(along.line.at(s)), along.line.heading(s), age, s, now);
    }

    drawn(place, heading, age, travelled, now) {
      const kind = quality(age), offRoute = this.filter !== null && this.filter.offRoute;
      let accuracy = this.last.accuracy;
      if (age > LIVE) accuracy += HALO_GROWTH * (Math.min(age, STALE) - LIVE);
      this.shown = place; this.shownAt = now;
      let leaving = this.leaving(place, now);
      if (kind === "hidden") {
        this.follower = new Follower(this.tuning); this.shown = this.fade = leaving = null;
      }
      return { ...place, heading, accuracy, age, quality: kind, travelled, offRoute, leaving };
    }

    glide(now) {
      const goal = { lat: this.last.lat, lon: this.last.lon };
      if (!this.shown) return goal;
      const share = 1 - Math.exp(-Math.max(now - this.shownAt, 0) / 1.2);
      return {
        lat: this.shown.lat + (goal.lat - this.shown.lat) * share,
        lon: this.shown.lon + (goal.lon - this.shown.lon) * share,
      };
    }

    leaving(place, now) {
      if (!this.fade) return null;
      const [began, old] = this.fade, gone = (now - began) / FADE;
      const k = Math.PI / 180 * EARTH;
      const metres = Math.hypot((old.lat - place.lat) * k,
                                (old.lon - place.lon) * k * Math.cos(place.lat * Math.PI / 180));
      if (gone >= 1 || metres < 1) { this.fade = null; return null; }
      return { ...old, share: 1 - gone };
    }
  }

  globalThis.CourierMotion = CourierMotion;
})();
