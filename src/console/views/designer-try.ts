import type { PublicEvent } from "../import/history-file.ts";
import type { TakenEdge } from "./execution.ts";
import type { RunStatus } from "./executions.ts";

/** What some attempts of a task come to: one member, as in a mock file. */
export type MockedOutcome =
  | { readonly Return: unknown }
  | { readonly Throw: { readonly Error: string; readonly Cause?: string } };

/** A mocked response as in a mock file: an entry for each attempt (`"0"`) or range of them (`"1-3"`), without gaps. */
export interface MockedResponse {
  readonly [attempts: string]: MockedOutcome;
}

/**
 * The response of each mocked state, by its name. Task states; and distributed Maps with an ItemReader, whose one entry
 * returns the list of items that are read.
 */
export interface StateMocks {
  readonly [stateName: string]: MockedResponse;
}

/**
 * What a task without a mock comes to. `answer`: `{}`, or what the integration's answers always have, and it is told so; `fail`: it fails with States.Runtime; `call`: it
 * is performed as the server would, who may start executions.
 */
export type Unmocked = "answer" | "fail" | "call";

/** A run of a whole definition in memory, time skipped. Nothing is stored. */
export interface SimulationRequest {
  /** ASL as JSON text. */
  readonly definition: string;
  /** Absent: STANDARD. */
  readonly type?: "STANDARD" | "EXPRESS";
  /** Of the state machine, as the ARNs have it; absent: `simulation`. */
  readonly name?: string;
  /** JSON text; absent: `{}`. */
  readonly input?: string;
  readonly mocks?: StateMocks;
  /** Absent: `answer`. */
  readonly unmocked?: Unmocked;
  /** State machines that may be started by it, by name. Without any, a start of another execution is a task like others. */
  readonly childDefinitions?: { readonly [name: string]: SimulatedChild };
  /** Makes all randomness; absent: 1. The same request with the same seed has the same answer. */
  readonly seed?: number;
  /** When the execution starts, in milliseconds since the epoch; absent: 2026-01-01T00:00:00Z. */
  readonly startTime?: number;
  /** The execution role, which tasks that are called are called with. */
  readonly roleArn?: string;
}

export interface SimulatedChild {
  readonly definition: string;
  readonly type?: "STANDARD" | "EXPRESS";
  readonly mocks?: StateMocks;
}

/** What a simulation came to. `importHistory` makes of its events what the execution's page shows. */
export interface SimulationView {
  /** RUNNING: it was stopped before its end; see `stopped`. */
  readonly status: RunStatus;
  /** Which bound stopped it: real time, the number of events, or the size of their data. Absent: it ended by itself. */
  readonly stopped?: "time" | "events" | "data";
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  /** The history as GetExecutionHistory shows it, from its beginning. */
  readonly events: readonly PublicEvent[];
  /** Of the whole history: more than `events` has where that was cut. */
  readonly eventCount: number;
  /** States that were entered, by their keys (`nodeKey`); those of a distributed Map's children are below its key. */
  readonly states: readonly { readonly key: string; readonly entries: number }[];
  readonly edges: readonly TakenEdge[];
  /** Which attempts were answered with a mock, in order, the first of them. */
  readonly mocksUsed: readonly MockUse[];
  /** States that were answered with what nobody had mocked, and with what: to be made a mock of. */
  readonly assumed: readonly AssumedAnswer[];
  /** Time that did not have to pass, in milliseconds. */
  readonly skippedMs: number;
  /** Executions that it started: children of Map Runs, and nested ones. */
  readonly children: {
    readonly total: number;
    /** The first of those that did not succeed. */
    readonly failed: readonly FailedChild[];
  };
  readonly seed: number;
  readonly startTime: number;
}

export interface AssumedAnswer {
  readonly stateMachineName: string;
  readonly stateName: string;
  readonly answer: unknown;
}

/** An attempt that was answered with a mock; told once, however many executions had it. */
export interface MockUse {
  readonly stateMachineName: string;
  readonly stateName: string;
  /** From 0, counted through the whole execution. */
  readonly attempt: number;
  readonly outcome: "return" | "throw" | "missing";
}

export interface FailedChild {
  readonly name: string;
  readonly stateMachineName: string;
  /** Of the item, in a Map Run. */
  readonly index?: number;
  readonly status: RunStatus;
  readonly error?: string;
  readonly cause?: string;
}

/** What a test case should come to, as in a mock file's `Expectations`; what is absent is not looked at. */
export interface CaseExpectation {
  readonly status?: "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string | { readonly [member: string]: unknown };
  /** `...` stands for any number of states. */
  readonly path?: readonly string[];
}

/** A test case of a workflow. */
export interface TestCase {
  readonly name: string;
  readonly input: unknown;
  readonly mocks: StateMocks;
  readonly expectation?: CaseExpectation;
}

/** All test cases of a workflow, in their order. They are put as one, so that a rename of a state is in all of them at once. */
export interface TestCaseSet {
  readonly stateMachineArn: string;
  /** Changes with each change; to be sent with what replaces it, which is refused if it is no longer this one. 0: there is none yet. */
  readonly version: number;
  readonly cases: readonly TestCase[];
}

/** What is sent to replace the set. */
export interface TestCaseChange {
  readonly cases: readonly TestCase[];
  /** Absent: whatever is there is replaced. */
  readonly version?: number;
}

/** What runs the cases of a workflow. */
export interface CaseRunRequest {
  /** Absent: the one that is saved. */
  readonly definition?: string;
  /** Absent: those that are stored. */
  readonly cases?: readonly TestCase[];
  readonly childDefinitions?: SimulationRequest["childDefinitions"];
  /** Absent: `answer`. */
  readonly unmocked?: Unmocked;
}

/** What runs the cases of a workflow that is not saved yet. */
export interface DraftCaseRunRequest extends CaseRunRequest {
  readonly definition: string;
  /** Absent: STANDARD. */
  readonly type?: "STANDARD" | "EXPRESS";
  readonly cases: readonly TestCase[];
}

/** Something that is not as it was expected. */
export interface CaseDifference {
  /** `status`, `output.order.total`, `path`. */
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

export interface CaseResultView {
  readonly name: string;
  /** `broken`: it could not be run, for `message`. */
  readonly result: "passed" | "failed" | "broken";
  readonly differences: readonly CaseDifference[];
  readonly message?: string;
  readonly status?: RunStatus;
  readonly error?: string;
  readonly cause?: string;
  /** States that it has no mock for and that were answered all the same. */
  readonly assumed: readonly string[];
  /** Keys of the states that were entered. */
  readonly states: readonly string[];
  readonly edges: readonly Omit<TakenEdge, "count">[];
  readonly durationMs: number;
}

export interface CaseRunView {
  readonly results: readonly CaseResultView[];
  readonly coverage: {
    /** Every state of the definition by its key, with the cases that entered it. */
    readonly states: readonly { readonly key: string; readonly cases: readonly string[] }[];
    /** Ways that were gone, with the cases that went them. */
    readonly edges: readonly (Omit<TakenEdge, "count"> & { readonly cases: readonly string[] })[];
    /** Keys of the states that no case entered. */
    readonly uncovered: readonly string[];
  };
}

/** A mock file as text, as `stepwell test` reads it, beside its definition as `definitionFile`. */
export interface MockFileView {
  readonly text: string;
  readonly definitionFile: string;
}

/** What a mock file has for one workflow. */
export interface MockFileCases {
  readonly cases: readonly TestCase[];
  /** State machines that the file has test cases of. */
  readonly stateMachineNames: readonly string[];
}

/** A test case made of an execution, and what of it could not be taken. */
export interface CaseOfExecution {
  readonly testCase: TestCase;
  /** States whose tasks are in it only in part: attempts that had not ended, and what a distributed Map's children did. */
  readonly incomplete: readonly string[];
  /** It was redriven: the case ends where it first ended. */
  readonly isCut: boolean;
}
