import { createHash } from "node:crypto";
import type { ApprovalView } from "../../../console/view-types.ts";
import type { AnswerField } from "./answer-fields.ts";
import type { LinkTexts } from "./link-texts.ts";

const style = `
:root { color-scheme: light dark; --bg: #f5f7f9; --card: #fff; --line: #d9e0e6; --text: #14202b; --dim: #52616f; --go: #0d6f66; --on: #fff; --no: #c0262d; }
@media (prefers-color-scheme: dark) { :root { --bg: #0f151c; --card: #161e27; --line: #2a3642; --text: #e8eef3; --dim: #a3b1be; --go: #3ec6a8; --on: #06231c; --no: #ff7b7b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 16px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans KR", "DejaVu Sans", sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.25rem; }
h1 { font-size: 1.35rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
p { margin: .4rem 0; overflow-wrap: anywhere; } .dim { color: var(--dim); } .pre { white-space: pre-wrap; }
dl { display: grid; grid-template-columns: minmax(6rem, 35%) 1fr; gap: .35rem 1rem; margin: 1rem 0; }
dt { color: var(--dim); overflow-wrap: anywhere; } dd { margin: 0; overflow-wrap: anywhere; }
pre { background: var(--bg); border: 1px solid var(--line); border-radius: 8px; padding: .75rem; overflow: auto; max-height: 20rem; font-size: .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
summary { cursor: pointer; min-height: 1.75rem; color: var(--dim); }
form { display: flex; flex-direction: column; gap: 1rem; margin-top: 1.25rem; }
label { display: flex; flex-direction: column; gap: .3rem; font-weight: 600; } label small { font-weight: 400; color: var(--dim); }
label.row { flex-direction: row; align-items: center; gap: .6rem; font-weight: 400; } label, label span { min-width: 0; overflow-wrap: anywhere; }
input[type=text], input[type=number], select, textarea { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .7rem; width: 100%; }
input[type=radio], input[type=checkbox] { width: 1.3rem; height: 1.3rem; accent-color: var(--go); }
button, .button { font: inherit; font-weight: 600; border: 1px solid transparent; border-radius: 10px; padding: .75rem 1rem; min-height: 2.75rem; background: var(--go); color: var(--on); cursor: pointer; text-align: center; text-decoration: none; }
.button { background: none; border-color: var(--line); color: var(--text); }
:focus-visible { outline: 3px solid var(--go); outline-offset: 2px; }
.wrong { color: var(--no); font-weight: 600; }
fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-direction: column; gap: .6rem; } legend { padding: 0; font-weight: 600; }
`;

/** The page may have this style, and nothing else: no script, no picture, no address but its own. */
export const linkPagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

export function messagePage(texts: LinkTexts, title: string, hint: string, more = ""): string {
  return page(texts, title, `<h1>${escaped(title)}</h1><p class="dim">${escaped(hint)}</p>${more}`);
}

/** The question with its form; `problem` is what was wrong with the answer before, `chosen` the decision that it begins with. */
export function questionPage(
  texts: LinkTexts,
  asked: ApprovalView,
  fields: readonly AnswerField[],
  nonce: string,
  {
    problem,
    chosen,
  }: { readonly problem?: string | undefined; readonly chosen?: string | undefined } = {},
): string {
  const due =
    asked.due === undefined
      ? ""
      : `<p class="dim">${escaped(texts.due(time(asked.due, texts)))}</p>`;
  const text = asked.text === undefined ? "" : `<p class="pre">${escaped(asked.text)}</p>`;
  const facts = asked.facts
    .map(({ name, value }) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`)
    .join("");
  const wrong =
    problem === undefined ? "" : `<p class="wrong" role="alert">${escaped(problem)}</p>`;
  const form =
    fields.length > 0
      ? fields.map(fieldHtml).join("")
      : `<fieldset><label class="row"><input type="radio" name="decision" value="approve" required${chosen === "approve" ? " checked" : ""}> ${escaped(texts.approve)}</label><label class="row"><input type="radio" name="decision" value="reject"${chosen === "reject" ? " checked" : ""}> ${escaped(texts.reject)}</label></fieldset><label>${escaped(texts.comment)}<textarea name="comment" rows="3" maxlength="4000"></textarea></label>`;
  return page(
    texts,
    asked.title,
    `<p class="dim">${escaped(texts.asks(asked.stateMachineName))}</p><h1>${escaped(asked.title)}</h1>${text}${due}<dl>${facts}</dl><details><summary>${escaped(texts.details)}</summary><pre>${escaped(asked.parameters)}</pre></details>${wrong}<form method="post"><input type="hidden" name="nonce" value="${escaped(nonce)}"><input type="hidden" name="step" value="review">${form}<button>${escaped(texts.review)}</button></form>`,
  );
}

/** What would be sent, to be confirmed. */
export function reviewPage(
  texts: LinkTexts,
  asked: ApprovalView,
  output: string,
  nonce: string,
): string {
  return page(
    texts,
    texts.reviewTitle,
    `<p class="dim">${escaped(asked.title)}</p><h1>${escaped(texts.reviewTitle)}</h1><p>${escaped(texts.reviewHint)}</p><pre>${escaped(output)}</pre><form method="post"><input type="hidden" name="nonce" value="${escaped(nonce)}"><input type="hidden" name="step" value="decide"><button>${escaped(texts.confirm)}</button><a class="button" href="">${escaped(texts.back)}</a></form>`,
  );
}

export function decisionHtml(output: string | undefined): string {
  return output === undefined ? "" : `<pre>${escaped(output)}</pre>`;
}

function fieldHtml(field: AnswerField): string {
  const name = `name="field.${escaped(field.name)}"`;
  const required = field.required && field.kind !== "yes" ? " required" : "";
  const value = `value="${escaped(field.value)}"`;
  const hint = field.hint === undefined ? "" : `<small>${escaped(field.hint)}</small>`;
  const label = `${escaped(field.label)}${field.required ? " *" : ""}${hint}`;
  switch (field.kind) {
    case "yes":
      return `<label class="row"><input type="checkbox" ${name}${field.value === "true" ? " checked" : ""}> <span>${label}</span></label>`;
    case "choice":
      return `<label>${label}<select ${name}${required}>${field.required ? "" : "<option></option>"}${field.choices.map((choice) => `<option${choice === field.value ? " selected" : ""}>${escaped(choice)}</option>`).join("")}</select></label>`;
    case "long":
      return `<label>${label}<textarea ${name} rows="4"${required}>${escaped(field.value)}</textarea></label>`;
    case "number":
    case "integer":
      return `<label>${label}<input type="number" step="${field.kind === "integer" ? "1" : "any"}" ${name} ${value}${required}></label>`;
    case "text":
      return `<label>${label}<input type="text" ${name} ${value}${required}></label>`;
  }
}

function page(texts: LinkTexts, title: string, body: string): string {
  return `<!doctype html><html lang="${texts.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escaped(title)}</title><style>${style}</style></head><body><main><div class="card">${body}</div></main></body></html>`;
}

/** Nobody says in which zone whoever has the link is: the time says its own. */
function time(at: number, { language }: LinkTexts): string {
  return new Intl.DateTimeFormat(language, {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "UTC",
    timeZoneName: "short",
  }).format(at);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Whatever a workflow says is text here, never markup. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
