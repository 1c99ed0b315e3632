// A ride through no street at all, for the demonstration: the same as on the glass
// (kiosk.window.stage.camera.simulated), drawn here and said to be. Lengths are metres.
"use strict";
(() => {
  const ACROSS = 96, DOWN = 54, RATE = 12;
  const HORIZON = 0.46, SPEED = 5.2, EYE = 1.25, ROAD = 3.2, STREET = 8.5;
  const BUILDING = 14, FLOOR = 3.2, PANE = 2.6, LAMP_EVERY = 24;
  const WARM = [0.95, 0.66, 0.32], DARK = [0.07, 0.08, 0.1], SHOP = [0.83, 0.66, 0.43];
  const began = performance.now();

  let figure = null, timer = 0;
  let wanted = !matchMedia("(prefers-reduced-motion: reduce)").matches;

  const modulo = (a, n) => ((a % n) + n) % n;
  // The same share from 0 to 1 for the same number.
  const noise = (number) => { const wave = Math.sin(number * 12.9898) * 43758.5453; return wave - Math.floor(wave); };

  function sky(y) {
    const up = Math.min(Math.max(-y * 2.2, 0), 1);
    return [0.29 - 0.19 * up, 0.22 - 0.09 * up, 0.17];
  }

  function ground(side, along) {
    const off = Math.abs(side);
    let light = 0.13 + 0.02 * Math.sin(side * 9) * Math.sin(along * 3.1) + 0.05 * Math.exp(-((off - 1.5) ** 2));
    if (Math.abs(side - 1.1) < 0.09 && modulo(along, 6) < 2.6) light = 0.58;
    else if (Math.abs(off - ROAD) < 0.16) light = 0.27;
    if (off > ROAD + 0.2) light *= 1.35;
    return [light, light * 0.95, light * 0.86];
  }

  function facade(x, y, depth, travelled, seed) {
    const along = depth + travelled, height = EYE - y * depth, side = x < 0 ? 1 : 2;
    const drawn = noise(Math.floor(along / BUILDING) * 7 + side * 91 + seed % 997);
    if (height > 7.5 + 7 * drawn) return sky(y);
    const column = Math.abs(modulo(along, PANE) / PANE - 0.5);
    if (height < FLOOR && column < 0.4 && drawn > 0.45) return SHOP;
    const row = modulo(height, FLOOR) / FLOOR;
    if (column < 0.24 && Math.abs(row - 0.55) < 0.3) {
      const number = Math.floor(along / PANE) * 13 + Math.floor(height / FLOOR) * 57 + side * 5;
      return noise(number + seed % 641) > 0.62 ? WARM : DARK;
    }
    const stone = 0.17 + 0.12 * drawn;
    return [stone, stone * 0.9, stone * 0.76];
  }

  function lamps(travelled) {
    const first = LAMP_EVERY - travelled % LAMP_EVERY, found = [];
    for (let number = 0; number < 5; number += 1) {
      const ahead = first + number * LAMP_EVERY;
      if (ahead < 2.5) continue;
      const side = modulo(Math.floor(travelled / LAMP_EVERY) + number, 2) ? 4.6 : -4.6;
      found.push([side / ahead, (EYE - 5.2) / ahead, 0.62 / ahead]);
    }
    return found;
  }

  function draw(canvas, t, seed) {
    const context = canvas.getContext("2d"), picture = context.createImageData(ACROSS, DOWN);
    const travelled = SPEED * t, lights = lamps(travelled);
    const swayX = 0.015 * Math.sin(2.1 * t) + 0.008 * Math.sin(5.3 * t), swayY = 0.006 * Math.sin(7.1 * t);
    for (let down = 0, place = 0; down < DOWN; down += 1) {
      const y0 = ((down + 0.5) / DOWN - HORIZON) * 1.2, y = y0 + swayY;
      for (let across = 0; across < ACROSS; across += 1, place += 4) {
        const x0 = ((across + 0.5) / ACROSS * 2 - 1) * 1.05, x = x0 + swayX;
        const wall = STREET / Math.max(Math.abs(x), 1e-3), floor = y > 0 ? EYE / Math.max(y, 1e-3) : 1e9;
        const depth = Math.min(floor, wall, 160), haze = Math.exp(-depth / 38);
        const seen = floor < wall ? ground(x * depth, depth + travelled) : facade(x, y, depth, travelled, seed);
        const far = sky(y), vignette = 1 - 0.32 * (x0 ** 2 + (y0 * 1.3) ** 2);
        let glow = 0;
        for (const [lampX, lampY, size] of lights) {
          const away = ((x - lampX) ** 2 + ((y - lampY) * 1.1) ** 2) / size ** 2;
          if (away < 90) glow += Math.exp(-away) * 0.9 + 0.25 * Math.exp(-away / 14);
        }
        for (let channel = 0; channel < 3; channel += 1) {
          const light = far[channel] * (1 - haze) + seen[channel] * haze + glow * [1, 0.78, 0.46][channel];
          picture.data[place + channel] = light * vignette * 255;
        }
        picture.data[place + 3] = 255;
      }
    }
    context.putImageData(picture, 0, 0);
  }

  function look() {
    if (!figure) return;
    const d = figure.dataset;
    d.feed = wanted ? "live" : "shut";
    figure.hidden = false;
    figure.querySelector("button").textContent = wanted ? d.hide : d.show;
    clearInterval(timer);
    timer = 0;
    if (!wanted || document.hidden) return;
    const canvas = figure.querySelector("canvas"), seed = Number(d.ride);
    const next = () => draw(canvas, (performance.now() - began) / 1000, seed);
    next();
    timer = setInterval(next, 1000 / RATE);
  }

  function end() {
    clearInterval(timer);
    figure = null; timer = 0;
  }

  // After the page's state was put in place.
  function take() {
    const found = document.getElementById("simulated");
    if (found === figure) return;
    end();
    figure = found;
    if (!figure) return;
    figure.querySelector("button").onclick = () => { wanted = !wanted; look(); };
    look();
  }

  document.addEventListener("visibilitychange", look);
  globalThis.simulated = { take, end, draw };
})();
