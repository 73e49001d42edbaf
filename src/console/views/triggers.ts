/** Whom a schedule or a rule gives something. */
export interface TriggerTargetView {
  /** Of a rule's target: what names it. */
  readonly id?: string | undefined;
  readonly arn: string;
  readonly roleArn?: string | undefined;
  readonly deadLetterArn?: string | undefined;
  /** What it is given instead of the event, as it is configured: a text, a path or a transformer. */
  readonly input?: string | undefined;
}

/** What came of a trigger, on all nodes, in the last seven days. */
export interface TriggerOutcomesView {
  readonly taken: number;
  readonly failed: number;
  readonly givenUp: number;
  /** The newest first. */
  readonly newest: readonly {
    readonly at: number;
    readonly targetArn: string;
    readonly executionArn?: string;
    readonly code?: string;
    readonly message?: string;
  }[];
}

/** A schedule of Scheduler, or a rule with an expression. */
export interface ScheduleView {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  /** Absent: it is a rule. */
  readonly group?: string;
  readonly description?: string | undefined;
  readonly expression: string;
  readonly zone: string;
  readonly isEnabled: boolean;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly windowMinutes?: number | undefined;
  readonly isDeletedAfterwards?: boolean;
  /** Absent: the caller may not see them. */
  readonly targets?: readonly TriggerTargetView[];
  /** When it ticks next; empty where it is off, or done. */
  readonly next: readonly number[];
  readonly last?: number | undefined;
  readonly outcomes: TriggerOutcomesView;
}

export interface RuleView {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly bus: string;
  readonly description?: string | undefined;
  readonly pattern?: string | undefined;
  readonly expression?: string | undefined;
  readonly isEnabled: boolean;
  readonly targets?: readonly TriggerTargetView[];
  readonly outcomes: TriggerOutcomesView;
}

export interface BusView {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly description?: string | undefined;
}

export interface RulesView {
  readonly buses: readonly BusView[];
  readonly rules: readonly RuleView[];
}

export interface PipeView {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly description?: string | undefined;
  readonly source: string;
  readonly enrichment?: string | undefined;
  readonly target: string;
  readonly roleArn?: string | undefined;
  readonly patterns: readonly string[];
  readonly isRunning: boolean;
  /** Why it does not go on. */
  readonly problem?: string | undefined;
  /** What waits in the source, where that is known. */
  readonly backlog?: number | undefined;
  /** It is of the server's configuration, which no call changes. */
  readonly isConfigured: boolean;
}

export interface RouteView {
  readonly id: string;
  readonly api: string;
  readonly apiId: string;
  /** `ANY` for all of them. */
  readonly method: string;
  /** Below the server's address, with the API and its stage: `/api/shop/orders/{id}`. */
  readonly path: string;
  /** `StartExecution`; absent: it has no integration. */
  readonly operation?: string;
  /** An ARN, or a mapping that makes one of the request. */
  readonly target?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly apiKeyRequired: boolean;
  /** `NONE`: it is open to everybody, but for a key. */
  readonly authorizationType: string;
  /** Of an HTTP API that API Gateway's operations change. */
  readonly routeId?: string | undefined;
  readonly integrationId?: string | undefined;
  readonly isConfigured: boolean;
}

/** Something that a target has refused. */
export interface DeliveryView {
  readonly id: string;
  readonly sourceArn: string;
  readonly targetArn: string;
  readonly since: number;
  /** When it is tried again; absent: it was given up. */
  readonly dueAt?: number | undefined;
  readonly givenUpAt?: number | undefined;
  readonly attempts: number;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** Absent: the caller may not see what is in executions. */
  readonly input?: string | undefined;
}

export interface ArchiveView {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly busArn: string;
  readonly description?: string | undefined;
  readonly pattern?: string | undefined;
  /** 0: for ever. */
  readonly retentionDays: number;
  readonly createdAt: number;
}

export interface ReplayView {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly archive: string;
  readonly state: string;
  readonly from: number;
  readonly to: number;
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  readonly lastEventAt?: number | undefined;
}

export interface ArchivesView {
  readonly archives: readonly ArchiveView[];
  readonly replays: readonly ReplayView[];
}

/** What starts a workflow by itself. */
export interface WorkflowTriggerView {
  readonly kind: "schedule" | "rule" | "pipe" | "route";
  /** What the page of triggers opens. */
  readonly id: string;
  readonly name: string;
  /** The expression, the pattern, the source, or the method and the path. */
  readonly says: string;
  readonly isEnabled: boolean;
  readonly next?: number | undefined;
}

export interface WorkflowTriggersView {
  readonly triggers: readonly WorkflowTriggerView[];
  /** Kinds that the caller may not see. */
  readonly hidden: readonly WorkflowTriggerView["kind"][];
}
