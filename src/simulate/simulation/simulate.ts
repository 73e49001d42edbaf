import { parseDefinition } from "../../asl/parse-definition.ts";
import type { TaskHandlers } from "../../integrations/task-handlers.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { MapRunIo } from "../../ports/map-run-io.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import { type FinishedRun, isLast } from "../finished-run.ts";
import type { OpenEngine } from "../open-engine.ts";
import { runInMemory, type RunMachine } from "../run-in-memory.ts";
import { nobodyAnswers } from "../token-answers.ts";
import { clockFrom, stillClock } from "./clocks.ts";
import { mockedMapRuns, simulatedMapRuns } from "./mocked-items.ts";
import { type MachineMocks, type MockedStates, readMocks, simulationCase } from "./read-mocks.ts";
import { seededIds } from "./seeded-ids.ts";
import { type Bound, type SimulationBounds, SimulationStopped, usualBounds } from "./bounds.ts";
import { simulatedHandlers } from "./simulated-handlers.ts";
import {
  type AssumedState,
  createSimulationMocks,
  type MockUse,
  type Unmocked,
} from "./simulation-mocks.ts";
import { outsideStates, type OutsideStates } from "./task-states.ts";

export interface SimulatedMachine extends RunMachine {
  readonly mocks: MockedStates;
}

/** A run of a definition that nothing outside notices. */
export interface SimulationSettings {
  readonly machine: SimulatedMachine;
  /** Others that it may start. */
  readonly children: readonly SimulatedMachine[];
  /** JSON text. */
  readonly input: string;
  readonly unmocked: Unmocked;
  /** Makes all randomness. */
  readonly seed: number;
  readonly startTime: EpochMs;
  /** The execution role; absent: any. */
  readonly roleArn?: string;
  readonly bounds?: SimulationBounds;
  /** Ends it; it rejects with the reason. */
  readonly signal?: AbortSignal;
  /** Sees what happens, in this execution and in those that it starts. */
  readonly seen?: (
    record: ExecutionRecord,
    events: readonly JournalEvent[],
    isMain: boolean,
  ) => void;
}

/** Where a simulation is run. */
export interface SimulationHost {
  readonly open: OpenEngine;
  /** What performs tasks where they are really called. */
  readonly outside: Pick<TaskHandlers, "find">;
  /** What distributed Maps read and write by, where tasks are really called; absent: what the engine has. */
  readonly mapRunIo?: MapRunIo;
  readonly region: string;
  readonly accountId: string;
}

/** What a simulation came to. */
export interface Simulated {
  /** Absent: a bound stopped it. */
  readonly finished?: FinishedRun;
  readonly stopped?: Bound;
  readonly executionArn: string;
  /** Of the execution itself. */
  readonly events: readonly JournalEvent[];
  readonly used: readonly MockUse[];
  readonly assumed: readonly AssumedState[];
  /** Time that did not have to pass. */
  readonly skippedMs: number;
}

const unanswered =
  "The task waits for its token, which nobody sends back in a simulation: mock its state.";

/**
 * Runs a definition with the real engine: tasks are answered by mocks, time is skipped, and all randomness follows from the
 * seed, so that the same settings come to the same events. That does not hold where tasks are really called. Rejects with
 * a `RefusedMachine` or {@link WrongMocks} for what cannot be run.
 */
export async function simulate(
  settings: SimulationSettings,
  host: SimulationHost,
): Promise<Simulated> {
  const { machine, children, seed, startTime, unmocked, bounds = usualBounds } = settings;
  const { region, accountId } = host;
  const machines = [machine, ...children];
  const states = new Map<string, OutsideStates>();
  const mocked: MachineMocks[] = [];
  for (const { name, definition, type, mocks: given } of machines) {
    const parsed = parseDefinition(definition, { type }).definition;
    // One that is wrong is refused where it is put.
    if (parsed === undefined) continue;
    const outside = outsideStates(parsed);
    states.set(name, outside);
    mocked.push({ name, states: outside, mocks: given });
  }
  const mocks = createSimulationMocks({
    configuration: readMocks(mocked),
    machines: states,
    unmocked,
    hasChildren: children.length > 0,
  });
  const calls = unmocked === "call";
  const childArns = new Map(
    children.map(({ name }) => [
      name,
      `arn:aws:states:${region}:${accountId}:stateMachine:${name}`,
    ]),
  );
  const events: JournalEvent[] = [];
  let executionArn = "";
  let lastAt = startTime;
  const begun = performance.now();
  const bounded = bounds.begin(settings.signal);
  const told = (stopped?: Bound, finished?: FinishedRun): Simulated => {
    const really = calls ? performance.now() - begun : 0;
    return {
      ...(finished && { finished }),
      ...(stopped && { stopped }),
      executionArn,
      events,
      used: mocks.used,
      assumed: mocks.assumed,
      skippedMs: Math.max(0, Math.round(lastAt - startTime - really)),
    };
  };
  try {
    const finished = await runInMemory({
      open: host.open,
      region,
      accountId,
      machines,
      stateMachineName: machine.name,
      executionName: simulationCase,
      testCase: simulationCase,
      input: settings.input,
      ...(settings.roleArn !== undefined && { roleArn: settings.roleArn }),
      skipsTime: true,
      clock: calls ? clockFrom(startTime) : stillClock(startTime),
      ids: seededIds(seed),
      secret: Buffer.from(`simulation ${seed}`).toString("base64"),
      mocks,
      activityArns: activitiesOf(states.values()),
      around: (own) => simulatedHandlers(own, calls ? host.outside : undefined, childArns),
      aroundMapRuns: calls
        ? (usual) => mockedMapRuns(mocks.items)(host.mapRunIo ?? usual)
        : () => simulatedMapRuns(mocks.items),
      answers: (tasks) => nobodyAnswers(tasks, unanswered),
      seen(record, batch, isMain) {
        settings.seen?.(record, batch, isMain);
        if (isMain) {
          ({ executionArn } = record);
          events.push(...batch);
          lastAt = batch.at(-1)?.at ?? lastAt;
        }
        if (!isMain || !batch.some(isLast)) bounded.note(batch);
      },
      signal: bounded.signal,
    });
    return told(undefined, finished);
  } catch (error) {
    if (error instanceof SimulationStopped) return told(error.bound);
    throw error;
  } finally {
    bounded.end();
  }
}

function activitiesOf(machines: Iterable<OutsideStates>): readonly string[] {
  const arns = new Set<string>();
  for (const { tasks } of machines) {
    for (const { Resource: resource } of tasks.values()) {
      if (resource.kind === "activity") arns.add(resource.arn);
    }
  }
  return [...arns];
}
