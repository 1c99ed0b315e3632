// Plays an HLS stream of fragmented MP4 by Media Source Extensions. Where browsers have HLS of their
// own it stays three segments behind, and says nothing of how old its picture is. RFC 8216 and the
// low latency of draft-pantos-hls-rfc8216bis as MediaMTX writes them: one video, no encryption, no
// byte ranges.
"use strict";
(() => {
  const Source = globalThis.ManagedMediaSource || globalThis.MediaSource;
  const TYPE = 'video/mp4; codecs="avc1.42C01E"';
  const GIVE_UP_MS = 8000, KEPT_S = 10, SPARE_S = 0.5, BEHIND_S = 3;
  const now = () => performance.now() / 1000;
  const value = (line, name) => {
    const found = line.match(new RegExp(`[:,]${name}=(?:"([^"]*)"|([^,]*))`));
    return found ? found[1] ?? found[2] : "";
  };

  // {variant, map, target, blocks, ended, units, next}; a unit is a part where the server has parts:
  // {msn, part, whole, independent, gap, uri}. `next` is what comes after the last one.
  function read(text, base) {
    const list = { variant: "", map: "", target: 1, blocks: false, ended: false, units: [], next: null };
    let msn = 0, parts = [], gap = false, variant = false;
    const url = (uri) => new URL(uri, base).href;
    for (const line of text.split(/\r?\n/)) {
      const rest = line.slice(line.indexOf(":") + 1);
      if (line.startsWith("#EXT-X-STREAM-INF:")) variant = true;
      else if (line.startsWith("#EXT-X-TARGETDURATION:")) list.target = Number(rest) || 1;
      else if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) msn = Number(rest) || 0;
      else if (line.startsWith("#EXT-X-SERVER-CONTROL:")) list.blocks = value(line, "CAN-BLOCK-RELOAD") === "YES";
      else if (line.startsWith("#EXT-X-MAP:")) list.map = url(value(line, "URI"));
      else if (line.startsWith("#EXT-X-GAP")) gap = true;
      else if (line.startsWith("#EXT-X-ENDLIST")) list.ended = true;
      else if (line.startsWith("#EXT-X-PART:")) {
        const independent = value(line, "INDEPENDENT") === "YES";
        parts.push({ msn, part: parts.length, whole: false, independent, gap: false, uri: url(value(line, "URI")) });
      } else if (line && !line.startsWith("#")) {
        if (variant) { list.variant ||= url(line); variant = false; continue; }
        const whole = { msn, part: Infinity, whole: true, independent: true, gap, uri: url(line) };
        list.units.push(...(parts.length ? parts : [whole]));
        msn += 1; parts = []; gap = false;
      }
    }
    list.units.push(...parts);
    list.next = { msn, part: parts.length };
    return list;
  }

  // The units that follow what was taken last; from the newest that a picture can begin with where
  // nothing was, or where the server has gone on without us.
  function after(list, last) {
    const units = list.units.filter((unit) => !unit.gap);
    if (!units.length) return [];
    if (last && last.msn + 1 >= units[0].msn) {
      return units.filter((u) => u.msn > last.msn || (u.msn === last.msn && u.part > last.part));
    }
    let first = units.length - 1;
    while (first > 0 && !units[first].independent) first -= 1;
    return units.slice(first);
  }

  // "avc1.42C01E" as the stream's own head says it.
  function typeOf(head) {
    const bytes = new Uint8Array(head);
    for (let i = 0; i + 8 < bytes.length; i += 1) {
      if (String.fromCharCode(...bytes.subarray(i, i + 4)) !== "avcC") continue;
      const codec = [...bytes.subarray(i + 5, i + 8)].map((b) => b.toString(16).padStart(2, "0")).join("");
      return `video/mp4; codecs="avc1.${codec}"`;
    }
    throw new Error("no H.264 in it");
  }

  class Pieces {
    constructor(video, url, failed) {
      this.video = video; this.failed = failed;
      this.over = false; this.asked = new AbortController();
      this.buffer = null; this.end = 0; this.offset = Infinity; this.usual = 1.5;
      this.begun = new Promise((begun, not) => { this.run(url, begun).catch((e) => { not(e); this.fail(); }); });
    }

    async run(url, begun) {
      let at = url, list = await this.list(at);
      if (list.variant) { at = list.variant; list = await this.list(at); }
      if (!list.map) { begun(false); return; }
      const head = await this.get(list.map, "arrayBuffer");
      await this.open(typeOf(head));
      await this.append(head);
      begun(true);
      for (let last = null; !this.over;) {
        const units = after(list, last);
        for (const unit of units) { await this.take(unit); last = unit; }
        if (list.ended) throw new Error("it has ended");
        if (last && list.next.msn < last.msn) throw new Error("it has begun anew");
        list = await this.reload(at, list, units.length);
      }
    }

    async reload(at, list, found) {
      const url = new URL(at);
      if (list.blocks) {
        url.searchParams.set("_HLS_msn", list.next.msn);
        url.searchParams.set("_HLS_part", list.next.part);
      } else await new Promise((done) => setTimeout(done, 1000 * list.target / (found ? 2 : 4)));
      return this.list(url.href);
    }

    async list(url) {
      const { text, from } = await this.get(url, "text");
      return read(text, from);
    }

    // Without cookies: where there are none MediaMTX's session stands in the addresses.
    async get(url, kind) {
      const giveUp = setTimeout(() => this.asked.abort(), GIVE_UP_MS);
      try {
        const answer = await fetch(url, { cache: "no-store", credentials: "omit", signal: this.asked.signal });
        if (!answer.ok) throw new Error(String(answer.status));
        const got = await answer[kind]();
        return kind === "text" ? { text: got, from: answer.url } : got;
      } finally { clearTimeout(giveUp); }
    }

    open(type) {
      if (!Source.isTypeSupported(type)) throw new Error(`${type} is not played here`);
      const source = new Source(), address = URL.createObjectURL(source);
      this.video.disableRemotePlayback = true;  // what a ManagedMediaSource asks for
      this.video.src = address;
      return new Promise((done) => source.addEventListener("sourceopen", () => {
        URL.revokeObjectURL(address);
        this.buffer = source.addSourceBuffer(type);
        done();
      }, { once: true }));
    }

    async take(unit) {
      await this.append(await this.get(unit.uri, "arrayBuffer"));
      const { buffered } = this.buffer;
      if (!buffered.length) return;
      this.end = buffered.end(buffered.length - 1);
      this.usual = unit.whole ? 1 + SPARE_S : SPARE_S;
      // What came soonest tells when each picture can have been taken at the latest.
      this.offset = Math.min(this.offset, now() - this.end);
      this.keepUp();
      const old = this.video.currentTime - KEPT_S;
      if (old > buffered.start(0) + KEPT_S) await this.work(() => this.buffer.remove(0, old));
    }

    append(data) { return this.work(() => this.buffer.appendBuffer(data)); }

    work(does) {
      return new Promise((done, not) => {
        if (this.over) { not(new Error("stopped")); return; }
        // Set, not added: of a ride's thousands of pieces each would else leave one behind.
        this.buffer.onupdateend = done;
        this.buffer.onerror = () => not(new Error("not to be played"));
        does();
      });
    }

    // Stay close behind the newest picture: a little faster after a delay, with a jump after a long one.
    keepUp() {
      if (!this.buffer || !this.end || this.over) return;
      const { buffered } = this.buffer, { video } = this;
      const ahead = this.end - video.currentTime;
      const start = buffered.length ? buffered.start(buffered.length - 1) : 0;
      if (video.currentTime < start || ahead > this.usual + BEHIND_S) {
        video.currentTime = Math.max(start, this.end - this.usual);
      } else video.playbackRate = ahead > this.usual + SPARE_S ? 1.1 : 1;
    }

    age() { return this.end ? Math.max(now() - this.offset - this.video.currentTime, 0) : 0; }
    lag() { return Math.max(this.age() - this.usual - SPARE_S, 0); }

    fail() { if (!this.over) { this.stop(); this.failed(); } }
    stop() { this.over = true; this.asked.abort(); }
  }

  globalThis.pieces = {
    playable: () => !!Source && Source.isTypeSupported(TYPE),
    play: (video, url, failed) => new Pieces(video, url, failed),
    read, after,
  };
})();
