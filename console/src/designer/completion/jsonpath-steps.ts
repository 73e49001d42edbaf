import type { SampleData } from "./candidate.ts";
import { contextOf, isMembers, memberOf } from "./sample.ts";

/** A path as far as it is complete, and what is written of its next step. */
export interface WrittenPath {
  readonly values: readonly unknown[];
  /** Where the next step begins: at its dot or bracket. */
  readonly stepFrom: number;
  /** The name as far as it is written. */
  readonly written: string;
  readonly writtenFrom: number;
  /** The quote that the name is in; empty after a dot, absent where a step has not begun. */
  readonly quote?: "" | "'" | '"';
}

/** Our choice: values that are followed at a time. */
const mostValues = 200;

/** The document, the context object or a variable. */
const root = /^(?:\$\$|\$[\p{ID_Start}][\p{ID_Continue}]*|\$|@)/u;
const finished =
  /\.\.?(?:\*|[^.[\]()\s,'"]+)(?=[.[])|\[(?:\*|-?\d+|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[-\d:,\s]+|\?\([^[\]]*\))\]/y;
const begun = /(?:\.(?<plain>[^.[\]()\s,'"]*)|\[(?<quote>['"])(?<quoted>[^'"]*))$/y;

/** Reads the beginning of a path that is written up to its end; `undefined` for what is none, or whose values nobody knows. */
export function writtenPath(
  text: string,
  data: SampleData,
  documents: { readonly document: unknown; readonly item?: unknown },
): WrittenPath | undefined {
  const start = root.exec(text)?.[0];
  if (start === undefined) return undefined;
  let values = known(rootValue(start, data, documents));
  let at = start.length;
  for (;;) {
    finished.lastIndex = at;
    const step = finished.exec(text)?.[0];
    if (step === undefined) break;
    values = stepValues(values, step).slice(0, mostValues);
    at += step.length;
  }
  const end = { values, stepFrom: at };
  if (at === text.length) return { ...end, written: "", writtenFrom: at };
  begun.lastIndex = at;
  const groups = begun.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { plain, quote, quoted = "" } = groups;
  const written = plain ?? quoted;
  return {
    ...end,
    written,
    writtenFrom: text.length - written.length,
    quote: plain === undefined ? (quote as "'" | '"') : "",
  };
}

function rootValue(
  start: string,
  data: SampleData,
  { document, item }: { readonly document: unknown; readonly item?: unknown },
): unknown {
  if (start === "$") return document;
  if (start === "$$") return contextOf(data);
  if (start === "@") return item;
  const name = start.slice(1);
  const { variables = {} } = data;
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}

function known(value: unknown): readonly unknown[] {
  return value === undefined ? [] : [value];
}

function stepValues(values: readonly unknown[], step: string): readonly unknown[] {
  if (step.startsWith("..")) {
    const name = step.slice(2);
    return descendants(values).flatMap((value) =>
      name === "*" ? childrenOf(value) : known(memberOf(value, name)),
    );
  }
  if (step.startsWith(".")) {
    const name = step.slice(1);
    return values.flatMap((value) =>
      name === "*" ? childrenOf(value) : known(memberOf(value, name)),
    );
  }
  const inner = step.slice(1, -1);
  if (/^-?\d+$/.test(inner)) {
    return values.flatMap((value) => (Array.isArray(value) ? known(value.at(Number(inner))) : []));
  }
  const quoted = /^(['"])([^]*)\1$/.exec(inner)?.[2];
  if (quoted === undefined) return values.flatMap(childrenOf);
  const name = quoted.replaceAll(/\\(['"\\])/g, "$1");
  return values.flatMap((value) => known(memberOf(value, name)));
}

/** Items of an array, members of an object. */
function childrenOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  return isMembers(value) ? Object.values(value) : [];
}

/** The values themselves and all that is in them, as far as they are followed. */
function descendants(values: readonly unknown[]): readonly unknown[] {
  const found = [...values];
  for (let index = 0; index < found.length && found.length < mostValues; index++) {
    found.push(...childrenOf(found[index]).slice(0, mostValues));
  }
  return found;
}
