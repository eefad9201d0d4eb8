// A report's page: from a cell to where it was printed and back, sums and their cells, doubts one by one.
"use strict";

// FORMS, what the forms say of cells and sums, stands in a file of its own.
const DATA = joined(JSON.parse(document.getElementById("data").textContent));
const EXCERPT = 40; // characters before and behind a printed number
const EXCERPTED = 9; // numbers that may be a cell's own: of many, the first

/** The page's data with what the forms say: the labels of each cell, and which cells a sum adds up. */
function joined(data) {
  const tables = data.tables.map(([table, form]) => FORMS[form][table]);
  const labels = tables.flatMap((table) => Object.entries(table.cells));
  const number = new Map(labels.map(([key], index) => [key, index]));
  const sums = Object.assign({}, ...tables.map((table) => table.checks));
  const cells = data.cells.map((cell, index) => {
    const [key, path] = labels[index];
    return { state: "read", raw: cell.place && cell.value, key, path, checks: [], ...cell };
  });
  const checks = data.checks.map((check, index) => {
    const [left, right] = [sums[check.id].left, sums[check.id].right].map((keys) => keys.map((key) => number.get(key)));
    for (const cell of [...left, ...right]) cells[cell].checks.push(index);
    return { ...check, ...sums[check.id], left, right };
  });
  return { ...data, cells, checks };
}

const body = document.body;
const print_ = document.getElementById("print");
const told = document.getElementById("said");
const cells = DATA.cells.map((_, index) => document.getElementById(`c${index}`));
const marks = print_ ? [...print_.querySelectorAll("[data-c], [data-u]")] : [];
const marksOf = new Map(); // "c12" or "u3" -> its pieces in the text
for (const mark of marks) {
  const names = (mark.dataset.c ?? "").split(" ").filter(Boolean).map((index) => `c${index}`);
  if (mark.dataset.u !== undefined) names.push(`u${mark.dataset.u}`);
  for (const name of names) marksOf.set(name, [...(marksOf.get(name) ?? []), mark]);
}
const rowOf = new Map(); // a piece of text -> the row label printed last before it
let label = "";
for (const piece of print_?.children ?? []) {
  if (piece.matches(".tag.ROW")) label = (piece.matches(".opens") ? "" : label) + piece.textContent.replace(/\s/g, "");
  else rowOf.set(piece, label);
}
const grids = [...document.querySelectorAll("table[role=grid]")];
const places = "tr.values td, td[data-check]";

/** Name the cell that is looked at in the address, or none: a reload and a link passed on show it again. */
function keep(key = "") {
  history.replaceState(null, "", key ? `#${key}` : location.pathname + location.search);
}

let shown = null; // a function that tells again of what is looked at, in another language

function clear(...names) {
  for (const name of names) {
    for (const element of document.querySelectorAll(`.${name}`)) element.classList.remove(name);
  }
}

/** Bring an element into the middle of the box that scrolls it, unless it is in sight there. */
function reveal(element, box) {
  const place = element.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  if (place.top < frame.top + 8 || place.bottom > frame.bottom - 8) {
    box.scrollTop += place.top - frame.top - box.clientHeight / 2;
  }
  if (place.left < frame.left + 8 || place.right > frame.right - 8) {
    box.scrollLeft += place.left - frame.left - box.clientWidth / 2;
  }
}

function isNarrow() {
  return matchMedia("(max-width: 60rem)").matches;
}

/** The text between two pieces of it; null for its begin or its end. */
function textBetween(from, to) {
  const range = document.createRange();
  if (from) range.setStartAfter(from);
  else range.setStart(print_, 0);
  if (to) range.setEndBefore(to);
  else range.setEnd(print_, print_.childNodes.length);
  return [...range.toString()];
}

/** The text around printed numbers, each marked; a long stretch between two is cut, and so are many numbers. */
function excerpt(all) {
  const pieces = all.slice(0, EXCERPTED);
  const marked = pieces.flatMap((piece, at) => {
    const between = at ? textBetween(pieces[at - 1], piece) : [];
    const cut = between.length > EXCERPT ? " … " : between.join("");
    return [cut, el("mark", {}, piece.textContent)];
  });
  const before = textBetween(null, pieces[0]).slice(-EXCERPT).join("");
  const behind = textBetween(pieces.at(-1), null).slice(0, EXCERPT).join("");
  return el("p", { class: "excerpt" }, "… ", before, ...marked, behind, " …");
}

function tell(how) {
  shown = how;
  told.replaceChildren(...how().filter(Boolean));
  body.classList.add("inspecting");
}

function pathOf(labels) {
  const last = labels.length - 1;
  return el("p", { class: "path" }, labels.slice(0, last - 1).join(" › "), " › ", el("b", {}, `${labels[last - 1]} › ${labels[last]}`));
}

function sumOf(index) {
  const check = DATA.checks[index];
  const relation = { holds: "=", fails: "≠", unknown: "?" }[check.state];
  return `${check.sums[0] ?? "…"} ${relation} ${check.sums[1] ?? "…"}`;
}

function checkButton(index) {
  const check = DATA.checks[index];
  const sign = { holds: "✓", fails: "✗", unknown: "?" }[check.state];
  const button = el("button", { type: "button", class: check.state, title: check.rule }, `${sign} ${sumOf(index)}`);
  button.addEventListener("click", () => light(index, true));
  button.addEventListener("mouseenter", () => light(index));
  button.addEventListener("mouseleave", () => clear("lit", "sum"));
  return button;
}

function goButton(key, target) {
  const button = el("button", { type: "button", class: "go" }, said(key));
  button.addEventListener("click", () => {
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center", inline: "center" });
  });
  return button;
}

/** The numbers without a cell that may be an open one's: those behind its row's label, or else between the
 *  numbers of its neighbours. */
function near(index) {
  const cell = DATA.cells[index];
  if (!["ambiguous", "missing"].includes(cell.state)) return [];
  const printed = (from, by) => {
    for (let each = from + by; each >= 0 && each < DATA.cells.length; each += by) {
      const found = marksOf.get(`c${each}`);
      if (found) return marks.indexOf(by < 0 ? found.at(-1) : found[0]);
    }
    return by < 0 ? -1 : marks.length;
  };
  const between = marks.slice(printed(index, -1) + 1, printed(index, 1)).filter((mark) => mark.dataset.u !== undefined);
  const row = cell.path.at(-2);
  const own = between.filter((mark) => rowOf.get(mark) === row);
  return own.length ? own : between;
}

function tellOfCell(index) {
  const cell = DATA.cells[index];
  const hints = near(index);
  const pieces = marksOf.get(`c${index}`) ?? (hints.length ? hints : undefined);
  const value = cell.value === undefined ? (cell.state === "blank" ? word("state.blank") : "—") : cell.value + (cell.unit ?? "");
  const options = cell.candidates?.map((candidate) => el("b", {}, candidate ?? word("candidate.blank")));
  return [
    pathOf(cell.path),
    el(
      "p",
      { class: "value" },
      el("strong", {}, value),
      el("span", { class: `state ${cell.state}` }, `${DATA.signs[cell.state] ?? ""} ${word(`state.${cell.state}`)}`),
      el("small", {}, word(`means.${cell.state}`)),
    ),
    options && el("p", { class: "options" }, said("candidates"), " ", ...options, cell.more ? said("candidates.more") : ""),
    ...(DATA.reasons[cell.why] ?? []).map((name) => said(`why.${name}`, {}, "p")),
    cell.would === undefined
      ? null
      : el("p", { class: "would" }, said(cell.value === undefined ? "suggestion.blank" : "suggestion", { would: cell.would, printed: cell.value ?? "" })),
    cell.settled && el("p", {}, said("settled.by", { by: cell.settled.by, when: cell.settled.when })),
    cell.derived !== undefined ? el("p", {}, said("derived", { n: cell.derived })) : null,
    el(
      "p",
      {},
      cell.raw === undefined ? said(hints.length ? "printed.near" : "printed.not") : el("span", {}, said("printed"), ` “${cell.raw}” `, said("printed.at", { n: cell.place.join("–") }, "small")),
      cell.confidence === undefined ? "" : el("small", {}, " · ", said("confidence", { n: cell.confidence })),
    ),
    pieces && excerpt(pieces),
    cell.checks.length ? el("ul", { "aria-label": word("in_checks") }, ...cell.checks.map((check) => el("li", {}, checkButton(check)))) : null,
    el("p", {}, pieces ? goButton("see.text", pieces[0]) : "", " ", cells[index] ? goButton("see.cell", cells[index]) : ""),
  ];
}

/** Look at a cell: mark it and what is printed for it, and tell of it. */
function choose(index) {
  clear("chosen", "lit", "sum", "near");
  const pieces = marksOf.get(`c${index}`) ?? [];
  const hints = pieces.length ? [] : near(index);
  cells[index]?.classList.add("chosen");
  for (const piece of pieces) piece.classList.add("chosen");
  for (const hint of hints) hint.classList.add("near");
  const first = pieces[0] ?? hints[0];
  if (first && !isNarrow()) reveal(first, print_);
  keep(DATA.cells[index].key);
  tell(() => tellOfCell(index));
  document.dispatchEvent(new CustomEvent("cell", { detail: index }));
}

function chooseLeftover(index) {
  clear("chosen", "lit", "sum", "near");
  const button = document.querySelector(`[data-unplaced="${index}"]`);
  const pieces = marksOf.get(`u${index}`) ?? [];
  button.classList.add("chosen");
  for (const piece of pieces) piece.classList.add("chosen");
  if (pieces.length && !isNarrow()) reveal(pieces[0], print_);
  keep();
  tell(() => [
    el("p", { class: "path" }, said("unplaced")),
    el("p", { class: "value" }, el("strong", {}, button.querySelector("b").textContent)),
    el("p", {}, button.querySelector("span").textContent),
    pieces.length ? excerpt(pieces) : null,
    pieces.length ? el("p", {}, goButton("see.text", pieces[0])) : null,
  ]);
}

function tellOfCheck(index) {
  const check = DATA.checks[index];
  const terms = (side) => side.map((cell) => DATA.cells[cell].value ?? (DATA.cells[cell].state === "blank" ? "0" : "…")).join(" + ");
  const relation = { holds: "=", fails: "≠", unknown: "?" }[check.state];
  return [
    el("p", { class: "path" }, check.table, " › ", el("b", {}, check.name)),
    el(
      "p",
      { class: "value" },
      el("strong", {}, sumOf(index)),
      el("span", { class: "state" }, `${{ holds: "✓", fails: "✗", unknown: "?" }[check.state]} ${word(`check.${check.state}`)}`),
    ),
    el("p", {}, check.rule),
    el("p", { class: "equation" }, `${terms(check.left)} ${relation} ${terms(check.right)}`),
  ];
}

/** Mark the cells that a check adds up; with `telling`, tell of the check. */
function light(index, telling = false) {
  clear("lit", "sum");
  const check = DATA.checks[index];
  for (const [side, isSum] of [[check.left, false], [check.right, true]]) {
    for (const cell of side) {
      for (const element of [cells[cell], ...(marksOf.get(`c${cell}`) ?? [])]) {
        element?.classList.add("lit");
        if (isSum) element?.classList.add("sum");
      }
    }
  }
  if (telling) {
    const first = check.left.map((cell) => marksOf.get(`c${cell}`)?.[0]).find(Boolean);
    if (first && !isNarrow()) reveal(first, print_);
    clear("chosen", "near");
    keep();
    tell(() => tellOfCheck(index));
  }
}

// Cells and proofs: one tab stop a table, arrows within it.

function linesOf(grid) {
  return [...grid.rows]
    .filter((row) => !row.hidden)
    .map((row) => [...row.querySelectorAll(places)])
    .filter((line) => line.length);
}

function moveInGrid(grid, from, key, far) {
  const lines = linesOf(grid);
  const y = lines.findIndex((line) => line.includes(from));
  if (y < 0) return null;
  const x = lines[y].indexOf(from);
  if (key === "ArrowLeft") return lines[y][x - 1];
  if (key === "ArrowRight") return lines[y][x + 1];
  if (key === "Home") return far ? lines[0][0] : lines[y][0];
  if (key === "End") return far ? lines.at(-1).at(-1) : lines[y].at(-1);
  const line = lines[y + (key === "ArrowUp" ? -1 : 1)];
  if (!line) return null;
  const middle = (element) => element.getBoundingClientRect().left + element.offsetWidth / 2;
  const wanted = middle(from);
  return line.reduce((best, each) => (Math.abs(middle(each) - wanted) < Math.abs(middle(best) - wanted) ? each : best));
}

function rove(group, element) {
  for (const each of group) if (each.tabIndex === 0) each.tabIndex = -1;
  element.tabIndex = 0;
}

const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

for (const grid of grids) {
  const all = [...grid.querySelectorAll(places)];
  all.forEach((place, at) => (place.tabIndex = at ? -1 : 0));
  grid.addEventListener("focusin", (event) => {
    const place = event.target.closest(places);
    if (!place) return;
    rove(all, place);
    if (place.dataset.check !== undefined) light(Number(place.dataset.check), true);
    else choose(Number(place.id.slice(1)));
  });
  grid.addEventListener("keydown", (event) => {
    const place = event.target.closest(places);
    if (!place || event.altKey || event.metaKey) return;
    if (MOVES.includes(event.key)) {
      moveInGrid(grid, place, event.key, event.ctrlKey)?.focus();
      event.preventDefault();
    } else if (event.key === "Enter") {
      (marksOf.get(place.id)?.[0] ?? (place.id && near(Number(place.id.slice(1)))[0]))?.focus();
    }
  });
  grid.addEventListener("mouseover", (event) => {
    const proof = event.target.closest("td[data-check]");
    if (proof) light(Number(proof.dataset.check));
  });
  grid.addEventListener("mouseout", (event) => {
    if (event.target.closest("td[data-check]") && !event.target.closest(":focus")) clear("lit", "sum");
  });
}

// Printed numbers: one tab stop for the text, arrows from number to number.

marks.forEach((mark, at) => {
  mark.tabIndex = at ? -1 : 0;
  mark.setAttribute("role", "button");
});

function cellOf(mark) {
  return mark.dataset.c === undefined ? null : Number(mark.dataset.c.split(" ")[0]);
}

print_?.addEventListener("focusin", (event) => {
  const mark = event.target.closest("[data-c], [data-u]");
  if (!mark) return;
  rove(marks, mark);
  const index = cellOf(mark);
  if (index === null) {
    chooseLeftover(Number(mark.dataset.u));
  } else {
    choose(index);
    if (!isNarrow()) cells[index]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
});

print_?.addEventListener("keydown", (event) => {
  const at = marks.indexOf(event.target);
  if (at < 0 || event.altKey || event.metaKey || event.ctrlKey) return;
  const to = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: marks.length - 1 }[event.key];
  if (to !== undefined) {
    marks[to]?.focus();
    event.preventDefault();
  } else if (event.key === "Enter" || event.key === " ") {
    const index = cellOf(event.target);
    const target = index === null ? document.querySelector(`[data-unplaced="${event.target.dataset.u}"]`) : cells[index];
    target?.focus();
    event.preventDefault();
  }
});

// Checks and leftovers.

for (const button of document.querySelectorAll("button[data-check]")) {
  const index = Number(button.dataset.check);
  button.addEventListener("mouseenter", () => light(index));
  button.addEventListener("mouseleave", () => document.activeElement !== button && clear("lit", "sum"));
  button.addEventListener("focus", () => light(index, true));
  button.addEventListener("click", () => {
    light(index, true);
    cells[DATA.checks[index].right[0]]?.scrollIntoView({ block: "center", inline: "nearest" });
  });
}
for (const button of document.querySelectorAll("button[data-cell]")) {
  button.addEventListener("click", () => {
    const cell = cells[Number(button.dataset.cell)];
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "center", inline: "nearest" });
  });
}
for (const button of document.querySelectorAll("[data-unplaced]")) {
  button.addEventListener("focus", () => chooseLeftover(Number(button.dataset.unplaced)));
  button.addEventListener("click", () => chooseLeftover(Number(button.dataset.unplaced)));
}

// What needs a person, each once: cells of several readings, sums that fail, numbers without a cell.

const doubts = [...document.querySelectorAll("[data-need]")];

function step(by) {
  if (!doubts.length) return;
  const here = document.activeElement; // a doubt, or what was one before it was settled, or anything else
  const lies = (doubt, where) => !here.contains(doubt) && here.compareDocumentPosition(doubt) & where;
  const behind = doubts.findIndex((doubt) => lies(doubt, Node.DOCUMENT_POSITION_FOLLOWING));
  const before = doubts.findLastIndex((doubt) => lies(doubt, Node.DOCUMENT_POSITION_PRECEDING));
  const to = by > 0 ? Math.max(behind, 0) : before < 0 ? doubts.length - 1 : before;
  doubts[to].focus({ preventScroll: true });
  doubts[to].scrollIntoView({ block: "center", inline: "nearest" });
}

document.getElementById("next")?.addEventListener("click", () => step(1));
document.getElementById("previous")?.addEventListener("click", () => step(-1));
document.getElementById("doubts")?.addEventListener("click", (event) => {
  const pressed = body.classList.toggle("doubts-only");
  event.currentTarget.setAttribute("aria-pressed", String(pressed));
  for (const grid of grids) fold(grid, pressed);
});

// A merged heading belongs to the first row that it spans: it moves to the first one that is shown.
const groups = grids.flatMap((grid) =>
  [...grid.querySelectorAll("th.group")].map((head) => {
    const lines = [...head.closest("tbody").rows];
    const first = lines.indexOf(head.parentElement);
    return { head, grid, lines: lines.slice(first, first + head.rowSpan) };
  }),
);

/** Show only the rows in doubt of a table, or all; merged headings span the rows that are shown. */
function fold(grid, onlyDoubts) {
  for (const block of grid.tBodies) {
    const whole = !onlyDoubts || block.querySelector(".doubt") !== null; // else not even its head is shown
    for (const row of block.rows) row.hidden = onlyDoubts && !(whole && row.matches(".heads, .doubt"));
  }
  for (const { head, lines } of groups.filter((group) => group.grid === grid)) {
    const shown_ = lines.filter((row) => !row.hidden);
    head.hidden = !shown_.length;
    if (!shown_.length) continue;
    head.rowSpan = shown_.length;
    shown_[0].insertBefore(head, shown_[0].querySelector("th.row"));
  }
}

function leave() {
  clear("chosen", "lit", "sum", "near");
  body.classList.remove("inspecting");
  keep();
  shown = null;
  told.replaceChildren(said("choose", {}, "p"), said("choose.keys", {}, "p"));
}

document.getElementById("close").addEventListener("click", leave);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, select, textarea")) return;
  if (event.key === "n") step(1);
  else if (event.key === "p") step(-1);
  else if (event.key === "Escape") leave();
});
document.addEventListener("language", () => shown && told.replaceChildren(...shown().filter(Boolean)));

// The text of a page of several reports is all of it: show where this one begins.
const begin = DATA.part && print_?.querySelector(".tag");
if (begin) print_.scrollTop = begin.offsetTop - print_.clientHeight / 4;

/** Look at the cell that the address names, if it names one of these. */
function readAddress() {
  const index = DATA.cells.findIndex((cell) => `#${cell.key}` === location.hash);
  cells[index]?.focus({ preventScroll: true });
  cells[index]?.scrollIntoView({ block: "center", inline: "center" });
}

addEventListener("popstate", readAddress);
readAddress();
