// The service's index: files, folders and pasted text go to the service, and how far a batch is.
"use strict";

const SERVICE = DATA.service;
const AGAIN = 400; // ms between two looks at a batch
const take = document.getElementById("take");
const drop_ = document.getElementById("drop");
const paste = document.getElementById("paste");
const progress = document.getElementById("progress");
const bar = document.getElementById("bar");
const far = document.getElementById("far");
const faults = document.getElementById("faults");

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function tellProgress(key, numbers = {}) {
  progress.hidden = false;
  far.replaceChildren(said(key, numbers));
}

function tellFault(text) {
  progress.hidden = false;
  far.replaceChildren(el("span", { class: "fault" }, text));
  bar.hidden = true;
}

/** Send files, each with the name that its answer shall have, and follow the batch to its end. */
async function send(files) {
  if (!files.length) return;
  const form = new FormData();
  for (const [name, file] of files) form.append("file", file, name);
  bar.hidden = false;
  bar.removeAttribute("value");
  tellProgress("serve.sending", { n: files.length });
  try {
    await follow(await ask("batch", { method: "POST", body: form }));
  } catch (fault) {
    tellFault(fault.message);
  }
}

async function follow(batch) {
  for (;;) {
    if (batch.opened) {
      bar.max = batch.opened;
      bar.value = batch.answered;
    }
    tellProgress(batch.failed ? "serve.far.failed" : "serve.far", { n: batch.answered, m: batch.opened, f: batch.failed });
    if (batch.done) break;
    await wait(AGAIN);
    batch = await ask(`batch/${batch.id}`);
  }
  if (batch.fault) return tellFault(batch.fault);
  const only = batch.answered === 1 && !batch.failed ? batch.reports[0] : null;
  sessionStorage.setItem("gouji.done", JSON.stringify({ n: batch.answered, f: batch.failed, k: batch.known, only }));
  location.reload();
}

/** The files of what was dropped, those in folders too, each with its way from there. */
async function dropped(transfer) {
  const files = [...transfer.files].map((file) => [file.name, file]); // it is empty once the event is over
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return files;
  const found = [];
  const look = async (entry) => {
    if (entry.isFile) {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      found.push([entry.fullPath.replace(/^\//, ""), file]);
    } else {
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (!some.length) break;
        for (const each of some) await look(each);
      }
    }
  };
  for (const entry of entries) await look(entry);
  return found;
}

addEventListener("dragover", (event) => {
  event.preventDefault();
  drop_.classList.add("over");
});
addEventListener("dragleave", (event) => event.relatedTarget === null && drop_.classList.remove("over"));
addEventListener("drop", async (event) => {
  event.preventDefault();
  drop_.classList.remove("over");
  const text = event.dataTransfer.getData("text/plain");
  const files = await dropped(event.dataTransfer);
  send(files.length || !text ? files : [pasted(text)]);
});

for (const id of ["pick", "pick-folder"]) {
  const input = document.getElementById(id);
  input.addEventListener("change", () => {
    send([...input.files].map((file) => [file.webkitRelativePath || file.name, file]));
    input.value = "";
  });
}
document.getElementById("choose-files").addEventListener("click", () => document.getElementById("pick").click());
document.getElementById("choose-folder").addEventListener("click", () => document.getElementById("pick-folder").click());

// Pasted text: a page like any other. A name tells when it came.

function pasted(text) {
  const ending = /<(?:table|td|html|body|p|div)\b/i.test(text) ? "html" : "txt";
  const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000);
  const name = `pasted-${now.toISOString().slice(0, 19).replace(/\D/g, "")}.${ending}`;
  return [name, new Blob([text], { type: "text/plain" })];
}

const opener = document.getElementById("open-paste");
const area = document.getElementById("pasted");

function showPaste(shown) {
  paste.hidden = !shown;
  opener.setAttribute("aria-expanded", String(shown));
  (shown ? area : opener).focus();
}

opener.addEventListener("click", () => showPaste(paste.hidden));
document.getElementById("close-paste").addEventListener("click", () => showPaste(false));
paste.addEventListener("keydown", (event) => event.key === "Escape" && showPaste(false));
paste.addEventListener("submit", (event) => {
  event.preventDefault();
  if (area.value.trim()) {
    send([pasted(area.value)]);
    area.value = "";
    showPaste(false);
  }
});
addEventListener("paste", (event) => {
  if (event.target.matches("input, textarea")) return;
  const files = [...event.clipboardData.files].map((file) => [file.name, file]);
  const text = event.clipboardData.getData("text/html") || event.clipboardData.getData("text/plain");
  if (files.length) send(files);
  else if (text.trim()) send([pasted(text)]);
});

const last = sessionStorage.getItem("gouji.done");
if (last) {
  sessionStorage.removeItem("gouji.done");
  const { only, ...numbers } = JSON.parse(last);
  bar.value = bar.max;
  tellProgress(numbers.f ? "serve.done.failed" : "serve.done", numbers);
  if (numbers.k) far.append(" · ", said("serve.done.known", numbers));
  if (only) far.append(" · ", el("a", { href: `reports/${only}.html` }, said("serve.open")));
}
if (SERVICE.batches.length) follow(SERVICE.batches[0]).catch((fault) => tellFault(fault.message));
