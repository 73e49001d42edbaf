import type {
  AlertsView,
  ApprovalView,
  AuditCallPage,
  AuditOutcome,
  AuditPage,
  BrowserView,
  CallTarget,
  ClusterStateView,
  CostView,
  DiagnosticsView,
  ChildPage,
  EventDigests,
  ExecutionPage,
  ExecutionView,
  FunctionLogView,
  HealthView,
  HomeView,
  InlineItemsView,
  ItemStatusView,
  JobAction,
  JobDetail,
  JobPlanView,
  JobView,
  MapRunChildPage,
  MapRunRow,
  MapRunTimesView,
  MapRunView,
  NeighboursView,
  ServerMetricsView,
  ServerView,
  SessionView,
  SignInView,
  StandInItem,
  StandInList,
  StandInMessage,
  StackRow,
  StackView,
  StandInsView,
  StateStatisticsView,
  StorageView,
  TimeWindow,
  VersionOutcomesView,
  VisitPage,
  WorkflowFactsView,
  WorkflowRow,
  WorkflowSeriesView,
} from "../../../src/console/view-types.ts";

import { backgroundHeaders } from "./at-the-page.ts";
import { heardSignedOut } from "./signed-out.ts";

/** Where the console is served; its own files are in `assets/` below it. */
export const basePath = import.meta.env.PROD
  ? new URL(/* @vite-ignore */ "../", import.meta.url).pathname.replace(/\/$/, "")
  : "/console";

/** What the server answered instead of what was asked for. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Asks the server's own API; rejects with a {@link ServerError}. */
export async function ask<T>(path: string, query: Query = {}, init?: RequestInit): Promise<T> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return fetched<T>(path + (search.size === 0 ? "" : `?${search}`), init);
}

/** The same with the query in the path. */
export async function fetched<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(backgroundHeaders())) headers.set(name, value);
  const response = await fetch(`${basePath}/api/${path}`, { ...init, headers });
  const body = (await response.json()) as { readonly __type?: string; readonly message?: string };
  if (response.status === 401) heardSignedOut(true);
  if (!response.ok) {
    throw new ServerError(response.status, body.__type ?? "Error", body.message ?? "");
  }
  return body as T;
}

/** The same with a body. */
export function send<T>(
  path: string,
  body: unknown,
  query?: Query,
  init?: Pick<RequestInit, "signal" | "method">,
): Promise<T> {
  return ask<T>(path, query, {
    method: "POST",
    ...init,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** An event of a history as GetExecutionHistory shows it; `timestamp` is in seconds. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  readonly [details: string]: unknown;
}

export interface EventPage {
  readonly events: readonly HistoryEvent[];
  readonly more: boolean;
}

/** What a job is to do, and with which executions. */
export type JobRequest = {
  readonly action: JobAction;
  readonly error?: string;
  readonly cause?: string;
} & ({ readonly filter: string } | { readonly executionArns: readonly string[] });

/** Children of a Map Run; durations are milliseconds, of those that have ended. */
export interface ChildFilter {
  readonly index?: number | undefined;
  readonly status?: string | undefined;
  readonly error?: string | undefined;
  readonly least?: number | undefined;
  readonly below?: number | undefined;
}

/** A question, and what somebody who does something with it calls themselves. */
export interface TaskName {
  readonly executionArn: string;
  readonly taskId: number;
  readonly name?: string | undefined;
}

/** Which calls of the audit log are asked for. */
export interface AuditCallFilter {
  readonly who?: string | undefined;
  readonly action?: string | undefined;
  readonly resource?: string | undefined;
  readonly outcome?: AuditOutcome | undefined;
  readonly changesOnly?: boolean | undefined;
  readonly since?: number | undefined;
}

export interface AuditFilter {
  readonly action?: string | undefined;
  readonly executionArn?: string | undefined;
  readonly taskId?: number | undefined;
  readonly stateMachineArn?: string | undefined;
  readonly key?: string | undefined;
}

const execution = (arn: string) => `executions/${encodeURIComponent(arn)}`;

/** The server's own API for the console, and through `call` that of AWS. */
export const server = {
  session: () => ask<SessionView>("session"),
  /** Of a window, or of the last 24 hours. */
  home: (window?: TimeWindow) => ask<HomeView>("home", { ...window }),
  health: () => ask<HealthView>("health"),
  workflows: () => ask<readonly WorkflowRow[]>("workflows"),
  executions: (filter: string, after?: string) =>
    ask<ExecutionPage & { readonly problems: readonly string[] }>("executions", { filter, after }),
  stateStatistics: (arn: string) =>
    ask<StateStatisticsView>(`workflows/${encodeURIComponent(arn)}/states`),
  workflowFacts: () => ask<readonly WorkflowFactsView[]>("workflow-facts"),
  versionOutcomes: (arn: string, hours: number) =>
    ask<VersionOutcomesView>(`workflows/${encodeURIComponent(arn)}/outcomes`, { hours }),
  workflowSeries: (arn: string, hours: number) =>
    ask<WorkflowSeriesView>(`workflows/${encodeURIComponent(arn)}/series`, { hours }),
  jobs: () => ask<readonly JobView[]>("jobs"),
  job: (id: string) => ask<JobDetail>(`jobs/${id}`),
  planJob: (job: JobRequest) => send<JobPlanView>("jobs", { ...job, dryRun: true }),
  startJob: (job: JobRequest) => send<JobView>("jobs", job),
  changeJob: (id: string, action: "pause" | "resume" | "cancel") =>
    send<JobView>(`jobs/${id}`, { action }),
  execution: (arn: string) => ask<ExecutionView>(execution(arn)),
  visits: (
    arn: string,
    query: {
      readonly parent?: number;
      readonly lane?: number;
      readonly key?: string;
      readonly status?: string;
      readonly offset?: number;
      readonly limit?: number;
    },
  ) => ask<VisitPage>(`${execution(arn)}/visits`, query),
  events: (
    arn: string,
    query: {
      readonly from?: number;
      readonly limit?: number;
      readonly reverse?: boolean;
      readonly data?: boolean;
    },
  ) => ask<EventPage>(`${execution(arn)}/events`, query),
  neighbours: (arn: string) => ask<NeighboursView>(`${execution(arn)}/neighbours`),
  children: (arn: string, query: { readonly offset?: number; readonly limit?: number } = {}) =>
    ask<ChildPage>(`${execution(arn)}/children`, query),
  digests: (arn: string) => ask<EventDigests>(`${execution(arn)}/digests`),
  functionLog: (
    arn: string,
    query: { readonly task: number; readonly after: number },
    init?: RequestInit,
  ) => ask<FunctionLogView>(`${execution(arn)}/function-log`, query, init),
  mapRuns: () => ask<readonly MapRunRow[]>("map-runs"),
  mapRun: (arn: string) => ask<MapRunView>(`map-runs/${encodeURIComponent(arn)}`),
  mapRunChildren: (
    arn: string,
    query: ChildFilter & { readonly offset?: number; readonly limit?: number },
  ) => ask<MapRunChildPage>(`map-runs/${encodeURIComponent(arn)}/children`, { ...query }),
  /** Which cells of the grid are picked: 1 for each that is. */
  mapRunMask: (arn: string, filter: ChildFilter) =>
    ask<ItemStatusView>(`map-runs/${encodeURIComponent(arn)}/mask`, { ...filter }),
  mapRunTimes: (arn: string) => ask<MapRunTimesView>(`map-runs/${encodeURIComponent(arn)}/times`),
  /** The iterations of a Map that runs within its execution. */
  inlineItems: (arn: string, visit: number) =>
    ask<InlineItemsView>(`${execution(arn)}/items`, { visit }),
  /** Of a window, or of the last `minutes`. */
  metrics: (minutes: number, window?: TimeWindow) =>
    ask<ServerMetricsView>("metrics", { minutes, ...window }),
  cost: (asked: { readonly month?: string; readonly by?: string }) =>
    ask<CostView>("cost", { ...asked }),
  alerts: () => ask<AlertsView>("alerts"),
  about: () => ask<ServerView>("settings"),
  cluster: () => ask<ClusterStateView>("settings/cluster"),
  callTargets: () => ask<readonly CallTarget[]>("settings/call-targets"),
  storage: () => ask<StorageView>("settings/storage"),
  diagnostics: () => ask<DiagnosticsView>("settings/diagnostics"),
  stacks: () => ask<readonly StackRow[]>("stacks"),
  stack: (stackId: string) => ask<StackView>(`stacks/${encodeURIComponent(stackId)}`),
  detectDrift: (stackId: string) =>
    send<StackView>(`stacks/${encodeURIComponent(stackId)}/drift`, {}),
  standIns: () => ask<StandInsView>("stand-ins"),
  standInMessages: (arn: string) =>
    ask<StandInList<StandInMessage>>(`stand-ins/${encodeURIComponent(arn)}/messages`),
  standInItems: (arn: string) =>
    ask<StandInList<StandInItem>>(`stand-ins/${encodeURIComponent(arn)}/items`),
  approvals: () => ask<readonly ApprovalView[]>("approvals"),
  answer: (
    answer: TaskName &
      ({ readonly output: string } | { readonly error: string; readonly cause: string }),
  ) => send<object>("approvals", answer),
  /** Tells that somebody looks at a question. */
  noteView: (task: TaskName) => send<object>("approvals/views", task),
  claim: (task: TaskName & { readonly isReleased?: boolean }) =>
    send<object>("approvals/claims", task),
  /** What was done with questions, the newest first. */
  audit: (query: AuditFilter & { readonly offset?: number; readonly limit?: number }) =>
    ask<AuditPage>("approvals/audit", { ...query }),
  /** The calls that were written down, the newest first. */
  auditCalls: (query: AuditCallFilter & { readonly before?: number; readonly limit?: number }) =>
    ask<AuditCallPage>("audit", { ...query }),
  /** A link to a question, for somebody without the console. */
  link: (task: TaskName) =>
    send<{ readonly url: string; readonly expiresAt: number }>("links", task),
  /** An operation of IAM, which knows no Region. */
  iam: <T = Record<string, unknown>>(operation: string, input: object) =>
    send<T>(`iam/${operation}`, input),
  signIn: {
    ways: () => ask<SignInView>("sign-in"),
    withPassword: (given: {
      readonly name: string;
      readonly password: string;
      readonly newPassword?: string;
    }) => send<object>("sign-in", given),
    out: () => send<object>("sign-out", {}),
    actAs: (role: string) => send<object>("me/role", { role }),
    changePassword: (password: string, newPassword: string) =>
      send<object>("me/password", { password, newPassword }),
    browsers: () => ask<readonly BrowserView[]>("sessions"),
    end: (handle: string) => send<object>("sessions/end", { handle }),
  },
  /** An operation of AWS's API, in the Region of `region` (absent: the server's own). */
  call: <T = Record<string, unknown>>(operation: string, input: object, region?: string) =>
    send<T>(`call/${operation}`, input, { region }),
};

/** The Region that an ARN names. */
export function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}
