import type { TestCase } from "../../../../../../src/console/view-types.ts";
import { designerTry } from "../../../../api/designer-try.ts";
import { store, stored } from "../../../../app/preferences.ts";

const place = "newWorkflowCases";

/** The cases of a workflow that is not saved yet, as this browser has kept them. */
export function keptCases(): readonly TestCase[] {
  try {
    const kept: unknown = JSON.parse(stored(place) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isCase) : [];
  } catch {
    return [];
  }
}

export function keepCases(cases: readonly TestCase[]): void {
  store(place, JSON.stringify(cases));
}

/** To be called when a new workflow was saved: its cases go where the cases of saved ones are, and leave the browser. */
export async function saveKeptCases(stateMachineArn: string): Promise<void> {
  const cases = keptCases();
  if (cases.length === 0) return;
  await designerTry.putTestCases(stateMachineArn, { cases });
  keepCases([]);
}

function isCase(value: unknown): value is TestCase {
  const { name, mocks } = (value ?? {}) as Partial<TestCase>;
  return typeof name === "string" && typeof mocks === "object" && mocks !== null;
}
