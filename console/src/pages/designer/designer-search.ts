export const designerModes = ["design", "code", "split", "config"] as const;
export type DesignerMode = (typeof designerModes)[number];

/** What the designer's address says beside the workflow. */
export interface DesignerSearch {
  readonly mode?: DesignerMode;
  /** The state that is selected, by its key. */
  readonly state?: string;
  /** An execution whose data expressions are tried with. */
  readonly run?: string;
  /** Of a new workflow: the starter that it begins with. */
  readonly starter?: string;
  /** The tool that is open beside: `test`, `cases`, `simulate`. */
  readonly tool?: string | undefined;
}

export function designerSearch(search: Readonly<Record<string, unknown>>): DesignerSearch {
  const mode = designerModes.find((each) => each === search["mode"]);
  const text = (name: "state" | "run" | "starter" | "tool") =>
    typeof search[name] === "string" ? { [name]: search[name] } : {};
  return {
    ...(mode && { mode }),
    ...text("state"),
    ...text("run"),
    ...text("starter"),
    ...text("tool"),
  };
}
