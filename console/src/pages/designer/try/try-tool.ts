/** What the designer tries a workflow with, one at a time. */
export const tryTools = ["test", "cases", "simulate"] as const;
export type TryTool = (typeof tryTools)[number];

/** The tool that an address names. */
export function toolOf(named: unknown): TryTool | undefined {
  return tryTools.find((each) => each === named);
}
