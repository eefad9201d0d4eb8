// The words of the page in Chinese or English: as chosen before, else as the browser is set.
"use strict";

// WORDS stands before this script.
const KEPT = "gouji.language";

let language = "zh";

/** A word in the language shown; `numbers` fill its {n} and {m}. */
function word(key, numbers = {}) {
  const found = WORDS[key];
  if (!found) return key;
  return found[language === "zh" ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => numbers[name] ?? "");
}

/** An element with children; strings become text, never markup. */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A word as an element that follows the language. */
function said(key, numbers = {}, tag = "span") {
  const element = el(tag, { "data-w": key }, word(key, numbers));
  for (const [name, number] of Object.entries(numbers)) element.dataset[name] = number;
  return element;
}

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-w]")) {
    element.textContent = word(element.dataset.w, element.dataset);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.title = word(element.dataset.label);
    element.setAttribute("aria-label", element.title);
    if (element.matches(".sign")) element.setAttribute("role", "img");
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) {
    element.placeholder = word(element.dataset.placeholder);
  }
  document.dispatchEvent(new Event("language"));
}

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // a browser may refuse to keep anything for a file
  }
}

document.getElementById("language").addEventListener("click", () => {
  speak(language === "zh" ? "en" : "zh");
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // the choice then holds for this page alone
  }
});

speak(kept() ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
