import type { AliasRecord } from "../ports/store.ts";
import type {
  LoadedStateMachine,
  StartRequest,
  StateMachineRoute,
  StateMachineTarget,
} from "../runtime/engine.ts";
import { checkStateMachineArn, parseAliasArn, refuseLabelledArn } from "./arns.ts";
import { errors } from "./errors/errors.ts";
import type { ServiceContext } from "./operation.ts";
import { versionArn } from "./versions/publish.ts";

/** The state machine of this ARN, or the error that says what is wrong with it. */
export async function existingStateMachine(
  context: ServiceContext,
  arn: string,
): Promise<LoadedStateMachine> {
  // An ARN that is found needs no other check: the common case costs one look into the directory.
  const found = await context.engine.directory.get(arn);
  if (found !== undefined) return found;
  checkStateMachineArn(arn);
  throw errors.stateMachineDoesNotExist(arn);
}

/** The same, for what must not happen to a machine that is being deleted. */
export async function activeStateMachine(
  context: ServiceContext,
  arn: string,
): Promise<LoadedStateMachine> {
  const found = await existingStateMachine(context, arn);
  if (found.record.status === "DELETING") throw errors.stateMachineDeleting(arn);
  return found;
}

/** The same, for what may be asked of a version or an alias as well. */
export async function existingTarget(
  context: ServiceContext,
  arn: string,
): Promise<StateMachineTarget> {
  const found = await context.engine.directory.find(arn);
  if (found !== undefined) return found;
  checkStateMachineArn(arn);
  throw errors.stateMachineDoesNotExist(arn);
}

export async function existingAlias(context: ServiceContext, arn: string): Promise<AliasRecord> {
  const { stateMachineArn, name } = parseAliasArn(arn);
  const aliases = await context.store.aliases(stateMachineArn);
  const found = aliases.find((alias) => alias.name === name);
  if (found === undefined) throw errors.resourceNotFound(arn);
  return found;
}

/**
 * What an execution runs that is started with this ARN, of a state machine, a version or an alias.
 *
 * Documented for Step Functions Local: with a mock configuration, `ARN#CASE` starts it as a test case. Without one the
 * `#` is part of a name that no state machine has, as for AWS.
 */
export async function startableStateMachine(
  context: ServiceContext,
  given: string,
): Promise<
  Pick<
    StartRequest,
    "stateMachine" | "stateMachineVersionArn" | "stateMachineAliasArn" | "testCase"
  >
> {
  const { arn, testCase } = splitTestCase(context, given);
  const found = await context.engine.directory.find(arn);
  if (found === undefined) {
    refuseLabelledArn(arn);
    throw errors.stateMachineDoesNotExist(arn);
  }
  const { stateMachine, version } = chosenRoute(context, found);
  if (stateMachine.record.status === "DELETING") throw errors.stateMachineDeleting(arn);
  if (testCase !== undefined) checkTestCase(context, stateMachine.record.name, testCase);
  return {
    stateMachine,
    ...(testCase !== undefined && { testCase }),
    ...(version !== undefined && { stateMachineVersionArn: versionArn(version) }),
    ...(found.alias !== undefined && { stateMachineAliasArn: arn }),
  };
}

function splitTestCase(
  { mocks }: ServiceContext,
  arn: string,
): { readonly arn: string; readonly testCase?: string } {
  const separator = mocks === undefined ? -1 : arn.indexOf("#");
  if (separator === -1) return { arn };
  return { arn: arn.slice(0, separator), testCase: arn.slice(separator + 1) };
}

/** Our choice: the error and its wording. */
function checkTestCase({ mocks }: ServiceContext, name: string, testCase: string): void {
  const known = mocks?.testCases(name) ?? [];
  if (known.includes(testCase)) return;
  const those = known.length === 0 ? "It has none." : `It has: ${known.join(", ")}.`;
  throw errors.validation(
    `The mock configuration has no test case '${testCase}' of the state machine '${name}'. ${those}`,
  );
}

/** Documented: an alias of two versions chooses one at random for each execution, by their weights. */
function chosenRoute(context: ServiceContext, { routes }: StateMachineTarget): StateMachineRoute {
  const [first, second] = routes as readonly [StateMachineRoute, StateMachineRoute?];
  if (second === undefined) return first;
  return context.ids.seed() % 100 < first.weight ? first : second;
}
