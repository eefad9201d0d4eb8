// The page of the trainings: one is started, watched and stopped, and a model is put in use.
"use strict";

const SERVICE = JSON.parse(document.getElementById("data").textContent).service;
const AGAIN = 700; // ms between two looks
const far = document.getElementById("far");
const bar = document.getElementById("bar");

function tellFault(text, place = far) {
  place.replaceChildren(el("span", { class: "against" }, text));
}

/** Look now and then how far it is, and show the page anew once it is over. */
async function follow() {
  for (;;) {
    const told = await ask("training/progress");
    if (!told.id) return location.reload();
    if (told.done === null) bar.removeAttribute("value");
    else bar.value = told.done;
    far.replaceChildren(said(`training.${told.doing}`, told.done === null ? {} : { n: Math.round(100 * told.done) }));
    await new Promise((done) => setTimeout(done, AGAIN));
  }
}

/** Have a button ask for something, and show the page anew. */
function asks(button, path, what, then = () => location.reload()) {
  button?.addEventListener("click", async () => {
    button.disabled = true;
    const place = far ?? button.parentElement;
    far?.replaceChildren(said("training.working"));
    try {
      await post(path, what());
      then();
    } catch (fault) {
      button.disabled = false;
      tellFault(fault.message, place);
    }
  });
}

function person() {
  try {
    return localStorage.getItem(WHO) ?? "";
  } catch {
    return "";
  }
}

asks(document.getElementById("train"), "training", () => ({ by: person() }));
asks(document.getElementById("stop"), "training/stop", () => ({}), () => {});
asks(document.getElementById("again"), "training/again", () => ({}), () => (location.href = "./"));
for (const button of document.querySelectorAll("[data-use]")) {
  asks(button, "training/use", () => ({ training: button.dataset.use || null }));
}
if (SERVICE.running) follow().catch((fault) => tellFault(fault.message));
