import type { ApprovalView } from "../../../../src/console/view-types.ts";

export function isMatch(approval: ApprovalView, q: string): boolean {
  const { title, stateMachineName, executionName, stateName, resource = "", facts } = approval;
  const wanted = q.trim().toLowerCase();
  const texts = [title, stateMachineName, executionName, stateName, resource];
  return [...texts, ...facts.map(({ value }) => value)].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

export const orders = {
  due: (a: ApprovalView, b: ApprovalView) =>
    (a.due ?? Infinity) === (b.due ?? Infinity)
      ? a.since - b.since
      : (a.due ?? Infinity) - (b.due ?? Infinity),
  age: (a: ApprovalView, b: ApprovalView) => a.since - b.since,
} as const;
