// Sorting, searching and choosing in tables of class interactief, and keys for what scrolls sideways. Pages say everything without it.
"use strict";

// Areas that scroll sideways take part in the tab order where they do, each under a name of its own: a caption may say what the heading over it says.
const areas = new Map(), used = new Map();
for (const area of document.querySelectorAll(".tabel, .schuif")) {
  const article = area.closest("article[aria-labelledby]"), by = article && document.getElementById(article.getAttribute("aria-labelledby"));
  const name = [by, area.querySelector("caption, title")].filter(Boolean).map(e => e.textContent.trim()).join(": ") + (area.matches(".schuif") ? ", grafiek" : ", tabel");
  used.set(name, (used.get(name) || 0) + 1);
  areas.set(area, used.get(name) > 1 ? name + " " + used.get(name) : name);
}
const watch = new ResizeObserver(() => {
  for (const [area, name] of areas) {
    const scrolls = area.scrollWidth > area.clientWidth;
    if (scrolls === area.hasAttribute("tabindex")) continue;
    for (const [key, is] of [["tabindex", "0"], ["role", "region"], ["aria-label", name]]) scrolls ? area.setAttribute(key, is) : area.removeAttribute(key);
  }
});
for (const area of areas.keys()) {
  watch.observe(area);
  watch.observe(area.firstElementChild);
}

const few = 8; // rows that one sees at a glance: nothing to search for
const dutch = new Intl.Collator("nl", {numeric: true});
const make = (tag, set) => Object.assign(document.createElement(tag), set);
const fold = text => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

// The first words in a cell: what is below them explains.
const words = cell => {
  const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (walk.currentNode.data.trim()) return walk.currentNode.data.trim();
  return "";
};

// What a cell is sorted by: a number or a day where its column holds them, words elsewhere, and null for what is not known.
const value = (cell, head) => {
  const text = words(cell);
  if (/^(|[-–]|onbekend)$/.test(text)) return null;
  if (head.classList.contains("r")) {
    const number = /-?\d[\d.]*(,\d+)?/.exec(text);
    return number && parseFloat(number[0].replace(/\./g, "").replace(",", "."));
  }
  const day = cell.classList.contains("dagen") && /(\d\d)-(\d\d)-(\d{4})/.exec(text);
  return day ? day[3] + day[2] + day[1] + (day.index ? "0" : "1") : text; // "op of vóór" a day comes before that day
};
const compare = (a, b) => typeof a === "string" ? dutch.compare(a, b) : a - b;

for (const table of document.querySelectorAll("table.interactief")) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells], all = [...body.rows];
  heads.forEach((head, i) => {
    if (!head.textContent.trim() || head.classList.contains("breed")) return;
    const button = make("button", {type: "button"});
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const way = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const h of heads) h.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      const order = [...body.rows].map(row => [value(row.cells[i], head), row]);
      order.sort(([a], [b]) => a === null || b === null ? (a === null) - (b === null) : way * compare(a, b));
      body.append(...order.map(([, row]) => row));
    });
  });
  if (all.length <= few) continue;

  const tools = make("div", {className: "zoek"}), count = make("span", {className: "telling"}), tests = [];
  const apply = () => {
    const asked = tests.map(test => test()).filter(Boolean);
    let shown = 0;
    for (const row of all) {
      row.hidden = !asked.every(fits => fits(row));
      shown += !row.hidden;
    }
    count.textContent = asked.length ? shown + " van " + all.length + " rijen" : "";
  };
  const tool = (label, input, test) => {
    const around = make("label");
    around.append(label + " ", input);
    tools.append(around);
    input.addEventListener("input", apply);
    tests.push(test);
  };
  const input = make("input", {type: "search"});
  tool("Zoek in deze tabel", input, () => {
    const asked = fold(input.value).split(/\s+/).filter(Boolean);
    return asked.length && (row => {
      const text = fold([...row.cells].map(cell => cell.innerText + " " + cell.textContent).join(" "));
      return asked.every(word => text.includes(word));
    });
  });
  heads.forEach((head, i) => {
    const of = row => words(row.cells[i]), kinds = [...new Set(all.map(of))].sort(dutch.compare);
    if (!head.classList.contains("kies") || kinds.length < 2) return;
    const select = make("select");
    select.append(new Option("alles", ""), ...kinds.map(kind => new Option(kind || "–", "=" + kind)));
    tool(head.textContent.trim(), select, () => select.value && (row => "=" + of(row) === select.value));
  });
  count.setAttribute("role", "status");
  tools.append(count);
  table.closest(".tabel").before(tools);
}
