// Sorting and searching in tables of class interactief. Pages say everything without it.
"use strict";
for (const table of document.querySelectorAll("table.interactief")) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  const rows = () => [...body.rows];
  const all = rows();
  // The value of a cell to sort by: a number where its column holds numbers, nothing for a dash or an unknown.
  const value = (row, i) => {
    const cell = row.cells[i], text = (cell.firstChild && cell.firstChild.nodeType === 3 ? cell.firstChild.data : cell.innerText).trim();
    if (!heads[i].classList.contains("r")) {
      const day = /^(\d\d)-(\d\d)-(\d{4})$/.exec(text);
      return day ? day[3] + day[2] + day[1] : text.toLowerCase();
    }
    const n = parseFloat(text.replace(/[^0-9,-]/g, "").replace(",", "."));
    return Number.isNaN(n) ? null : n;
  };
  heads.forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(h => h.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const order = rows().map(row => [value(row, i), row]);
      order.sort(([a], [b]) => a === b ? 0 : a === null ? 1 : b === null ? -1 :
        (typeof a === "string" ? a.localeCompare(b, "nl") : a - b) * (down ? -1 : 1));
      body.append(...order.map(([, row]) => row));
    });
  });
  const label = document.createElement("label"), input = document.createElement("input"), count = document.createElement("span");
  label.className = "zoek";
  input.type = "search";
  count.setAttribute("role", "status");
  label.append("Zoek in deze tabel ", input, " ", count);
  table.closest(".tabel, div, section").before(label);
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of all) {
      const text = row.innerText.toLowerCase() + " " + row.textContent.toLowerCase();
      row.hidden = !words.every(w => text.includes(w));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = words.length ? shown + " van " + all.length + " rijen" : "";
  });
}
