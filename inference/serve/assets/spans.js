// A report's page in the service: what is tagged in its text is corrected, with the mouse or the keyboard.
"use strict";

const bar_ = document.getElementById("label-bar");
const said_ = document.getElementById("label-said");
const begin_ = document.getElementById("label-begin");
const tagButtons = [...document.querySelectorAll("#label-tools [data-tag]")];
const PRINTED = /[^\s\u200b\ufeff]/;
const RUN = /[\d.,，]+|\p{Script=Han}+|[^\s]/u; // what Ctrl and an arrow goes along

let labels = null; // as the service tells: token, text, spans, corrections, right; null: nothing is labelled
let letters = []; // the text by characters, as the service counts them; a string of this script counts otherwise
let units = []; // of each of them, and of the end, its place in such a string
let chosen_ = null; // start and end, in characters
let asReported = null; // what the box of the text holds when nothing is labelled
let isChanged = false;
let isAsking = false;
let corrected_ = Promise.resolve(); // when all corrections so far are answered

// Places: characters of the text, and nodes of the page.

function characterAt(unit) {
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (units[middle] < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeOf(node, offset) {
  const range = document.createRange();
  range.setStart(print_, 0);
  range.setEnd(node, offset);
  return characterAt(range.toString().length);
}

function nodeAt(character, isEnd = false) {
  let left = units[character];
  for (const child of print_.childNodes) {
    const size = child.textContent.length;
    if (left < size || (isEnd && left === size)) return [child.firstChild ?? child, left];
    left -= size;
  }
  return [print_, print_.childNodes.length];
}

// What is shown.

function drawText() {
  const children = [];
  let at = 0;
  const piece = (end) => letters.slice(at, end).join("");
  labels.spans.forEach(([start, end, tag], index) => {
    if (at < start) children.push(piece(start));
    at = start;
    children.push(el("span", { class: `tag ${tag} opens`, "data-span": index }, piece(end)));
    at = end;
  });
  if (at < letters.length) children.push(piece(letters.length));
  const scrolled = print_.scrollTop;
  print_.replaceChildren(...children.map((each) => (typeof each === "string" ? document.createTextNode(each) : each)));
  print_.scrollTop = scrolled;
}

function spanAt([start, end]) {
  return labels.spans.findIndex((span) => span[0] < end && start < span[1]);
}

/** The tag of what is chosen, where it is a label; or of the label that it lies over in part. */
function tagOf(span, isWhole) {
  if (!span) return [said("label.no_tag")];
  return [...(isWhole ? [] : [said("label.part"), " "]), said(`tag.${span[2]}`)];
}

/** What is chosen, its tag, and how far the page is labelled. */
function tellChosen() {
  const over = chosen_ && labels.spans[spanAt(chosen_)];
  const whole = over && over[0] === chosen_[0] && over[1] === chosen_[1];
  for (const button of tagButtons) button.setAttribute("aria-pressed", String(Boolean(whole) && button.dataset.tag === over[2]));
  document.getElementById("label-undo").disabled = !labels.corrections;
  const parts = [];
  if (chosen_) {
    const print = letters.slice(...chosen_).join("");
    parts.push(el("b", {}, print.length > 40 ? `${print.slice(0, 40)}…` : print), " ", ...tagOf(over, whole), " · ", said("label.chosen", { n: chosen_.join("–") }));
  } else {
    parts.push(said("label.none"));
  }
  parts.push(" · ", said("label.count", { n: labels.corrections }));
  if (labels.right) parts.push(" · ", el("span", { class: "holds" }, "✓ ", said("label.is_right", { who: labels.right.by })));
  said_.replaceChildren(...parts);
}

/** Choose a stretch: it is selected as with the mouse, and brought into sight. */
function choosePlace(start, end) {
  chosen_ = [start, end];
  const selection = getSelection();
  selection.setBaseAndExtent(...nodeAt(start), ...nodeAt(end, true));
  markSpan();
  revealChosen();
  tellChosen();
}

/** Bring what is chosen into the part of the text's box that is in sight, or else that part to it. */
function revealChosen() {
  const place = () => getSelection().getRangeAt(0).getBoundingClientRect();
  const frame = print_.getBoundingClientRect();
  const top = Math.max(frame.top, isNarrow() ? bar_.parentElement.getBoundingClientRect().bottom : 0);
  const bottom = Math.min(frame.bottom, innerHeight);
  const isOut = () => place().top < top + 8 || place().bottom > bottom - 8;
  if (isOut()) print_.scrollTop += place().top - (top + bottom) / 2;
  if (place().left < frame.left + 8 || place().right > frame.right - 8) print_.scrollLeft += place().left - frame.left - frame.width / 2;
  if (isOut()) scrollBy(0, place().top - innerHeight / 2);
}

function markSpan() {
  for (const each of print_.querySelectorAll(".chosen")) each.classList.remove("chosen");
  const at = chosen_ ? spanAt(chosen_) : -1;
  const span = labels.spans[at];
  if (span && span[0] === chosen_[0] && span[1] === chosen_[1]) print_.querySelector(`[data-span="${at}"]`).classList.add("chosen");
}

/** The stretch without blanks at its ends; null where it holds nothing else. */
function printed(start, end) {
  while (start < end && !PRINTED.test(letters[start])) start += 1;
  while (start < end && !PRINTED.test(letters[end - 1])) end -= 1;
  return start < end ? [start, end] : null;
}

// In, and out.

function take(told) {
  labels = told;
  letters = [...told.text];
  let at = 0;
  units = letters.map((letter) => (at += letter.length) - letter.length);
  units.push(at);
  drawText();
}

async function beginLabels() {
  if (!print_ || labels || isAsking) return;
  isAsking = true;
  const told = await ask(address("spans")).catch((fault) => tellLabelFault(fault.message));
  isAsking = false;
  if (!told) return;
  leave();
  asReported = [...print_.childNodes];
  isChanged = false;
  chosen_ = null;
  body.classList.add("labelling");
  bar_.hidden = false;
  take(told);
  print_.tabIndex = 0;
  print_.setAttribute("role", "application");
  print_.setAttribute("aria-label", word("label.print"));
  print_.setAttribute("aria-describedby", "label-said");
  tellChosen();
  print_.focus({ preventScroll: true });
  if (isNarrow()) document.getElementById("text").scrollIntoView({ block: "start" }); // it stands below the tables
}

function endLabels() {
  if (isChanged) return location.reload();
  bar_.hidden = true;
  if (!labels) return begin_.focus({ preventScroll: true }); // it could not be begun
  labels = null;
  getSelection().removeAllRanges();
  body.classList.remove("labelling");
  for (const name of ["tabindex", "role", "aria-label", "aria-describedby"]) print_.removeAttribute(name);
  print_.replaceChildren(...asReported);
  return begin_.focus({ preventScroll: true });
}

function tellLabelFault(text) {
  bar_.hidden = false;
  said_.replaceChildren(el("span", { class: "against" }, text));
}

// Corrections.

/** Ask for a correction when those before it are answered; what is done meanwhile waits, and is not lost. */
function correct(what) {
  corrected_ = corrected_.then(() => sendCorrection(what));
}

async function sendCorrection(what) {
  if (!labels) return;
  try {
    take(await post(address("spans"), { ...what, token: labels.token, by: person() }));
    isChanged = true;
    if (chosen_) choosePlace(...chosen_);
    else tellChosen();
  } catch (fault) {
    if (fault.status === 409) {
      const now = await ask(address("spans")).catch(() => null);
      if (now) take(now);
      isChanged = true;
      tellLabelFault(word("label.stale"));
    } else {
      tellLabelFault(fault.message);
    }
  }
}

function tagChosen(tag) {
  if (chosen_) correct({ do: "tag", start: chosen_[0], end: chosen_[1], tag });
}

// The mouse: what is selected is chosen; a click on a span chooses it whole.

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!labels || !selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!print_.contains(range.startContainer) || !print_.contains(range.endContainer)) return;
  const place = printed(placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset));
  if (!place || (chosen_ && place[0] === chosen_[0] && place[1] === chosen_[1])) return;
  chosen_ = place;
  markSpan();
  tellChosen();
});
print_?.addEventListener("click", (event) => {
  const span = labels && event.target.closest("[data-span]");
  if (span && getSelection().isCollapsed) choosePlace(...labels.spans[Number(span.dataset.span)].slice(0, 2));
});

// The keyboard: arrows choose, digits tag.

function stepLetter(by, isStretched, isByRun) {
  const [start, end] = chosen_ ?? [0, 0];
  const text = letters.join("");
  if (isStretched && by < 0) {
    const back = isByRun ? runBefore(end) : end - 1;
    return printed(start, Math.max(back, start + 1));
  }
  const from = isStretched || by > 0 ? end : start;
  if (by > 0) {
    const found = (isByRun ? RUN : PRINTED).exec(text.slice(units[from]));
    if (!found) return null;
    const first = characterAt(units[from] + found.index);
    const last = characterAt(units[from] + found.index + found[0].length);
    return [isStretched && chosen_ ? start : first, Math.max(last, first + 1)];
  }
  let last = start;
  while (last > 0 && !PRINTED.test(letters[last - 1])) last -= 1;
  return last > 0 ? [isByRun ? runBefore(last) : last - 1, last] : null;
}

/** Where the run begins that ends at a character. */
function runBefore(end) {
  let begin = 0;
  const all = new RegExp(RUN.source, "gu");
  for (const found of letters.slice(0, end).join("").matchAll(all)) begin = found.index;
  return characterAt(begin);
}

function stepSpan(by) {
  const [start, end] = chosen_ ?? [0, 0];
  const spans = labels.spans;
  const at = by > 0 ? spans.findIndex((span) => span[0] >= end) : spans.findLastIndex((span) => span[1] <= start);
  return at < 0 ? null : spans[at].slice(0, 2);
}

function key(event) {
  if (event.key === "Escape") return endLabels();
  if (event.key === "Delete" || event.key === "Backspace") return tagChosen(null);
  if (event.key === "u") return labels.corrections && correct({ do: "undo" });
  if (event.key === "a") return correct({ do: "right" });
  if (/^[1-9]$/.test(event.key)) return tagButtons[Number(event.key) - 1]?.click();
  const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
  if (by === undefined || event.target.closest("#label-tools")) return undefined;
  const isUpright = event.key === "ArrowUp" || event.key === "ArrowDown";
  const place = isUpright && !event.shiftKey ? stepSpan(by) : stepLetter(by, event.shiftKey, event.ctrlKey || event.altKey);
  if (place) choosePlace(...place);
  return event.preventDefault();
}

// Before the keys of the page, which are other ones here.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.target.matches("input, select, textarea")) return;
    const isArrow = event.key.startsWith("Arrow");
    if (event.metaKey || ((event.ctrlKey || event.altKey) && !isArrow)) return;
    if (labels) {
      if (event.key === "Tab" || event.key === "Enter" || event.key === " ") return;
      event.stopPropagation();
      key(event);
    } else if (event.key === "l" && print_) {
      beginLabels();
    }
  },
  true,
);

if (!print_) begin_?.remove();
begin_?.addEventListener("click", beginLabels);
document.getElementById("label-tools")?.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
for (const button of tagButtons) button.addEventListener("click", () => tagChosen(button.dataset.tag));
for (const [name, does] of Object.entries({ delete: () => tagChosen(null), undo: () => correct({ do: "undo" }), right: () => correct({ do: "right" }), leave: endLabels })) {
  document.getElementById(`label-${name}`)?.addEventListener("click", does);
}
document.addEventListener("language", () => labels && print_.setAttribute("aria-label", word("label.print")));
