// A report's page in the service: each answer that a cell may get, what it would mean, and the answer itself.
"use strict";

const SERVICE = DATA.service;
const JUST = "gouji.settled"; // what the page is told of an answer when it is shown again
const LISTED = 3; // cells that follow, by name
const TYPED = 250; // ms after the last key until what is typed is asked about

const settle = document.getElementById("settle");
const numberOf = new Map(DATA.cells.map((cell, index) => [cell.key, index]));
const checkOf = new Map(DATA.checks.map((check) => [check.id, check]));

let asked = null; // the cell that is settled, by its number
let choices = []; // the numbers that may be answered by a key
let isSending = false;

const address = (rest) => `${SERVICE.id}/${rest}`;

// What an answer would mean.

function shownCell(cell) {
  if (cell.value !== null) return String(cell.value);
  if (cell.candidates?.length) return cell.candidates.map((each) => each ?? "·").join("|");
  return word(cell.state === "missing" ? "settle.open" : "candidate.blank");
}

function labelOf(key) {
  const index = numberOf.get(key);
  return index === undefined ? key : DATA.cells[index].path.slice(-2).join(" › ");
}

/** One line: the sums that would hold or fail, the cells that would follow, what it contradicts. */
function meaning(meant) {
  const parts = [];
  if (meant.contradicts.length) parts.push(el("span", { class: "against" }, "✗ ", said("settle.against"), " ", meant.contradicts.map((each) => each.says).join("; ")));
  const fails = meant.fails.map((name) => checkOf.get(name)?.name ?? name);
  if (fails.length) parts.push(el("span", { class: "against" }, "✗ ", said("settle.fails", { n: fails.length }), " ", fails.slice(0, 3).join("、")));
  if (meant.holds.length) parts.push(el("span", { class: "holds" }, "✓ ", said("settle.holds", { n: meant.holds.length })));
  if (meant.settles) parts.push(el("span", {}, "→ ", said("settle.settles", { n: meant.settles })));
  const others = meant.changed - meant.settles;
  if (others > 0) parts.push(el("span", {}, said("settle.changes", { n: others })));
  if (!parts.length) parts.push(said("settle.nothing"));
  return el("span", { class: "means" }, ...parts);
}

/** What would follow, cell by cell; the cells are marked in the tables. */
function preview(meant) {
  clear("follows");
  const list = document.getElementById("settle-follows");
  if (!list) return;
  const lines = (meant?.changes ?? []).map((change) => {
    cells[numberOf.get(change.key)]?.classList.add("follows");
    return el("li", {}, labelOf(change.key), " ", el("s", {}, shownCell(change.before)), " → ", el("b", {}, shownCell(change.after)));
  });
  const more = lines.length - LISTED;
  if (more > 1) lines.splice(LISTED, more, el("li", {}, said("settle.more", { n: meant.changed - LISTED })));
  list.replaceChildren(...lines);
}

// The form.

function choiceButton(key, name, meant, value) {
  const button = el("button", { type: "button", class: "choice", "data-value": String(value) }, el("kbd", {}, key), el("b", {}, name), meant ? meaning(meant) : el("span", { class: "means" }, "…"));
  button.addEventListener("click", () => answer(value));
  for (const event of ["mouseenter", "focus"]) button.addEventListener(event, () => preview(meant));
  for (const event of ["mouseleave", "blur"]) button.addEventListener(event, () => preview(null));
  return el("li", {}, button);
}

/** The whole row as its likeliest reading has it: who sees that it is so says it once for all its cells. */
function rowButton(row) {
  const values = row.map((each) => (each.value === "blank" ? "·" : each.value)).join("  ");
  const button = el("button", { type: "button", class: "choice" }, el("kbd", {}, "r"), el("b", {}, values), el("span", { class: "means" }, said("settle.row", { n: row.length })));
  button.addEventListener("click", () => send(row));
  const mark = () => row.forEach((each) => cells[numberOf.get(each.key)]?.classList.add("follows"));
  for (const event of ["mouseenter", "focus"]) button.addEventListener(event, mark);
  for (const event of ["mouseleave", "blur"]) button.addEventListener(event, () => clear("follows"));
  return button;
}

function typedValue(text) {
  const plain = text.trim().replace(/[,，]/g, "").replace(/[－−﹣]/g, "-");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

function typing() {
  const input = el("input", { id: "settle-value", inputmode: "decimal", autocomplete: "off", size: "9" });
  const means = el("output", { for: "settle-value", class: "means" });
  const form = el("form", { class: "typing" }, el("label", { for: "settle-value" }, el("kbd", {}, "v"), said("settle.typed")), input, el("button", { type: "submit" }, said("settle.take")), means);
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const [cell, value] = [asked, typedValue(input.value)];
      if (value === null) return means.replaceChildren(input.value.trim() ? said("settle.no_number") : "");
      const told = await ask(address(`cells?key=${encodeURIComponent(DATA.cells[cell].key)}&value=${value}`)).catch(() => null);
      if (!told || asked !== cell || typedValue(input.value) !== value) return undefined;
      preview(told.meanings[0]);
      return means.replaceChildren(...meaning(told.meanings[0]).childNodes);
    }, TYPED);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = typedValue(input.value);
    if (value === null) means.replaceChildren(said("settle.no_number"));
    else answer(value);
  });
  return form;
}

function naming() {
  const input = el("input", { id: "settle-by", autocomplete: "name", maxlength: "100", size: "12", value: person() });
  input.addEventListener("change", () => localStorage.setItem(WHO, input.value.trim()));
  return el("p", { class: "who" }, el("label", { for: "settle-by" }, said("settle.by")), input);
}

function person() {
  return localStorage.getItem(WHO) || SERVICE.by;
}

function undoButton(key) {
  const button = el("button", { type: "button", class: "undo" }, el("kbd", {}, "u"), said("settle.undo"));
  button.addEventListener("click", () => undo(key));
  return button;
}

function tellFault(text, action = null) {
  const place = document.getElementById("settle-told");
  place?.replaceChildren(el("span", { class: "against" }, text), " ", action ?? "");
}

async function open_(index) {
  const cell = DATA.cells[index];
  asked = index;
  settle.hidden = false;
  const list = el("ol", { class: "choices" });
  settle.replaceChildren(
    el("header", {}, el("h2", {}, said(cell.settled ? "settle.again" : "settle.head")), naming()),
    list,
    el("p", { class: "whole" }),
    typing(),
    el("ul", { id: "settle-follows" }),
    el("p", { id: "settle-told", role: "status" }),
  );
  // What may be answered stands at once; what each would mean comes with the service's answer, in its place.
  const query = `cells?key=${encodeURIComponent(cell.key)}`;
  const draw = (meanings) => {
    const meant = new Map(meanings.map((each) => [each.value, each]));
    const values = meanings.length ? [...meant.keys()] : (cell.candidates ?? []).map((value) => (value === null ? "blank" : Number(value)));
    choices = values.filter((value) => typeof value === "number").slice(0, 9);
    const buttons = choices.map((value, at) => choiceButton(String(at + 1), String(value), meant.get(value), value));
    buttons.push(choiceButton("b", word("candidate.blank"), meant.get("blank"), "blank"));
    buttons.push(choiceButton("x", word("settle.absent"), meant.get("absent"), "absent"));
    const at = [...list.children].findIndex((line) => line.contains(document.activeElement));
    list.replaceChildren(...buttons);
    buttons[at]?.firstChild.focus();
  };
  draw([]);
  try {
    const { meanings, row } = await ask(address(query));
    if (asked === index) draw(meanings);
    if (asked === index && row) settle.querySelector(".whole").replaceChildren(rowButton(row));
    const absent = await ask(address(`${query}&value=absent`));
    if (asked === index) draw([...meanings, ...absent.meanings]);
  } catch (fault) {
    if (asked === index) tellFault(fault.message);
  }
}

/** What a chosen cell shows of settling: the choices where it is open, else who settled it, and a way in. */
function show(index) {
  const cell = DATA.cells[index];
  asked = null;
  preview(null);
  settle.hidden = false;
  if (["ambiguous", "missing"].includes(cell.state)) return void open_(index);
  const change = el("button", { type: "button" }, el("kbd", {}, "c"), said("settle.change"));
  change.addEventListener("click", () => open_(index));
  const who = cell.settled && el("p", {}, said("settle.who", { who: cell.settled.by, when: cell.settled.when.replace("T", " ").replace(/(\.\d+)?Z/, " UTC"), before: cell.settled.before ? shownCell(cell.settled.before) : "" }));
  return settle.replaceChildren(...[who, el("p", { class: "ways" }, cell.settled ? undoButton(cell.key) : "", change), el("p", { id: "settle-told", role: "status" })].filter(Boolean));
}

function answer(value) {
  if (asked !== null) send([{ key: DATA.cells[asked].key, value }]);
}

/** Take back the answer to a cell, with those that were given with it. */
function undo(key) {
  const keys = SERVICE.last.includes(key) ? SERVICE.last : [key];
  send(keys.map((each) => ({ key: each, value: "undo" })));
}

async function send(answers) {
  if (isSending) return;
  const key = DATA.cells[asked]?.key ?? answers[0].key;
  isSending = true;
  settle.setAttribute("aria-busy", "true");
  try {
    const told = await post(address("answers"), { answers, token: SERVICE.token, by: person() });
    sessionStorage.setItem(JUST, JSON.stringify({ undone: answers[0].value === "undo", changed: told.changed }));
    location.hash = key;
    location.reload();
  } catch (fault) {
    isSending = false;
    settle.removeAttribute("aria-busy");
    const again = el("button", { type: "button" }, said("settle.reload"));
    again.addEventListener("click", () => location.reload());
    tellFault(fault.status === 409 ? word("settle.stale") : fault.message, fault.status === 409 ? again : null);
  }
}

document.addEventListener("cell", (event) => show(event.detail));
document.addEventListener("language", () => asked === null || open_(asked));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, select, textarea")) return;
  const chosen = document.querySelector("td.chosen");
  const cell = chosen && DATA.cells[Number(chosen.id.slice(1))];
  if (event.key === "u") {
    const key = cell?.settled ? cell.key : SERVICE.last[0];
    if (key) undo(key);
  } else if (event.key === "c" && cell && asked === null) {
    open_(Number(chosen.id.slice(1)));
  } else if (asked === null) {
    return;
  } else if (event.key === "r") {
    settle.querySelector(".whole button")?.click();
  } else if (event.key === "b" || event.key === "x") {
    answer(event.key === "b" ? "blank" : "absent");
  } else if (event.key === "v") {
    document.getElementById("settle-value").focus();
  } else if (/^[1-9]$/.test(event.key) && Number(event.key) <= choices.length) {
    answer(choices[Number(event.key) - 1]);
  } else {
    return;
  }
  event.preventDefault();
});
settle.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("input")) {
    cells[asked]?.focus();
    event.stopPropagation();
  }
});

/** After an answer the page is shown anew: tell what became of it, and mark what followed. */
function tellJust() {
  const just = JSON.parse(sessionStorage.getItem(JUST) ?? "null");
  sessionStorage.removeItem(JUST);
  if (!just) return;
  for (const key of just.changed) cells[numberOf.get(key)]?.classList.add("followed");
  const what = just.undone ? said("settle.undone", { n: just.changed.length }) : said("settle.done", { n: just.changed.length });
  const next = el("button", { type: "button" }, el("kbd", {}, "n"), said("next"));
  next.addEventListener("click", () => step(1));
  const told = document.getElementById("settle-told") ?? settle.appendChild(el("p", { id: "settle-told", role: "status" }));
  settle.hidden = false;
  told.replaceChildren(el("span", { class: "holds" }, "✓ ", what), " ", doubts.length ? next : said("doubts.none"));
}

const chosen = document.querySelector("td.chosen"); // of the address, before this script listened
if (chosen) show(Number(chosen.id.slice(1)));
tellJust();
