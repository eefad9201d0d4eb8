// The index: filter, sort, and draw the rows that are in sight.
"use strict";

const DATA = JSON.parse(document.getElementById("data").textContent);
const [FILE, NAME, SOURCE, TITLE, YEAR, FORM, STATUS, OPEN, FAILING, UNPLACED, PART, ERROR] = Array(12).keys();
const BEYOND = 12; // rows drawn above and below what is in sight: Tab finds the next one there
const ENTRIES = DATA.entries;
const SEARCHED = ENTRIES.map((entry) => `${entry[NAME]} ${entry[TITLE]} ${entry[SOURCE]}`.toLowerCase());

const rows = document.getElementById("rows");
const search = document.getElementById("search");
const doubts = document.getElementById("doubts");
const drawn = new Map(); // place in the list -> its row
const filter = { words: "", doubts: false, status: null, failing: null };
const sorting = { by: "status", down: false };
let listed = [];
let lineHeight = 0;

const KEYS = {
  status: (entry) => entry[STATUS],
  name: (entry) => entry[NAME],
  year: (entry) => entry[YEAR],
  form: (entry) => entry[FORM],
  open: (entry) => entry[OPEN],
  failing: (entry) => entry[FAILING].length,
  unplaced: (entry) => entry[UNPLACED],
};

/** Whether a person should look: something is open, contradicts itself, or was not read. */
function isDoubtful(entry) {
  return DATA.statuses[entry[STATUS]] !== "verified";
}

function weight(entry) {
  return entry[OPEN] + entry[FAILING].length + entry[UNPLACED];
}

function list() {
  const wanted = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  listed = [];
  for (let index = 0; index < ENTRIES.length; index++) {
    const entry = ENTRIES[index];
    if (filter.doubts && !isDoubtful(entry)) continue;
    if (filter.status !== null && entry[STATUS] !== filter.status) continue;
    if (filter.failing !== null && !entry[FAILING].includes(filter.failing)) continue;
    if (!wanted.every((each) => SEARCHED[index].includes(each))) continue;
    listed.push(index);
  }
  const key = KEYS[sorting.by];
  const sign = sorting.down ? -1 : 1;
  const values = new Map(listed.map((index) => [index, key(ENTRIES[index])]));
  const compare = sorting.by === "name" ? new Intl.Collator("zh").compare : (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  listed.sort((a, b) => sign * compare(values.get(a), values.get(b)) || weight(ENTRIES[b]) - weight(ENTRIES[a]) || a - b);
}

function number(kind, count, short) {
  const name = short && word(short); // shown on a narrow window, where there is no head
  return el("span", { class: `number ${kind}${count ? "" : " none"}`, role: "cell", "data-name": name }, String(count));
}

function row(place) {
  const entry = ENTRIES[listed[place]];
  const status = DATA.statuses[entry[STATUS]];
  const badge = el("b", { class: `status ${status}` }, el("i", { class: "sign", "aria-hidden": "true" }, DATA.signs[status]), said(`status.${status}`));
  const called = entry[NAME] || entry[SOURCE].split("/").pop();
  const name = entry[PART] ? [called, " ", said("part", { n: entry[PART] })] : [called];
  const link = entry[FILE] ? el("a", { href: entry[FILE] }, ...name) : el("span", {}, ...name);
  const line = el(
    "div",
    { class: "line", role: "row", "aria-rowindex": place + 2 },
    el("span", { role: "cell" }, badge),
    el("span", { class: "name", role: "cell", title: `${entry[TITLE]}\n${DATA.folder}${entry[SOURCE]}`.trim() }, link, el("small", {}, entry[ERROR] || entry[SOURCE])),
    el("span", { class: "number year", role: "cell" }, entry[YEAR] || "–"),
    el("span", { class: "number form", role: "cell" }, entry[FORM] || "–"),
    number("open", entry[OPEN], "index.open.short"),
    number("failing", entry[FAILING].length, "index.failing.short"),
    number("unplaced", entry[UNPLACED]),
  );
  line.style.top = `${place * lineHeight}px`;
  return line;
}

/** Draw the rows that are in sight and a few beyond; the one with the focus stays. */
function draw() {
  const above = -rows.getBoundingClientRect().top;
  const first = Math.max(0, Math.floor(above / lineHeight) - BEYOND);
  const last = Math.min(listed.length, Math.ceil((above + innerHeight) / lineHeight) + BEYOND);
  for (const [place, line] of drawn) {
    if ((place < first || place >= last) && !line.contains(document.activeElement)) {
      line.remove();
      drawn.delete(place);
    }
  }
  let before = null; // rows stand in their order, for those who read the page by ear
  for (let place = last - 1; place >= first; place--) {
    let line = drawn.get(place);
    if (!line) {
      line = row(place);
      drawn.set(place, line);
      rows.insertBefore(line, before);
    }
    before = line;
  }
}

function redraw() {
  rows.replaceChildren();
  drawn.clear();
  lineHeight = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--line-height")) * parseFloat(getComputedStyle(document.documentElement).fontSize);
  rows.style.height = `${Math.max(listed.length, 1) * lineHeight}px`;
  document.getElementById("list").setAttribute("aria-rowcount", listed.length + 1);
  const shown = document.getElementById("shown");
  shown.replaceChildren(listed.length ? said("index.shown", { n: listed.length }) : said("index.none"));
  document.getElementById("clear").hidden = !(filter.words || filter.doubts || filter.status !== null || filter.failing !== null);
  doubts.setAttribute("aria-pressed", String(filter.doubts));
  for (const button of document.querySelectorAll("[data-status]")) {
    button.setAttribute("aria-pressed", String(filter.status === DATA.statuses.indexOf(button.dataset.status)));
  }
  for (const button of document.querySelectorAll("[data-failing]")) {
    button.setAttribute("aria-pressed", String(filter.failing === DATA.checks.indexOf(button.dataset.failing)));
  }
  for (const button of document.querySelectorAll("[data-sort]")) {
    const head = button.parentElement;
    if (button.dataset.sort === sorting.by) head.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
  draw();
}

function update() {
  list();
  redraw();
}

search.addEventListener("input", () => {
  filter.words = search.value;
  update();
});
doubts.addEventListener("click", () => {
  filter.doubts = !filter.doubts;
  update();
});
document.getElementById("clear").addEventListener("click", () => {
  Object.assign(filter, { words: "", doubts: false, status: null, failing: null });
  search.value = "";
  search.focus();
  update();
});
for (const button of document.querySelectorAll("[data-status]")) {
  button.addEventListener("click", () => {
    const status = DATA.statuses.indexOf(button.dataset.status);
    filter.status = filter.status === status ? null : status;
    update();
  });
}
for (const button of document.querySelectorAll("[data-failing]")) {
  button.addEventListener("click", () => {
    const check = DATA.checks.indexOf(button.dataset.failing);
    filter.failing = filter.failing === check ? null : check;
    update();
  });
}
for (const button of document.querySelectorAll("[data-sort]")) {
  button.addEventListener("click", () => {
    const by = button.dataset.sort;
    const counts = ["year", "open", "failing", "unplaced"].includes(by); // most first
    sorting.down = sorting.by === by ? !sorting.down : counts;
    sorting.by = by;
    update();
  });
}

rows.addEventListener("keydown", (event) => {
  const line = event.target.closest(".line");
  const place = Number(line?.getAttribute("aria-rowindex")) - 2;
  const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: listed.length - 1 }[event.key];
  if (to === undefined || event.altKey || event.metaKey || to < 0 || to >= listed.length) return;
  event.preventDefault();
  const top = rows.getBoundingClientRect().top + scrollY + to * lineHeight;
  if (top < scrollY + 3 * lineHeight || top > scrollY + innerHeight - 2 * lineHeight) {
    scrollTo({ top: top - innerHeight / 2, behavior: "instant" });
  }
  draw();
  drawn.get(to)?.querySelector("a")?.focus({ preventScroll: true });
});
addEventListener("scroll", draw, { passive: true });
addEventListener("resize", redraw);

// Totals by year.

const choice = document.getElementById("total");

function offerTotals() {
  const groups = new Map();
  DATA.totals.forEach((total, index) => {
    const name = total.path[0];
    if (!groups.has(name)) groups.set(name, el("optgroup", { label: name }));
    const label = `${total.path.slice(-2).join(" › ")}${total.unit ? `（${total.unit}）` : ""}`;
    const option = el("option", { value: index }, label);
    option.selected = total.key === DATA.first;
    groups.get(name).append(option);
  });
  choice.append(...groups.values());
  choice.hidden = !DATA.totals.length;
}

function drawTotals() {
  const years = document.getElementById("years");
  const total = DATA.totals[Number(choice.value)];
  if (!total) {
    years.replaceChildren(said("index.totals.none"));
    return;
  }
  const most = Math.max(...total.years.map(([, sum]) => Math.abs(sum)), 1);
  const parts = [];
  for (const [year, sum, settled, reports] of total.years) {
    const bar = el("span", { class: "bar" });
    bar.style.width = `${(100 * Math.abs(sum)) / most}%`;
    const shown = sum.toLocaleString(language, { maximumFractionDigits: 4 });
    parts.push(el("span", {}, String(year)), el("span", { "aria-hidden": "true" }, bar), el("b", {}, shown));
    parts.push(said("index.totals.of", { n: reports, m: settled }, "small"));
  }
  years.replaceChildren(...parts);
}

choice.addEventListener("change", drawTotals);
document.addEventListener("language", () => {
  drawTotals();
  redraw();
});

offerTotals();
drawTotals();
update();
