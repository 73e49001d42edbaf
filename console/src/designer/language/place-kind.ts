import type { Path } from "../document/definition-document.ts";

/** What an object or list of a definition is, by the way that leads to it. */
export type PlaceKind =
  | "workflow"
  | "branch"
  | "processor"
  | "processorConfig"
  | "states"
  | "state"
  | "branches"
  | "rules"
  | "rule"
  | "retriers"
  | "retrier"
  | "catchers"
  | "catcher"
  | "errorNames"
  | "value";

export interface KnownPlace {
  readonly kind: PlaceKind;
  /** The scope whose `States` and `StartAt` are meant here. */
  readonly scope: Path;
  /** The state that it is in; `undefined` outside of all. */
  readonly state: Path | undefined;
}

type Steps = { readonly [K in PlaceKind]?: Readonly<Record<string, PlaceKind>> };

const scopeSteps = { States: "states" } as const;

/** `*` is any name, `#` any index; what is not here holds values. */
const steps: Steps = {
  workflow: scopeSteps,
  branch: scopeSteps,
  processor: { ...scopeSteps, ProcessorConfig: "processorConfig" },
  states: { "*": "state" },
  state: {
    Branches: "branches",
    ItemProcessor: "processor",
    Iterator: "processor",
    Choices: "rules",
    Retry: "retriers",
    Catch: "catchers",
  },
  branches: { "#": "branch" },
  rules: { "#": "rule" },
  rule: { And: "rules", Or: "rules", Not: "rule" },
  retriers: { "#": "retrier" },
  catchers: { "#": "catcher" },
  retrier: { ErrorEquals: "errorNames" },
  catcher: { ErrorEquals: "errorNames" },
};

/** What is at a path. */
export function placeAt(path: Path): KnownPlace {
  let kind: PlaceKind = "workflow";
  let scope: Path = [];
  let state: Path | undefined;
  for (const [at, part] of path.entries()) {
    const known: Readonly<Record<string, PlaceKind>> = steps[kind] ?? {};
    const step = typeof part === "number" ? "#" : Object.hasOwn(known, part) ? part : "*";
    kind = known[step] ?? "value";
    const here = path.slice(0, at + 1);
    if (kind === "state") state = here;
    if (kind === "branch" || kind === "processor") scope = here;
  }
  return { kind, scope, state };
}
