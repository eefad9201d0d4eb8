// What the service's pages share: asking it, and who answers.
"use strict";

const WHO = "gouji.person";

/** Ask the service; a refusal is an error with its reason and its status. */
async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error(word("serve.gone"));
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const [plain, reason] = [`refused.${answer.status}`, told.error ?? answer.statusText];
    throw Object.assign(new Error(WORDS[plain] ? `${word(plain)} (${reason})` : reason), { status: answer.status });
  }
  return told;
}

/** Tell the service something, as JSON. */
function post(path, what) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what) });
}
