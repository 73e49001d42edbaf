import type { JsonObject } from "../expression/json.ts";
import type { ArnScope } from "../machine/arns.ts";
import type { Limits } from "../machine/limits.ts";
import type { StartedBy } from "../machine/started-by.ts";
import type { NoteDecision } from "../ports/audit-trail.ts";
import type { Caller } from "../ports/caller.ts";
import type { Clock } from "../ports/clock.ts";
import type { CustomerKeys } from "../ports/customer-keys.ts";
import type { LogGroups } from "../ports/execution-log.ts";
import type { Ids } from "../ports/ids.ts";
import type { Logger } from "../ports/logger.ts";
import type { ResourceChecks } from "../ports/resource-checks.ts";
import type { Serial } from "../ports/serial.ts";
import type { ParentTask } from "../ports/store.ts";
import type { TaskMocks } from "../ports/task-mocks.ts";
import type { TaskHandlers } from "../runtime/tasks/dispatcher.ts";
import type { ActivityPollers } from "./activity-pollers.ts";
import type { PageTokens } from "./paging/page-tokens.ts";
import type { CalledEngine, CalledStore } from "./regions/region-view.ts";
import type { InputOf, OperationName } from "./model/service-model.ts";

/** What every operation works with. */
export interface ServiceContext {
  /** As it is seen from the call's Region. */
  readonly engine: CalledEngine;
  /** For calls outside of any execution: TestState. */
  readonly handlers: TaskHandlers;
  /** The test cases that an execution may be started as; absent: none. */
  readonly mocks?: TaskMocks;
  /** Looks at Tasks of new state machines; absent: they are believed. */
  readonly resourceChecks?: ResourceChecks;
  /** Where log groups are looked up; absent: any is taken. */
  readonly logGroups?: LogGroups;
  /** As it is seen from the call's Region. */
  readonly store: CalledStore;
  readonly customerKeys: CustomerKeys;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Where the call is made, and where what it makes will be. */
  readonly scope: ArnScope;
  readonly limits: Limits;
  readonly logger: Logger;
  pageTokens(): Promise<PageTokens>;
  /** Changes of one state machine or activity, by its ARN, one after another. */
  readonly serial: Serial;
  readonly activityPollers: ActivityPollers;
}

/** What an operation knows of the call that it serves, beside its input. */
export interface RequestContext {
  /** Absent: whoever runs this process. */
  readonly caller?: Caller;
  /** Which request it is, for the audit log. */
  readonly requestId?: string;
  /** Told of what is decided, where the call is written down. */
  readonly decided?: NoteDecision;
  /** Aborted when the caller no longer waits. */
  readonly signal?: AbortSignal;
  /** How long DescribeExecution may wait for the execution's end. */
  readonly waitSeconds?: number;
  /** The task of another execution that a started execution reports to. */
  readonly parent?: ParentTask;
  /** Who begins an execution, for a trigger that says more of itself than its {@link caller} does. Absent: the caller. */
  readonly startedBy?: StartedBy;
  /** The revision that UpdateStateMachine is to replace, as it is shown; another one is a conflict. Absent: any. */
  readonly replacedRevisionId?: string;
}

/** One operation: from its validated input to its output. Throws an ApiError for the caller's mistakes. */
export type Operation<N extends OperationName> = (
  input: InputOf<N>,
  context: ServiceContext,
  request: RequestContext,
) => Promise<JsonObject> | JsonObject;
