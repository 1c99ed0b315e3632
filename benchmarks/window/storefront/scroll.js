// A scroll that follows the pointer and runs on: what a touch screen's driver reports as a mouse
// must scroll too. The browser's own touch and wheel scrolling stays as it is.
const FRICTION = 3.0, STILL = 12, MEMORY_MS = 120, SLOP = 12;

export class Scroll {
  constructor(element, tapped) {
    this.element = element;
    this.tapped = tapped;
    this.velocity = 0;
    this.frame = 0;
    element.addEventListener("dragstart", (e) => e.preventDefault());
    element.addEventListener("pointerdown", (e) => this.grab(e));
    element.addEventListener("pointermove", (e) => this.drag(e));
    element.addEventListener("pointerup", (e) => this.release(e));
  }

  grab(event) {
    this.element.setPointerCapture(event.pointerId);
    this.velocity = 0;
    this.held = { y: event.clientY, top: this.element.scrollTop, moved: false };
    this.trail = [[event.timeStamp, event.clientY]];
  }

  drag(event) {
    if (!this.held) return;
    this.trail.push([event.timeStamp, event.clientY]);
    this.trail = this.trail.filter(([at]) => event.timeStamp - at <= MEMORY_MS);
    this.held.moved ||= Math.abs(event.clientY - this.held.y) > SLOP;
    if (this.held.moved) this.element.scrollTop = this.held.top + this.held.y - event.clientY;
  }

  release(event) {
    if (!this.held) return;
    const moved = this.held.moved;
    this.held = null;
    if (!moved) return this.tapped(event.clientX, event.clientY);
    const recent = this.trail.filter(([at]) => event.timeStamp - at <= MEMORY_MS);
    if (recent.length < 2) return;
    const [first, last] = [recent[0], recent.at(-1)];
    if (last[0] > first[0]) this.velocity = ((first[1] - last[1]) / (last[0] - first[0])) * 1000;
    this.top = this.element.scrollTop;
    this.then = performance.now();
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame((now) => this.step(now));
  }

  step(now) {
    const seconds = Math.max(0, now - this.then) / 1000;
    this.then = now;
    this.top += this.velocity * seconds;
    this.velocity *= Math.exp(-FRICTION * seconds);
    this.element.scrollTop = this.top;
    if (!this.held && Math.abs(this.velocity) > STILL) {
      this.frame = requestAnimationFrame((next) => this.step(next));
    }
  }
}
