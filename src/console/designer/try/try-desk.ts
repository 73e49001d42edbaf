import { stateMachineArn } from "../../../machine/arns.ts";
import { childDefinitionText } from "../../../machine/map-run/child-definition-text.ts";
import type { StateMachineRecord, Store } from "../../../ports/store.ts";
import type { Engine } from "../../../runtime/engine.ts";
import { parseArn } from "../../../service/arns.ts";
import { ApiError } from "../../../service/errors/api-error.ts";
import { errors } from "../../../service/errors/errors.ts";
import type { RequestContext } from "../../../service/operation.ts";
import type { Service } from "../../../service/service.ts";
import {
  simulate,
  type SimulatedMachine,
  type SimulationHost,
} from "../../../simulate/simulation/simulate.ts";
import type { Unmocked } from "../../../simulate/simulation/simulation-mocks.ts";
import type { ConsoleAccess } from "../../access.ts";
import { publicEvents } from "../../execution/public-events.ts";
import type { DefinitionGraph } from "../../import/definition-graph.ts";
import { readHistory } from "../../import/history-file.ts";
import type {
  CaseOfExecution,
  CaseRunView,
  MockFileCases,
  MockFileView,
  SimulationView,
  TestCase,
  TestCaseSet,
} from "../../view-types.ts";
import { caseOfRun } from "./case-of-run.ts";
import { Members } from "./members.ts";
import { mockFile, readMockFile } from "./mock-file.ts";
import {
  readChildren,
  type ReadSimulation,
  machineTypes,
  readSimulation,
  usualSeed,
  usualStart,
} from "./simulation-request.ts";
import { findCase, StoredCases } from "./stored-cases.ts";
import { readTestCase, readTestCases } from "./test-case.ts";
import { performTrial, type Trial, type TrialView } from "./trial.ts";
import type { TrialThreads } from "./trial-threads.ts";
import { type MostTurns, Turns } from "../../../service/turns.ts";

export interface TryDeskOptions {
  readonly access: ConsoleAccess;
  readonly engine: Pick<Engine, "directory" | "history" | "expressHistories">;
  readonly store: Store;
  readonly scope: Service["scope"];
  /** Where simulations run; absent: there are none here. */
  readonly simulations: Pick<SimulationHost, "open" | "outside" | "mapRunIo"> | undefined;
  /** Where those run that call nothing; absent: on this thread, as those that do. */
  readonly threads?: Pick<TrialThreads, "perform"> | undefined;
}

/** Our choice: a simulation computes for most of its time, and a person waits for it. */
const mostTurns: MostTurns = {
  atOnce: 2,
  waiting: 20,
  refusal: () =>
    new ApiError(
      "ThrottlingException",
      "Too many simulations are under way: try again in a moment.",
    ),
};
const runMembers = ["definition", "cases", "childDefinitions", "unmocked"];
/** As many events of an execution as AWS keeps. */
const mostEvents = 25_000;

/** What the designer tries a workflow with: simulations of a definition, and test cases, which are kept beside the workflow. */
export class TryDesk {
  readonly #options: TryDeskOptions;
  readonly #cases: StoredCases;
  readonly #turns = new Turns(mostTurns);

  constructor(options: TryDeskOptions) {
    this.#options = options;
    this.#cases = new StoredCases(options.store);
  }

  /** Runs a definition in an engine of its own. Asked for as TestState is; where tasks are called, as a real start is. */
  async simulate(given: unknown, request: RequestContext): Promise<SimulationView> {
    const settings = readSimulation(given);
    await this.#maySimulate(settings, request);
    return this.#perform({ kind: "simulation", settings }, request);
  }

  async testCases(arn: string, request: RequestContext): Promise<TestCaseSet> {
    await this.#find(arn, "states:DescribeStateMachine", request);
    return this.#cases.read(arn);
  }

  async replaceTestCases(
    arn: string,
    given: unknown,
    request: RequestContext,
  ): Promise<TestCaseSet> {
    await this.#find(arn, "states:UpdateStateMachine", request);
    const change = new Members(given, "A change of the test cases", ["cases", "version"]);
    const cases = change.list("cases");
    if (cases === undefined) throw errors.validation("A change of the test cases has 'cases'");
    return this.#cases.replace(arn, readTestCases(cases), change.number("version"));
  }

  async deleteTestCases(arn: string, request: RequestContext): Promise<TestCaseSet> {
    await this.#find(arn, "states:UpdateStateMachine", request);
    return this.#cases.replace(arn, []);
  }

  async testCase(arn: string, name: string, request: RequestContext): Promise<TestCase> {
    return findCase(await this.testCases(arn, request), name);
  }

  /** Adds it at the end, or puts it in the place of the one of that name. */
  async putTestCase(
    arn: string,
    name: string,
    given: unknown,
    request: RequestContext,
  ): Promise<TestCaseSet> {
    await this.#find(arn, "states:UpdateStateMachine", request);
    const added = readTestCase(given);
    if (added.name !== name) throw errors.validation(`The test case is called '${added.name}'`);
    return this.#cases.change(arn, (cases) => {
      const isThere = cases.some((each) => each.name === name);
      const changed = cases.map((each) => (each.name === name ? added : each));
      return readTestCases(isThere ? changed : [...cases, added]);
    });
  }

  async deleteTestCase(arn: string, name: string, request: RequestContext): Promise<TestCaseSet> {
    await this.#find(arn, "states:UpdateStateMachine", request);
    findCase(await this.#cases.read(arn), name);
    return this.#cases.change(arn, (cases) => cases.filter((each) => each.name !== name));
  }

  async runCases(arn: string, given: unknown, request: RequestContext): Promise<CaseRunView> {
    const machine = await this.#find(arn, "states:DescribeStateMachine", request);
    const asked = new Members(given, "A run of test cases", runMembers);
    const definition = asked.text("definition") ?? (await this.#definition(arn));
    const cases = asked.list("cases");
    const run = cases === undefined ? (await this.#cases.read(arn)).cases : readTestCases(cases);
    return this.#runCases({ ...machine, definition }, run, asked, request);
  }

  /** Cases of a workflow that is not saved yet: it is sent, with its type, and so are they. */
  async runDraftCases(given: unknown, request: RequestContext): Promise<CaseRunView> {
    const asked = new Members(given, "A run of test cases", [...runMembers, "type"]);
    const machine = {
      ...draftMachine(asked),
      definition: asked.requiredText("definition"),
    };
    return this.#runCases(machine, readTestCases(asked.list("cases") ?? []), asked, request);
  }

  async #runCases(
    { name, type, definition }: Omit<SimulatedMachine, "mocks">,
    cases: readonly TestCase[],
    asked: Members,
    request: RequestContext,
  ): Promise<CaseRunView> {
    const settings = {
      machine: { name, type, definition, mocks: {} },
      children: readChildren(asked.object("childDefinitions"), name),
      unmocked: asked.oneOf<Unmocked>("unmocked", ["answer", "fail", "call"]) ?? "answer",
      seed: usualSeed,
      startTime: usualStart,
    } as const;
    await this.#maySimulate(settings, request);
    return this.#perform({ kind: "cases", settings, cases }, request);
  }

  async mockFile(arn: string, given: unknown, request: RequestContext): Promise<MockFileView> {
    const machine = await this.#find(arn, "states:DescribeStateMachine", request);
    const cases = new Members(given, "An export", ["cases"]).list("cases");
    return mockFile(
      machine,
      cases === undefined ? (await this.#cases.read(arn)).cases : readTestCases(cases),
    );
  }

  /** The same of a workflow that is not saved yet. Needs nothing of the server's: who may have a definition checked may do it. */
  async draftMockFile(given: unknown, request: RequestContext): Promise<MockFileView> {
    await this.#mayCheck(request);
    const asked = new Members(given, "An export", ["cases", "type"]);
    return mockFile(draftMachine(asked), readTestCases(asked.list("cases") ?? []));
  }

  /** Needs nothing of the server's, either. */
  async readMockFile(given: unknown, request: RequestContext): Promise<MockFileCases> {
    await this.#mayCheck(request);
    const asked = new Members(given, "An import", ["text", "stateMachineName"]);
    const { cases, stateMachineNames } = readMockFile(
      asked.requiredText("text"),
      asked.text("stateMachineName"),
    );
    return { cases: readTestCases(cases), stateMachineNames };
  }

  /** A test case of what happened in an execution. */
  async caseOf(executionArn: string, request: RequestContext): Promise<CaseOfExecution> {
    const { access, engine } = this.#options;
    const { record, definition } = await this.#execution(executionArn, request, access);
    const range = { limit: mostEvents, reverse: false };
    const page = await publicEvents(engine, executionArn, range, true);
    const graph = JSON.parse(definition) as DefinitionGraph;
    return caseOfRun(readHistory(JSON.stringify(page)), record.name.slice(0, 80), graph);
  }

  async #execution(executionArn: string, request: RequestContext, access: ConsoleAccess) {
    const { record } = await access.readHistory(executionArn, request);
    const [arn = "", label] = record.stateMachineArn.split("/");
    const revision = await this.#options.store.revision(arn, record.revisionId);
    if (revision?.unreadable !== undefined) throw revision.unreadable;
    const whole = revision?.definition ?? "{}";
    const definition =
      label === undefined ? whole : (childDefinitionText(whole, arn, label) ?? whole);
    return { record, definition };
  }

  #perform<T extends Trial>(trial: T, request: RequestContext): Promise<TrialView<T>> {
    const { simulations, scope, threads } = this.#options;
    if (simulations === undefined) throw errors.validation("There are no simulations here.");
    const { region, accountId } = { ...scope, ...request.caller };
    const place = { region, accountId };
    const { signal } = request;
    return this.#turns.take(() => {
      // What performs tasks is on this thread.
      if (threads !== undefined && trial.settings.unmocked !== "call") {
        return threads.perform(trial, place, signal);
      }
      return performTrial(trial, (settings, paths) =>
        simulate(
          {
            ...settings,
            ...(signal && { signal }),
            seen: (record, events, isMain) => paths.note(record, events, isMain),
          },
          { ...simulations, ...place },
        ),
      );
    });
  }

  #mayCheck(request: RequestContext): Promise<void> {
    return this.#options.access.may("states:ValidateStateMachineDefinition", "*", request);
  }

  async #maySimulate(
    { machine, unmocked, roleArn }: Pick<ReadSimulation, "machine" | "unmocked" | "roleArn">,
    request: RequestContext,
  ): Promise<void> {
    const { access, scope } = this.#options;
    await access.may("states:TestState", "*", request);
    if (unmocked !== "call") return;
    const arn = stateMachineArn(scope, machine.name);
    await access.may("states:CreateStateMachine", arn, request);
    await access.may("states:StartExecution", arn, request);
    if (roleArn !== undefined) await access.may("iam:PassRole", roleArn, request);
  }

  async #find(arn: string, action: string, request: RequestContext): Promise<StateMachineRecord> {
    const { access, store } = this.#options;
    await access.may(action, arn, request);
    await access.mayDecrypt(arn, request);
    parseArn(arn, "stateMachine");
    const record = await store.stateMachine(arn);
    if (record === undefined) throw errors.stateMachineDoesNotExist(arn);
    return record;
  }

  async #definition(arn: string): Promise<string> {
    const found = await this.#options.engine.directory.get(arn);
    if (found === undefined) throw errors.stateMachineDoesNotExist(arn);
    return found.revision.definition;
  }
}

/** How a workflow is called that has no name yet. */
const draftName = "workflow";

function draftMachine(asked: Members): Pick<SimulatedMachine, "name" | "type"> {
  return { name: draftName, type: asked.oneOf("type", machineTypes) ?? "STANDARD" };
}
