import { parseJsonText } from "../../../asl/diagnostics/json-text.ts";
import type { JsonObject } from "../../../expression/json.ts";
import { errors } from "../../../service/errors/errors.ts";
import { checkName } from "../../../service/names.ts";
import type { MockedStates } from "../../../simulate/simulation/read-mocks.ts";
import type { SimulatedMachine } from "../../../simulate/simulation/simulate.ts";
import type { Unmocked } from "../../../simulate/simulation/simulation-mocks.ts";
import { Members } from "./members.ts";

/** What a simulation is asked for, read. */
export interface ReadSimulation {
  readonly machine: SimulatedMachine;
  readonly children: readonly SimulatedMachine[];
  readonly input: string;
  readonly unmocked: Unmocked;
  readonly seed: number;
  readonly startTime: number;
  readonly roleArn?: string;
}

const known = [
  "definition",
  "type",
  "name",
  "input",
  "mocks",
  "unmocked",
  "childDefinitions",
  "seed",
  "startTime",
  "roleArn",
];
export const machineTypes = ["STANDARD", "EXPRESS"] as const;
const usualName = "simulation";
export const usualSeed = 1;
/** 2026-01-01. Our choice: a day like any other, always the same. */
export const usualStart = Date.UTC(2026, 0, 1);
/** The last millisecond that a date can be, and a few thousand years before it for what waits. */
const latestStart = 8.64e15 / 2;
/** Our choice: each is made as a state machine. */
const mostChildren = 50;

export function readSimulation(given: unknown): ReadSimulation {
  const asked = new Members(given, "A simulation", known);
  const name = asked.text("name") ?? usualName;
  checkName(name);
  const startTime = asked.number("startTime") ?? usualStart;
  if (startTime > latestStart) throw errors.validation("The 'startTime' is too late");
  const roleArn = asked.text("roleArn");
  return {
    machine: {
      name,
      definition: asked.requiredText("definition"),
      type: asked.oneOf("type", machineTypes) ?? "STANDARD",
      mocks: mocksOf(asked),
    },
    children: readChildren(asked.object("childDefinitions"), name),
    input: inputText(asked.text("input")),
    unmocked: asked.oneOf("unmocked", ["answer", "fail", "call"]) ?? "answer",
    seed: asked.number("seed") ?? usualSeed,
    startTime,
    ...(roleArn !== undefined && { roleArn }),
  };
}

/** State machines that may be started, by name. */
export function readChildren(
  given: JsonObject | undefined,
  parent: string,
): readonly SimulatedMachine[] {
  const children = Object.entries(given ?? {});
  if (children.length > mostChildren) {
    throw errors.validation(`A simulation has at most ${mostChildren} 'childDefinitions'`);
  }
  return children.map(([name, value]) => {
    checkName(name);
    if (name === parent) throw errors.validation(`'${name}' is the state machine itself`);
    const child = new Members(value, "A child definition", ["definition", "type", "mocks"]);
    return {
      name,
      definition: child.requiredText("definition"),
      type: child.oneOf("type", machineTypes) ?? "STANDARD",
      mocks: mocksOf(child),
    };
  });
}

function mocksOf(of: Members): MockedStates {
  return of.object("mocks") ?? {};
}

function inputText(text = "{}"): string {
  const { error } = parseJsonText(text);
  if (error !== undefined) throw errors.invalidExecutionInput(error.message);
  return text;
}
