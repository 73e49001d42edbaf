import { textOf } from "../../deploy/text-of.ts";
import type { JsonObject } from "../../expression/json.ts";
import type { DeployClient } from "../deploy/deploy-client.ts";
import { durationText, styled, type Style } from "../terminal.ts";

const styles: { readonly [status: string]: Style } = {
  RUNNING: "cyan",
  SUCCEEDED: "green",
  FAILED: "red",
  TIMED_OUT: "red",
  ABORTED: "yellow",
};

/** Our choice: how many of the newest executions of a state machine are looked at. */
const newest = 20;

/** Tells of executions that begin or end, each time that it is asked. */
export class ExecutionsLive {
  readonly #client: DeployClient;
  readonly #seen = new Map<string, string>();
  #isFirst = true;

  constructor(client: DeployClient) {
    this.#client = client;
  }

  /** Lines about what has happened since the last time; what was there before the first is not told. */
  async news(stackNames: readonly string[]): Promise<readonly string[]> {
    const lines: string[] = [];
    for (const stackName of stackNames) {
      for (const stateMachineArn of await this.#machinesOf(stackName)) {
        lines.push(...(await this.#newsOf(stateMachineArn)));
      }
    }
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    return isFirst ? [] : lines;
  }

  async #machinesOf(StackName: string): Promise<readonly string[]> {
    const { StackResources } = await this.#client.call("DescribeStackResources", { StackName });
    return (StackResources as readonly JsonObject[]).flatMap(
      ({ ResourceType, PhysicalResourceId }) =>
        ResourceType === "AWS::StepFunctions::StateMachine" && PhysicalResourceId !== undefined
          ? [textOf(PhysicalResourceId)]
          : [],
    );
  }

  async #newsOf(stateMachineArn: string): Promise<readonly string[]> {
    const answer = await this.#client
      .states("ListExecutions", { stateMachineArn, maxResults: newest })
      // Of Express workflows there is no list, and of what was deleted a moment ago neither.
      .catch(() => ({ executions: [] }));
    const lines: string[] = [];
    for (const execution of (answer["executions"] as readonly JsonObject[]).toReversed()) {
      const arn = textOf(execution["executionArn"]);
      const status = textOf(execution["status"]);
      if (this.#seen.get(arn) === status) continue;
      this.#seen.set(arn, status);
      lines.push(await this.#line(execution, status));
    }
    return lines;
  }

  async #line(execution: JsonObject, status: string): Promise<string> {
    const { name, executionArn = null, startDate, stopDate, stateMachineArn } = execution;
    const machine = textOf(stateMachineArn).split(":").at(-1) ?? "";
    const time =
      stopDate === undefined
        ? ""
        : ` ${durationText((Number(stopDate) - Number(startDate)) * 1_000)}`;
    const head = `${styled(process.stdout, styles[status] ?? "dim", status.padEnd(9))} ${machine} ${styled(process.stdout, "dim", textOf(name))}${time}`;
    if (status !== "FAILED") return head;
    const { error = "", cause = "" } = await this.#client.states("DescribeExecution", {
      executionArn,
    });
    return `${head}\n          ${textOf(error)}: ${textOf(cause)}`;
  }
}
