import type { Candidate, Completion, CompletionQuestion, SampleData } from "./candidate.ts";
import { intrinsicCandidates } from "./function-candidates.ts";
import { writtenPath, type WrittenPath } from "./jsonpath-steps.ts";
import { ranked } from "./ranked.ts";
import { contextOf, membersOfAll, sampleOf } from "./sample.ts";

/** What may stand at the cursor of a path. */
export function completePath(question: CompletionQuestion): Completion | undefined {
  const { text, cursor } = question;
  const before = text.slice(0, cursor);
  const place = pathPlace(before, question);
  if (place === undefined) return undefined;
  const { from, item } = place;
  const path = before.slice(from);
  if (isRootWritten(path)) {
    return { from, candidates: ranked(rootCandidates(question, item), path) };
  }
  const read = writtenPath(path, question.data, { document: documentOf(question), item });
  if (read?.quote === undefined) return undefined;
  const { written, writtenFrom } = read;
  const candidates = [
    ...memberCandidates(read, from, text.slice(cursor)),
    ...(read.quote === "" ? arrayCandidates(read, from) : []),
  ];
  return { from: from + writtenFrom, candidates: ranked(candidates, written) };
}

/** What may stand at the cursor of an intrinsic function's call, or of a path in its place. */
export function completeIntrinsic(question: CompletionQuestion): Completion | undefined {
  const { text, cursor } = question;
  const from = argumentStart(text.slice(0, cursor));
  if (from === undefined) return undefined;
  const written = text.slice(from, cursor);
  if (written.startsWith("$")) {
    const path = completePath({ ...question, text: text.slice(from), cursor: cursor - from });
    return path && movedBy(from, path);
  }
  if (!/^[A-Za-z0-9_.]*$/.test(written)) return undefined;
  const called = intrinsicCandidates(text.charAt(cursor) === "(");
  const roots = written === "" ? rootCandidates(question, undefined) : [];
  return { from, candidates: ranked([...roots, ...called], written) };
}

function movedBy(offset: number, { from, candidates }: Completion): Completion {
  return {
    from: from + offset,
    candidates: candidates.map((each) =>
      each.from === undefined ? each : { ...each, from: each.from + offset },
    ),
  };
}

/** Where the argument begins that is being written; `undefined` within a text. */
function argumentStart(before: string): number | undefined {
  let start = 0;
  let brackets = 0;
  let quote = "";
  for (let at = 0; at < before.length; at++) {
    const character = before.charAt(at);
    if (quote !== "") {
      if (character === "\\") at++;
      else if (character === quote) quote = "";
    } else if (character === "'" || character === '"') quote = character;
    else if (character === "[") brackets++;
    else if (character === "]") brackets--;
    else if ((character === "(" || character === ",") && brackets === 0) start = at + 1;
  }
  // A quote within brackets is that of a name.
  if (quote !== "" && brackets === 0) return undefined;
  return start + (/^\s*/.exec(before.slice(start))?.[0].length ?? 0);
}

/** Where a path begins that is being written, and what `@` is in it. */
interface PathPlace {
  readonly from: number;
  readonly item: unknown;
}

/** The whole, or within a filter what follows its last operator; `undefined` within a text that is compared with. */
function pathPlace(before: string, question: CompletionQuestion): PathPlace | undefined {
  const opening = before.lastIndexOf("[?(");
  if (opening < 0 || before.includes(")]", opening)) return { from: 0, item: undefined };
  const inner = opening + "[?(".length;
  const filter = before.slice(inner).replace(/\[['"][^'"]*$/, "");
  if (/['"]/.test(filter.replaceAll(/'[^']*'|"[^"]*"/g, ""))) return undefined;
  const items = writtenPath(`${before.slice(0, opening)}[*]`, question.data, {
    document: documentOf(question),
  });
  const path = /[@$][^\s=<>!&|(),]*$/.exec(before.slice(inner));
  return {
    from: path === null ? before.length : inner + path.index,
    item: items?.values[0],
  };
}

function documentOf({ of = "input", data }: CompletionQuestion): unknown {
  return data[of];
}

function isRootWritten(path: string): boolean {
  return /^(?:|\$\$?|\$[\p{ID_Start}][\p{ID_Continue}]*|@)$/u.test(path);
}

function rootCandidates(question: CompletionQuestion, item: unknown): readonly Candidate[] {
  const { data } = question;
  const { variables = {} }: SampleData = data;
  const root = (label: string, doc: Candidate["doc"], value: unknown): Candidate => ({
    label,
    kind: "root",
    insert: label,
    ...(doc && { doc }),
    ...(value !== undefined && { sample: sampleOf(value) }),
  });
  return [
    ...(item === undefined ? [] : [root("@", "root:item", item)]),
    root("$", "root:document", documentOf(question)),
    ...Object.entries(variables).map(([name, value]) => ({
      label: `$${name}`,
      kind: "variable" as const,
      insert: `$${name}`,
      sample: sampleOf(value),
    })),
    root("$$", "root:contextObject", contextOf(data)),
  ];
}

/** A name that needs brackets takes the dot that is written; one in quotes gets those that are missing. */
function memberCandidates(
  { values, quote = "", stepFrom }: WrittenPath,
  offset: number,
  after: string,
): readonly Candidate[] {
  return [...membersOfAll(values)].map(([name, value]) => {
    const common = { label: name, kind: "member", sample: sampleOf(value) } as const;
    if (quote !== "") {
      const isClosed = after.startsWith(quote);
      return {
        ...common,
        insert: isClosed ? quoted(name, quote) : `${quoted(name, quote)}${quote}]`,
      };
    }
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return { ...common, insert: name };
    return { ...common, insert: `['${quoted(name, "'")}']`, from: offset + stepFrom };
  });
}

function quoted(name: string, quote: string): string {
  return name.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`);
}

/** An array has no members by name: its items are picked. */
function arrayCandidates({ values, stepFrom }: WrittenPath, offset: number): readonly Candidate[] {
  const [list] = values.filter((value) => Array.isArray(value));
  if (list === undefined) return [];
  const from = offset + stepFrom;
  const item: unknown = list[0];
  return [
    { label: "[*]", kind: "keyword", insert: "[*]", from, sample: sampleOf(list) },
    { label: "[0]", kind: "keyword", insert: "[0]", from, sample: sampleOf(item ?? null) },
  ];
}
