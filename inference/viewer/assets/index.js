// The index: filter, sort, and draw the rows that are in sight.
"use strict";

const DATA = JSON.parse(document.getElementById("data").textContent);
const [FILE, NAME, SOURCE, TITLE, YEAR, FORM, STATUS, NEEDS, FAILING, AMBIGUOUS, UNPLACED, ABSENT, PART, ERROR, KIND] = Array(15).keys();
const BEYOND = 12; // rows drawn above and below what is in sight: Tab finds the next one there
const ENTRIES = DATA.entries;
const SEARCHED = ENTRIES.map((entry) => `${entry[NAME]} ${entry[TITLE]} ${entry[SOURCE]}`.toLowerCase());

const rows = document.getElementById("rows");
const search = document.getElementById("search");
const drawn = new Map(); // place in the list -> its row
const NOTHING = { words: "", need: null, status: null, failing: null };
// What needs a person comes first, the quickest at the top; a service has put them in order already.
const FIRST = { by: DATA.ordered ? "given" : "needs", down: false };
const filter = { ...NOTHING };
const sorting = { ...FIRST };
let listed = [];
let lineHeight = 0;
let isPrinting = false;

const KEYS = {
  given: (entry, index) => index,
  status: (entry) => entry[STATUS],
  name: (entry) => entry[NAME],
  year: (entry) => entry[YEAR],
  form: (entry) => entry[FORM],
  needs: (entry) => entry[NEEDS],
  failing: (entry) => entry[FAILING].length,
  ambiguous: (entry) => entry[AMBIGUOUS],
  unplaced: (entry) => entry[UNPLACED],
  absent: (entry) => entry[ABSENT],
};
const COUNTS = ["needs", "failing", "ambiguous", "unplaced", "absent"]; // an entry that has none comes last
const MOST_FIRST = ["year", "failing", "ambiguous", "unplaced", "absent"];
const UNREAD = DATA.statuses.indexOf("error"); // needs other means than a look

const NEEDS_OF = {
  person: (entry) => entry[NEEDS] > 0,
  nobody: (entry) => !entry[NEEDS] && entry[ABSENT] > 0, // its page holds a part only
};

// What is chosen by a button, and the choices there are.
const KNOWN = { need: Object.keys(NEEDS_OF), status: DATA.statuses, failing: DATA.checks };
const CHOICES = Object.keys(KNOWN);

function list() {
  const wanted = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  const check = DATA.checks.indexOf(filter.failing);
  listed = [];
  for (let index = 0; index < ENTRIES.length; index++) {
    const entry = ENTRIES[index];
    if (filter.need !== null && !NEEDS_OF[filter.need](entry)) continue;
    if (filter.status !== null && DATA.statuses[entry[STATUS]] !== filter.status) continue;
    if (filter.failing !== null && !entry[FAILING].includes(check)) continue;
    if (!wanted.every((each) => SEARCHED[index].includes(each))) continue;
    listed.push(index);
  }
  const key = KEYS[sorting.by];
  const sign = sorting.down ? -1 : 1;
  const values = new Map(listed.map((index) => [index, key(ENTRIES[index], index)]));
  const compare = sorting.by === "name" ? new Intl.Collator("zh").compare : (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const behind = (index) => (!COUNTS.includes(sorting.by) ? 0 : !values.get(index) ? 2 : Number(ENTRIES[index][STATUS] === UNREAD));
  const rest = (a, b) => ENTRIES[b][NEEDS] - ENTRIES[a][NEEDS] || ENTRIES[a][STATUS] - ENTRIES[b][STATUS] || a - b;
  listed.sort((a, b) => behind(a) - behind(b) || sign * compare(values.get(a), values.get(b)) || rest(a, b));
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
  const why = [entry[KIND] && said(`unread.${entry[KIND]}`), entry[ERROR] || entry[SOURCE]].filter(Boolean);
  const line = el(
    "div",
    { class: "line", role: "row", "aria-rowindex": place + 2 },
    el("span", { role: "cell" }, badge),
    el("span", { class: "name", role: "cell", title: `${entry[TITLE]}\n${DATA.folder}${entry[SOURCE]}\n${entry[ERROR]}`.trim() }, link, el("small", {}, ...why)),
    el("span", { class: "number year", role: "cell" }, entry[YEAR] || "–"),
    el("span", { class: "number form", role: "cell" }, entry[FORM] || "–"),
    number("needs", entry[NEEDS], "needs.short"),
    number("failing", entry[FAILING].length),
    number("ambiguous", entry[AMBIGUOUS]),
    number("unplaced", entry[UNPLACED]),
    number("absent", entry[ABSENT], "index.absent.short"),
  );
  line.style.top = `${place * lineHeight}px`;
  return line;
}

/** Draw the rows that are in sight and a few beyond; the one with the focus stays. On paper all are in sight. */
function draw() {
  const above = -rows.getBoundingClientRect().top;
  const first = isPrinting ? 0 : Math.max(0, Math.floor(above / lineHeight) - BEYOND);
  const last = isPrinting ? listed.length : Math.min(listed.length, Math.ceil((above + innerHeight) / lineHeight) + BEYOND);
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
  document.getElementById("clear").hidden = !Object.values(filter).some(Boolean);
  if (search.value !== filter.words) search.value = filter.words;
  for (const name of CHOICES) {
    for (const button of document.querySelectorAll(`button[data-${name}]`)) {
      button.setAttribute("aria-pressed", String(filter[name] === button.dataset[name]));
    }
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

// The address says what is listed, behind its #: Back, a reload and a link passed on show the same.

/** Take in what the address asks for; what this index does not have is passed over. */
function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  Object.assign(filter, NOTHING, { words: asked.get("words") ?? "" });
  for (const name of CHOICES) {
    if (KNOWN[name].includes(asked.get(name))) filter[name] = asked.get(name);
  }
  const [, down, by] = /^(-?)(\w+)$/.exec(asked.get("sort")) ?? [];
  Object.assign(sorting, Object.hasOwn(KEYS, by ?? "") ? { by, down: down === "-" } : FIRST);
  update();
}

/** Show another list; `inPlace`, as while one types, it takes the place of the last one in the history. */
function show(inPlace = false) {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) asked.set(name, value);
  const isFirst = sorting.by === FIRST.by && sorting.down === FIRST.down;
  if (!isFirst) asked.set("sort", `${sorting.down ? "-" : ""}${sorting.by}`);
  const address = asked.size ? `#${asked}` : location.pathname + location.search;
  history[inPlace ? "replaceState" : "pushState"](null, "", address);
  update();
}

search.addEventListener("input", () => {
  filter.words = search.value;
  show(true);
});
document.getElementById("clear").addEventListener("click", () => {
  Object.assign(filter, NOTHING);
  search.focus();
  show();
});
for (const name of CHOICES) {
  for (const button of document.querySelectorAll(`button[data-${name}]`)) {
    button.addEventListener("click", () => {
      const value = button.dataset[name];
      filter[name] = filter[name] === value ? null : value;
      show();
    });
  }
}
for (const button of document.querySelectorAll("[data-sort]")) {
  button.addEventListener("click", () => {
    const by = button.dataset.sort;
    sorting.down = sorting.by === by ? !sorting.down : MOST_FIRST.includes(by);
    sorting.by = by;
    show();
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
for (const [event, prints] of [["beforeprint", true], ["afterprint", false]]) {
  addEventListener(event, () => {
    isPrinting = prints;
    draw();
  });
}
addEventListener("popstate", readAddress);

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
readAddress();
