import { writtenSecrets } from "../../../../../src/asl/secrets/written-secrets.ts";
import type { JsonValue } from "../../../../../src/expression/json.ts";
import type {
  DefinitionDocument,
  Path,
  Span,
} from "../../../designer/document/definition-document.ts";
import { deleteStates } from "../../../designer/edits/delete.ts";
import type { OpenCode, OpenEnd } from "../../../designer/edits/edit-result.ts";
import {
  addDefault,
  createState,
  removeWay,
  renameField,
  setStart,
} from "../../../designer/edits/fixes.ts";
import {
  graphIndex,
  type GraphIndex,
  type ScopeEntry,
  type StateEntry,
} from "../../../designer/edits/graph-index.ts";
import { openEnds } from "../../../designer/edits/open-ends.ts";
import { retarget } from "../../../designer/edits/retarget.ts";
import { nearestSpan, stateAtPath } from "../../../designer/edits/state-at-path.ts";
import { wayAt } from "../../../designer/edits/ways.ts";
import { nearestName } from "./nearest-name.ts";
import type { GraphCode, Problem, QuickFix, Severity } from "./problem.ts";

/** What is probably meant so, or works for now. The rest keeps a definition from being saved. */
const lesser: ReadonlySet<OpenCode> = new Set(["nameInText", "variableOutside"]);
const needed: ReadonlySet<string> = new Set(["Type", "Resource", "Seconds"]);

/** What the graph leaves open, and what could be better in it. */
export function graphProblems(document: DefinitionDocument): readonly Problem[] {
  if (document.faults.length > 0) return [];
  const index = graphIndex(document);
  const open = causes(openEnds(document), index).map((end) => openProblem(document, index, end));
  const hints = [...index.states.values()].flatMap((state) => hintsOf(document, state));
  return [...open, ...hints, ...secretProblems(document, index)];
}

/** The API's validation has no code for these. */
function secretProblems(document: DefinitionDocument, index: GraphIndex): readonly Problem[] {
  if (document.value === undefined) return [];
  return writtenSecrets(document.value as JsonValue).map(({ path }) =>
    problem(document, {
      code: "writtenSecret",
      severity: "warning",
      path,
      key: stateAtPath(index, path)?.key,
      fixes: [],
    }),
  );
}

/** Without what only follows: without a start all is unreachable, and a state that leads nowhere may be the one to end. */
function causes(ends: readonly OpenEnd[], index: GraphIndex): readonly OpenEnd[] {
  const startless = new Set(ends.flatMap(({ code, key }) => (code === "noStart" ? [key] : [])));
  const isLeftOpen = ends.some(({ code }) => code === "noNext");
  return ends.filter(({ code, key }) => {
    if (code === "unreachable") return !startless.has(index.states.get(key)?.scope.key ?? "");
    return code !== "noTerminalState" || !isLeftOpen;
  });
}

function openProblem(document: DefinitionDocument, index: GraphIndex, end: OpenEnd): Problem {
  const state = index.states.get(end.key);
  const isScope =
    end.code === "emptyScope" || end.code === "noStart" || end.code === "noTerminalState";
  const scope = isScope ? index.scopes.get(end.key) : state?.scope;
  const holder = isScope ? scope?.holder : state;
  const path = pathOf(index, end, (isScope ? scope?.path : state?.path) ?? []);
  return problem(document, {
    code: end.code,
    severity: severityOf(end),
    path,
    key: holder?.key,
    ...(end.name !== undefined && { name: end.name }),
    fixes: fixesOf(end, scope, state),
  });
}

function severityOf({ code, name = "" }: OpenEnd): Severity {
  if (code === "toFill") return needed.has(name) ? "error" : "warning";
  return lesser.has(code) ? "warning" : "error";
}

/** The member that is meant, or what holds it where it is missing. */
function pathOf(index: GraphIndex, { code, end, name, key }: OpenEnd, base: Path): Path {
  switch (code) {
    case "missingTarget":
    case "noNext": {
      if (end === undefined) return base;
      const way = wayAt(index, { state: key, end });
      return name === undefined ? way.holder : [...way.holder, way.field];
    }
    case "noStart":
      return name === undefined ? base : [...base, "StartAt"];
    case "toFill":
      return needed.has(name ?? "") ? base : [...base, ...(name?.split(".") ?? [])];
    case "labelTaken":
      return [...base, "Label"];
    case "noRules":
      return [...base, "Choices"];
    case "noBranches":
      return [...base, "Branches"];
    case "otherLanguage":
      return [...base, "QueryLanguage"];
    default:
      return base;
  }
}

function fixesOf(
  { code, key, end, name }: OpenEnd,
  scope: ScopeEntry | undefined,
  state: StateEntry | undefined,
): readonly QuickFix[] {
  if (scope === undefined) return [];
  const names = [...scope.states.keys()];
  switch (code) {
    case "missingTarget":
      return end === undefined ? [] : targetFixes(scope, key, end, name);
    case "noNext":
      return end === undefined ? [] : [makeEnd(key, end)];
    case "noStart": {
      const start = nearestName(name ?? "", names) ?? unledTo(scope) ?? names[0];
      const begin = start === undefined ? [] : [startFix(scope.key, start)];
      return name === undefined || name === "" ? begin : [...begin, createFix(scope.key, name)];
    }
    case "unreachable":
      return state === undefined ? [] : [removeStateFix(state)];
    case "otherLanguage":
      return [{ code: "convertToJsonata", key }];
    default:
      return [];
  }
}

function targetFixes(
  scope: ScopeEntry,
  key: string,
  end: string,
  name: string | undefined,
): readonly QuickFix[] {
  const edge = { state: key, end };
  const near = nearestName(name ?? "", [...scope.states.keys()]);
  const target = near === undefined ? undefined : scope.states.get(near)?.key;
  const fixes: QuickFix[] = [];
  if (near !== undefined && target !== undefined) {
    fixes.push({
      code: "retarget",
      name: near,
      apply: (document) => retarget(document, edge, target),
    });
  }
  if (name !== undefined && name !== "") fixes.push(createFix(scope.key, name));
  if (end === "next") fixes.push(makeEnd(key, end));
  else fixes.push({ code: "removeWay", apply: (document) => removeWay(document, edge) });
  return fixes;
}

const makeEnd = (state: string, end: string): QuickFix => ({
  code: "makeEnd",
  apply: (document) => retarget(document, { state, end }, "end"),
});

const createFix = (scope: string, name: string): QuickFix => ({
  code: "createState",
  name,
  apply: (document) => createState(document, scope, name),
});

const startFix = (scope: string, name: string): QuickFix => ({
  code: "setStart",
  name,
  apply: (document) => setStart(document, scope, name),
});

const removeStateFix = ({ key, name }: StateEntry): QuickFix => ({
  code: "removeState",
  name,
  apply: (document) => deleteStates(document, [key]),
});

/** The state that no other one leads to: where one would begin. */
function unledTo(scope: ScopeEntry): string | undefined {
  const led = new Set(
    [...scope.states.values()].flatMap(({ fields }) => [fields["Next"], fields["Default"]]),
  );
  return [...scope.states.keys()].find((name) => !led.has(name));
}

/** Documented: names that AWS has kept for definitions of before 2022. */
const oldFields = { Iterator: "ItemProcessor", Parameters: "ItemSelector" } as const;

function hintsOf(document: DefinitionDocument, state: StateEntry): readonly Problem[] {
  const { type, key, path, fields } = state;
  if (type === "Choice" && fields["Default"] === undefined) {
    const fix: QuickFix = {
      code: "addDefault",
      apply: (now) => addDefault(now, key, `${state.name}: no rule holds`),
    };
    return [problem(document, { code: "noDefault", severity: "hint", path, key, fixes: [fix] })];
  }
  if (type !== "Map") return [];
  return Object.entries(oldFields).flatMap(([from, to]) => {
    if (fields[from] === undefined || fields[to] !== undefined) return [];
    const fix: QuickFix = {
      code: "renameField",
      name: to,
      apply: (now) => renameField(now, key, from, to),
    };
    const at = [...path, from];
    const about = { code: "oldField", severity: "hint", path: at, key, name: from } as const;
    return [problem(document, { ...about, fixes: [fix] })];
  });
}

function problem(
  document: DefinitionDocument,
  about: Pick<Problem, "severity" | "path" | "key" | "fixes" | "name"> & {
    readonly code: GraphCode;
  },
): Problem {
  const { code, path, name = "" } = about;
  const span: Span = nearestSpan(document, path);
  return { ...about, id: `graph ${code} ${JSON.stringify(path)} ${name}`, source: "graph", span };
}
