import type { JsonObject } from "../../expression/json.ts";
import { type Style, styled } from "../terminal.ts";

/** As `DescribeChangeSet` answers it. */
export interface ShownChange {
  readonly Action: "Add" | "Modify" | "Remove";
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly Replacement?: "True" | "False" | "Conditional";
  readonly PolicyAction?: string;
  readonly IsMadeUp?: boolean;
  readonly Details: readonly { readonly Target: ShownDifference; readonly Evaluation: string }[];
}

interface ShownDifference {
  readonly Path: string;
  readonly BeforeValue?: string;
  readonly AfterValue?: string;
}

export function changesIn(changeSet: JsonObject): readonly ShownChange[] {
  const changes = (changeSet["Changes"] ?? []) as unknown as readonly {
    readonly ResourceChange: ShownChange;
  }[];
  return changes.map(({ ResourceChange }) => ResourceChange);
}

const marks: { readonly [kind: string]: readonly [mark: string, style: Style] } = {
  Add: ["+", "green"],
  Modify: ["~", "yellow"],
  Replace: ["±", "red"],
  Remove: ["-", "red"],
};

/** Our choice: what fits beside its name. */
const longestValue = 60;

/** What a change does, as a tree with the differences beneath each resource. */
export function planText(stackName: string, changes: readonly ShownChange[]): string {
  const out = process.stdout;
  const width = Math.max(...changes.map(({ LogicalResourceId }) => LogicalResourceId.length), 0);
  const lines = changes.flatMap((change, index) => {
    const isLast = index === changes.length - 1;
    const isReplaced = change.Action === "Modify" && change.Replacement !== "False";
    const [mark, style] = marks[isReplaced ? "Replace" : change.Action] ?? ["?", "dim"];
    const head = `${mark} ${change.LogicalResourceId.padEnd(width)}`;
    const branch = styled(out, "dim", isLast ? "└─ " : "├─ ");
    const beneath = styled(out, "dim", isLast ? "     " : "│    ");
    return [
      `${branch}${styled(out, style, head)}  ${change.ResourceType}${remark(change)}`,
      ...change.Details.map((detail) => `${beneath}${differenceText(detail)}`),
    ];
  });
  return `${[styled(out, "bold", stackName), ...lines].join("\n")}\n`;
}

function remark({ Replacement, PolicyAction, IsMadeUp }: ShownChange): string {
  const remarks = [
    ...(Replacement === "True" ? ["is replaced"] : []),
    ...(Replacement === "Conditional" ? ["may be replaced"] : []),
    ...(PolicyAction?.endsWith("Retain") ? ["what was there is kept"] : []),
    ...(IsMadeUp ? ["is not made here: references to it are made up"] : []),
  ];
  return remarks.length === 0 ? "" : styled(process.stdout, "dim", `  (${remarks.join("; ")})`);
}

function differenceText({
  Target: { Path, BeforeValue, AfterValue },
  Evaluation,
}: ShownChange["Details"][number]): string {
  const out = process.stdout;
  const name = Path.replace(/^\/Properties\//, "").replaceAll("/", ".");
  const before = BeforeValue === undefined ? "" : styled(out, "red", shortened(BeforeValue));
  const after =
    Evaluation === "Dynamic"
      ? styled(out, "dim", "(known when it is made)")
      : AfterValue === undefined
        ? ""
        : styled(out, "green", shortened(AfterValue));
  if (before === "") return `${name}: ${after}`;
  return after === "" ? `${name}: ${before} removed` : `${name}: ${before} → ${after}`;
}

function shortened(value: string): string {
  const line = value.replaceAll(/\s+/g, " ");
  return line.length > longestValue ? `${line.slice(0, longestValue - 1)}…` : line;
}
