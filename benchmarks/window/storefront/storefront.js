// A storefront for a kiosk as a careful web developer writes it: a virtualised wall of recycled
// cards, pictures decoded beside the main thread, the search index in a worker.
import { Scroll } from "./scroll.js";

const COLUMNS = 2, CARD_W = 471, ROW_H = 744, LEFT = 57, GAP = 24, AHEAD = 5;
const HERO_S = 16, FADE_S = 1.8;
const KEYS = ["azertyuiop", "qsdfghjklm", "wxcvbn⌫"];
const byId = (id) => document.getElementById(id);
const price = new Intl.NumberFormat("fr", { style: "currency", currency: "EUR" });

let pieces = [], shown = [];

// ---- attract ------------------------------------------------------------------------------------

const heroes = [...document.querySelectorAll(".hero")];
let turn = 0, turning = 0;

async function attract() {
  const next = heroes[turn % 2], last = heroes[(turn + 1) % 2];
  next.src = `hero/${turn % 4}.jpg`;
  await next.decode().catch(() => {});
  next.style.zIndex = 1;
  last.style.zIndex = 0;
  next.classList.toggle("fading", turn > 0);
  next.classList.add("shown");
  setTimeout(() => {
    last.classList.remove("fading", "shown");
  }, FADE_S * 1000 + 200);
  turn += 1;
  clearTimeout(turning);
  turning = setTimeout(attract, HERO_S * 1000);
}

byId("attract").addEventListener("pointerup", () => {
  clearTimeout(turning);
  go("shelves");
});

function go(name) {
  for (const main of document.querySelectorAll("main")) main.hidden = main.id !== name;
  if (name === "shelves") wall.draw();
}

// ---- the wall -----------------------------------------------------------------------------------

class Card {
  constructor(parent) {
    this.element = document.createElement("div");
    this.element.className = "card";
    this.element.innerHTML = '<img decoding="async" alt=""><h2></h2><p></p>';
    [this.image, this.title, this.line] = this.element.children;
    parent.append(this.element);
    this.index = -1;
  }

  show(index) {
    const [title, cents, maker, photo] = pieces[shown[index]];
    this.index = index;
    this.image.src = `photo/${photo}.jpg`;
    this.title.textContent = title;
    this.line.textContent = `${price.format(cents / 100)} ${maker}`;
    const x = LEFT + (index % COLUMNS) * (CARD_W + GAP);
    const y = Math.floor(index / COLUMNS) * ROW_H;
    this.element.style.transform = `translate(${x}px, ${y}px)`;
  }
}

const wall = {
  element: byId("wall"), rows: byId("rows"), cards: new Map(), spare: [],

  open(indices) {
    shown = indices;
    this.rows.style.height = `${Math.ceil(shown.length / COLUMNS) * ROW_H}px`;
    byId("count").textContent = `${shown.length} pièces`;
    for (const card of this.cards.values()) this.put(card);
    this.cards.clear();
    this.element.scrollTop = 0;
    this.draw();
  },

  put(card) {
    card.element.style.visibility = "hidden";
    this.spare.push(card);
  },

  draw() {
    const top = this.element.scrollTop, height = this.element.clientHeight;
    const first = Math.max(0, Math.floor(top / ROW_H) - AHEAD) * COLUMNS;
    const end = Math.min(shown.length, (Math.ceil((top + height) / ROW_H) + AHEAD) * COLUMNS);
    for (const [index, card] of this.cards) {
      if (index < first || index >= end) {
        this.cards.delete(index);
        this.put(card);
      }
    }
    for (let index = first; index < end; index++) {
      if (this.cards.has(index)) continue;
      const card = this.spare.pop() ?? new Card(this.rows);
      card.show(index);
      card.element.style.visibility = "";
      this.cards.set(index, card);
    }
  },
};
wall.element.addEventListener("scroll", () => wall.draw(), { passive: true });
new Scroll(wall.element, (x, y) => {
  const card = document.elementFromPoint(x, y)?.closest(".card");
  const found = card && [...wall.cards.values()].find((c) => c.element === card);
  if (found) open(pieces[shown[found.index]]);
});

// ---- a product ----------------------------------------------------------------------------------

function open([title, cents, , photo, , pitch]) {
  byId("photo").src = `photo/${photo}.jpg`;
  byId("title").textContent = title;
  byId("price").textContent = price.format(cents / 100);
  byId("pitch").textContent = pitch;
  go("product");
}
byId("back").addEventListener("click", () => go("shelves"));
byId("again").addEventListener("click", () => {
  type("");
  byId("keyboard").hidden = true;
  go("attract");
  attract();
});

// ---- the search ---------------------------------------------------------------------------------

const finder = new Worker("finder.js");
let asked = 0, words = "";
finder.onmessage = ({ data: { number, found } }) => {
  if (number === asked) wall.open(found);
};

function type(text) {
  words = text;
  byId("typed").textContent = text;
  asked += 1;
  if (text) finder.postMessage({ number: asked, words: text });
  else wall.open(pieces.map((_, index) => index));
}

const keyboard = byId("keyboard");
keyboard.innerHTML = '<p id="typed"></p>';
for (const line of KEYS) {
  const row = document.createElement("div");
  row.className = "keys";
  for (const letter of line) {
    const key = document.createElement("button");
    key.textContent = letter;
    key.id = `key-${letter}`;
    key.addEventListener("click", () => {
      type(letter === "⌫" ? words.slice(0, -1) : words + letter);
    });
    row.append(key);
  }
  keyboard.append(row);
}
byId("search").addEventListener("click", () => {
  keyboard.hidden = false;
});

attract();
const answer = await fetch("storefront.json");
pieces = (await answer.json()).pieces;
wall.open(pieces.map((_, index) => index));
