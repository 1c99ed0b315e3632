// The search index: every word's products, the words sorted, so that a prefix is a range.
const ready = fetch("storefront.json").then((answer) => answer.json()).then(({ pieces }) => {
  const postings = new Map();
  pieces.forEach(([title, , maker, , shelf, pitch], index) => {
    const text = `${title} ${maker} ${shelf} ${pitch}`.toLowerCase();
    for (const word of new Set(text.split(/[^\p{L}\d]+/u))) {
      if (!word) continue;
      let list = postings.get(word);
      if (!list) postings.set(word, (list = []));
      list.push(index);
    }
  });
  const words = [...postings.keys()].sort();
  return { words, lists: words.map((word) => postings.get(word)), count: pieces.length };
});

function from(words, prefix) {
  let low = 0, high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle] < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}

onmessage = async ({ data: { number, words: asked } }) => {
  const { words, lists, count } = await ready;
  const hits = new Uint8Array(count);
  const prefixes = asked.toLowerCase().split(" ").filter(Boolean);
  prefixes.forEach((prefix, nth) => {
    for (let k = from(words, prefix); k < words.length && words[k].startsWith(prefix); k++) {
      for (const index of lists[k]) if (hits[index] === nth) hits[index] = nth + 1;
    }
  });
  const found = [];
  hits.forEach((hit, index) => hit === prefixes.length && found.push(index));
  postMessage({ number, found });
};
