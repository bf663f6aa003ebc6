// What the page does beyond HTML: sorting (Tablesort), finding, comparing two, opening what a link or a printer needs.
"use strict";
document.documentElement.classList.add("scripted");
for (const tools of document.querySelectorAll(".tools")) tools.hidden = false;
for (const table of document.querySelectorAll("table.sortable")) new Tablesort(table);

const cardOf = (row) => document.getElementById(row.dataset.card);

function filter(section) {
  const words = section.querySelector(".find").value.toLowerCase().split(/\s+/).filter(Boolean);
  const complete = section.querySelector(".complete").checked;
  let count = 0;
  for (const row of section.querySelectorAll(".shortlist tbody tr")) {
    const text = (row.textContent + " " + cardOf(row).textContent).toLowerCase();
    const wanted = words.every((word) => text.includes(word)) && (!complete || row.dataset.complete === "1");
    row.hidden = cardOf(row).hidden = !wanted;
    count += wanted;
  }
  section.querySelector(".state").textContent = count === 1 ? "1 candidate" : `${count} candidates`;
}

const cell = (tag, content, kind = "") => {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  if (content instanceof Node) made.append(content);
  else made.textContent = content;
  return made;
};

function compare(rows) {
  const cards = rows.map(cardOf);
  const names = cards.map((card) => card.querySelector("h4").textContent);
  const heads = ["Requirement", ...names, "Difference", ...names.map((name) => `Why: ${name}`)];
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  heads.forEach((text, at) => head.append(cell("th", text, at > 0 && at < 4 ? "number" : "")));
  for (const made of head.cells) made.scope = "col";
  const parts = [...cards[0].querySelectorAll("[data-part]")].map((one) => {
    const other = cards[1].querySelector(`[data-part="${one.dataset.part}"]`);
    return { one, other, difference: one.dataset.points - other.dataset.points };
  });
  parts.sort((left, right) => Math.abs(right.difference) - Math.abs(left.difference));
  const signed = (points) => (points > 0 ? "+" : points < 0 ? "\u2212" : "") + (Math.abs(points) / 100).toFixed(2);
  const inside = (node) => {
    const piece = document.createDocumentFragment();
    for (const child of node.childNodes) piece.append(child.cloneNode(true));
    for (const link of piece.querySelectorAll("a")) link.replaceWith(link.textContent);
    return piece;
  };
  const body = table.createTBody();
  const total = rows.map((row) => Number(row.querySelector(".score").textContent));
  const sum = body.insertRow();
  sum.className = "stage";
  sum.append(cell("th", "Score"), ...total.map((score) => cell("td", score.toFixed(2), "number")));
  sum.append(cell("td", signed(Math.round(100 * (total[0] - total[1]))), "number"), cell("td", ""), cell("td", ""));
  for (const { one, other, difference } of parts) {
    const row = body.insertRow();
    row.append(cell("th", inside(one.cells[0])));
    for (const part of [one, other]) row.append(cell("td", inside(part.cells[1]), "number"));
    row.append(cell("td", signed(difference), "number"));
    for (const part of [one, other]) row.append(cell("td", inside(part.cells[3])));
  }
  for (const made of body.querySelectorAll("th")) made.scope = "row";
  const dialog = document.getElementById("comparison");
  dialog.querySelector(".scroll").replaceChildren(table);
  dialog.showModal();
}

for (const section of document.querySelectorAll(".job")) {
  const button = section.querySelector(".compare");
  if (!button) continue;
  const picked = () => [...section.querySelectorAll(".pick input:checked")].map((box) => box.closest("tr"));
  section.querySelector(".find").addEventListener("input", () => filter(section));
  section.querySelector(".complete").addEventListener("change", () => filter(section));
  section.querySelector(".shortlist").addEventListener("change", () => { button.disabled = picked().length !== 2; });
  button.addEventListener("click", () => compare(picked()));
  button.disabled = picked().length !== 2;
}

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", reveal);
reveal();

let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const details of closed) details.open = true;
});
addEventListener("afterprint", () => { for (const details of closed) details.open = false; });
