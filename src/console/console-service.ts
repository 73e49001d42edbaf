import { scopeOfArn } from "../machine/arns.ts";
import { historyEvent } from "../machine/journal/history.ts";
import type { JsonObject, JsonValue } from "../expression/json.ts";
import { awsLimits } from "../machine/limits.ts";
import type { Clock } from "../ports/clock.ts";
import type { Figures } from "../ports/figures.ts";
import type { FunctionLogReader } from "../ports/function-logs.ts";
import type { Logger } from "../ports/logger.ts";
import type { StateMachineRecord, Store } from "../ports/store.ts";
import type { Engine } from "../runtime/engine.ts";
import { parseArn } from "../service/arns.ts";
import { ApiError } from "../service/errors/api-error.ts";
import { errors } from "../service/errors/errors.ts";
import type { RequestContext } from "../service/operation.ts";
import type { Service } from "../service/service.ts";
import type { AuditLog } from "./questions/audit-log.ts";
import { QuestionDesk } from "./questions/question-desk.ts";
import { activityRows } from "./activities.ts";
import { HomeDesk } from "./home/home-desk.ts";
import { executionChange, executionView } from "./execution/execution-views.ts";
import { LiveExecutions, type LiveExecution } from "./execution/live-executions.ts";
import { isMemberField, parseFilter } from "./filter.ts";
import { FunctionLogDesk, nothingPrinted } from "./function-logs/function-log-desk.ts";
import { ExecutionIndex, type IndexedExecution } from "./index/execution-index.ts";
import { ExecutionSearch } from "./index/execution-search.ts";
import { facetsOf } from "./index/facets.ts";
import { MemberPaths } from "./index/indexed-members.ts";
import { loadExecutions } from "./index/load-executions.ts";
import { errorGroupsOf, histogramOf, isFailure, rowOf, workflowRow } from "./index/summaries.ts";
import { JobDesk } from "./jobs/job-desk.ts";
import { noJobLog, type JobLog } from "./jobs/job-log.ts";
import { ResourceLimits } from "./limits/resource-limits.ts";
import { MapRunConsole } from "./map-runs/map-run-console.ts";
import { childDefinitionText } from "./map-runs/child-definition.ts";
import { inlineItems } from "./map-runs/inline-items.ts";
import type { MapRunChildFilter, MapRunChildQuery } from "./map-runs/map-run-views.ts";
import { MetricsRecorder } from "./metrics/metrics-recorder.ts";
import { thresholds } from "./metrics/thresholds.ts";
import { workflowDurations } from "./metrics/workflow-durations.ts";
import { ServerDesk } from "./settings/server-desk.ts";
import { ExecutionRelations } from "./relations/execution-relations.ts";
import { StateStatistics } from "./statistics/state-statistics.ts";
import { WorkflowConsole } from "./workflows/workflow-console.ts";
import type {
  ActivityRow,
  ExecutionChange,
  ExecutionPage,
  ExecutionView,
  CallTarget,
  DiagnosticsView,
  HealthView,
  HomeView,
  InlineItemsView,
  ItemStatusView,
  JobDetail,
  JobPlanView,
  JobView,
  MapRunChildPage,
  MapRunRow,
  MapRunTimesView,
  MapRunView,
  ServerMetricsView,
  ServerView,
  SessionView,
  StateStatisticsView,
  StorageView,
  TimeWindow,
  VersionOutcomesView,
  VisitPage,
  WorkflowFactsView,
  WorkflowRow,
  WorkflowSeriesView,
} from "./view-types.ts";

export interface ConsoleOptions {
  readonly service: Service;
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly version: string;
  /** Where decisions are written down; absent: in the histories only. */
  readonly audit?: AuditLog;
  /** What this process counts; absent: only what is measured of the process itself is shown. */
  readonly figures?: Figures;
  /** How the server was started, as far as it may be shown. */
  readonly about?: Pick<ServerView, "dataDir" | "retentionDays" | "waitTimeScale" | "limits">;
  /** Says who answers the calls of tasks; absent: it is not told. */
  readonly callTargets?: () => Promise<readonly CallTarget[]>;
  /** What functions print here; absent: they are all elsewhere. */
  readonly functionLogs?: FunctionLogReader;
  /** Where jobs are written down; absent: they end with the process. */
  readonly jobs?: JobLog;
  readonly logger?: Logger;
}

/** Which visits are asked for. */
export interface VisitQuery {
  /** Only those right within this visit; absent: all. */
  readonly parent?: number;
  readonly lane?: number;
  readonly status?: string;
  readonly key?: string;
  readonly offset: number;
  readonly limit: number;
}

const bars = 48;
const pageSize = 100;

/** What the console asks the server: view models, never histories. Each asks first whether the caller may. */
export class ConsoleService {
  readonly live: LiveExecutions;
  readonly index: ExecutionIndex;
  readonly mapRuns: MapRunConsole;
  readonly questions: QuestionDesk;
  readonly jobs: JobDesk;
  readonly statistics: StateStatistics;
  readonly functionLogs: FunctionLogDesk;
  readonly #workflows: WorkflowConsole;
  readonly relations: ExecutionRelations;
  readonly #search: ExecutionSearch;
  readonly #metrics: MetricsRecorder;
  readonly #home: HomeDesk;
  readonly #server: ServerDesk;
  readonly #startedAt: number;
  readonly #options: ConsoleOptions;
  readonly #listeners = new Set<ConsoleListener>();
  readonly #unsubscribe: readonly (() => void)[];

  constructor(options: ConsoleOptions) {
    this.#options = options;
    const { engine, store, service, clock } = options;
    const paths = new MemberPaths(engine.directory);
    this.live = new LiveExecutions(engine, store, (live) => {
      for (const listener of this.#listeners) listener.executionChanged(live);
    });
    this.index = new ExecutionIndex(
      () => loadExecutions(store, engine),
      (rows) => {
        for (const listener of this.#listeners) {
          if (rows === "all") listener.rowsLost();
          else listener.rowsChanged(rows);
        }
      },
      paths,
    );
    this.statistics = new StateStatistics(store, clock);
    this.functionLogs = new FunctionLogDesk(
      options.functionLogs ?? nothingPrinted,
      async (arn, id, request) => {
        const range = { from: id, limit: 1, reverse: false };
        const { events } = await this.events(arn, range, true, request);
        return (events as readonly JsonObject[]).find((event) => event["id"] === id);
      },
    );
    this.#unsubscribe = [this.live, this.index, this.statistics].map((each) =>
      engine.feed.subscribe(each),
    );
    this.#search = new ExecutionSearch({
      index: this.index,
      store,
      engine,
      paths,
      peek: (arn) => this.live.peek(arn),
    });
    this.jobs = new JobDesk({
      service,
      store,
      clock,
      log: options.jobs ?? noJobLog,
      matching: (filter, request) => this.#exactly(filter, request),
      remembered: (arn) => this.index.find(arn),
      ...(options.logger && { logger: options.logger }),
    });
    this.questions = new QuestionDesk({
      service,
      engine,
      clock,
      audit: options.audit,
      index: this.index,
      live: this.live,
      access: {
        mayList: (request) => this.#mayList(request),
        mayRead: (arn, request) => this.#isAllowed("states:GetExecutionHistory", arn, request),
        read: (arn, request) => this.#found(arn, "states:GetExecutionHistory", request),
      },
      definitionOf: (live) => this.#definitionOf(live),
    });
    this.relations = new ExecutionRelations({
      engine,
      store,
      access: {
        list: async (request) => {
          await this.#mayList(request);
          return this.index.newestFirst();
        },
        read: (arn, request) => this.#found(arn, "states:GetExecutionHistory", request),
        mayDescribe: (arn, request) =>
          this.#isAllowed(
            arn.includes(":mapRun:") ? "states:DescribeMapRun" : "states:DescribeExecution",
            arn,
            request,
          ),
      },
    });
    this.#workflows = new WorkflowConsole(store, this.index, clock);
    this.mapRuns = new MapRunConsole(engine, store, options.clock, this.index);
    this.#startedAt = options.clock.now();
    this.#metrics = new MetricsRecorder(options.figures, options.clock);
    this.#metrics.start();
    const resources = new ResourceLimits(store, service.activityPollers, clock);
    this.#server = new ServerDesk({
      version: options.version,
      startedAt: this.#startedAt,
      clock,
      metrics: this.#metrics,
      index: this.index,
      resources,
      about: options.about ?? {},
    });
    this.#home = new HomeDesk({
      index: this.index,
      search: this.#search,
      questions: this.questions,
      workflows: (request) => this.workflows(request),
      resources,
      mayListActivities: (request) => this.#isAllowed("states:ListActivities", "*", request),
      limits: this.#server.limits,
      clock,
    });
  }

  listen(listener: ConsoleListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get version(): string {
    return this.#options.version;
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.jobs.close();
    this.statistics.close();
    this.mapRuns.close();
    this.#metrics.close();
  }

  /** What has changed in an execution after the event `since`. */
  changeOf(live: LiveExecution, since: number): ExecutionChange {
    return executionChange(live, since, this.#options.clock.now());
  }

  /** Who may not list state machines is told of no Region but the server's own. */
  async session(endpoint: string, request: RequestContext): Promise<Omit<SessionView, "build">> {
    const { service, clock, version } = this.#options;
    const regions = new Set([service.scope.region]);
    if (await this.#isAllowed("states:ListStateMachines", "*", request)) {
      for await (const { stateMachineArn } of this.#machines()) {
        regions.add(scopeOfArn(stateMachineArn).region);
      }
    }
    return {
      version,
      region: service.scope.region,
      accountId: service.scope.accountId,
      regions: [...regions].sort(),
      endpoint,
      now: clock.now(),
    };
  }

  /** `window` narrows how it went; what needs somebody does not depend on it. */
  async home(window: TimeWindow | undefined, request: RequestContext): Promise<HomeView> {
    await this.#mayList(request);
    return this.#home.view(window, request);
  }

  async workflows(request: RequestContext): Promise<readonly WorkflowRow[]> {
    await this.#may("states:ListStateMachines", "*", request);
    await this.#mayList(request);
    const now = this.#options.clock.now();
    const grouped = byWorkflow(this.index.newestFirst());
    const rows: WorkflowRow[] = [];
    for await (const { stateMachineArn, name, type, createdAt, status } of this.#machines()) {
      if (status === "DELETING") continue;
      const machine = { stateMachineArn, name, type, creationDate: createdAt };
      rows.push(workflowRow(machine, grouped.get(stateMachineArn) ?? [], now));
    }
    return rows;
  }

  /** Executions that the filter picks, the newest first; `after` is the ARN that the page before ended with. */
  async executions(
    { filter, after }: { readonly filter: string; readonly after?: string },
    request: RequestContext,
  ): Promise<ExecutionPage & { readonly problems: readonly string[] }> {
    await this.#maySearch(filter, request);
    const now = this.#options.clock.now();
    const found = await this.#search.find(filter, now);
    const { executions, matches, isWanted, terms, problems, unindexed } = found;
    const rest = after === undefined ? matches : following(executions, after).filter(isWanted);
    const page = rest.slice(0, pageSize);
    await this.#search.explain(page.filter(isFailure));
    const last = page.at(-1);
    return {
      rows: page.map(rowOf),
      total: matches.length,
      ...(rest.length > pageSize && last && { next: last.executionArn }),
      histogram: histogramOf(matches, bars),
      errors: errorGroupsOf(matches, 20),
      facets: facetsOf(executions, matches, terms, now),
      unindexed,
      problems,
    };
  }

  /** Plans or begins an action on many executions; each of its calls asks for itself whether the caller may. */
  async job(given: unknown, request: RequestContext): Promise<JobPlanView | JobView> {
    await this.#mayList(request);
    return this.jobs.ask(given, request);
  }

  async jobList(request: RequestContext): Promise<readonly JobView[]> {
    await this.#mayList(request);
    return this.jobs.list();
  }

  async jobDetail(id: string, request: RequestContext): Promise<JobDetail> {
    await this.#mayList(request);
    return this.jobs.find(id);
  }

  async changeJob(id: string, given: unknown, request: RequestContext): Promise<JobView> {
    await this.#mayList(request);
    return this.jobs.change(id, given, request);
  }

  /** Who may not list tags, or describe aliases, is shown none. */
  async workflowFacts(request: RequestContext): Promise<readonly WorkflowFactsView[]> {
    await this.#may("states:ListStateMachines", "*", request);
    return this.#workflows.facts(this.#machines(), {
      tags: await this.#isAllowed("states:ListTagsForResource", "*", request),
      aliases: await this.#isAllowed("states:DescribeStateMachineAlias", "*", request),
    });
  }

  async versionOutcomes(
    arn: string,
    hours: number,
    request: RequestContext,
  ): Promise<VersionOutcomesView> {
    await this.#mayRead(arn, request);
    return this.#workflows.outcomes(arn, hours);
  }

  async workflowSeries(
    arn: string,
    hours: number,
    request: RequestContext,
  ): Promise<WorkflowSeriesView> {
    await this.#mayRead(arn, request);
    return this.#workflows.series(arn, hours);
  }

  async stateStatistics(arn: string, request: RequestContext): Promise<StateStatisticsView> {
    await this.#mayRead(arn, request);
    return this.statistics.view(arn);
  }

  /** It shows what three operations of the API show. */
  async execution(executionArn: string, request: RequestContext): Promise<ExecutionView> {
    await this.#may("states:DescribeStateMachineForExecution", executionArn, request);
    await this.#may("states:GetExecutionHistory", executionArn, request);
    const live = await this.#found(executionArn, "states:DescribeExecution", request);
    return executionView(live, await this.#definitionOf(live), this.#options.clock.now());
  }

  async visits(
    executionArn: string,
    query: VisitQuery,
    request: RequestContext,
  ): Promise<VisitPage> {
    const { fold } = await this.#found(executionArn, "states:GetExecutionHistory", request);
    return fold.visits(
      ({ parent, lane, status, key }) =>
        (query.parent === undefined || parent === query.parent) &&
        (query.lane === undefined || lane === query.lane) &&
        (query.key === undefined || key === query.key) &&
        (query.status === undefined || status === query.status),
      query.offset,
      query.limit,
    );
  }

  /** Public events as the API shows them, from an id on or, in reverse, back from it. */
  async events(
    executionArn: string,
    range: { readonly from?: number; readonly limit: number; readonly reverse: boolean },
    includeData: boolean,
    request: RequestContext,
  ): Promise<JsonObject> {
    await this.#may("states:GetExecutionHistory", executionArn, request);
    parseArn(executionArn, "execution", "express");
    const express = this.#options.engine.expressHistories.find(executionArn);
    if (express !== undefined) {
      const { from, limit, reverse } = range;
      const rest = (reverse ? express.events.toReversed() : express.events).filter(
        ({ id }) => from === undefined || (reverse ? id <= from : id >= from),
      );
      return {
        events: rest.slice(0, limit).map((event) => historyEvent(event, includeData)),
        more: rest.length > limit,
      };
    }
    const page = await this.#options.engine.history(executionArn, range);
    if (page === undefined) throw errors.executionDoesNotExist(executionArn);
    const events: JsonValue[] = page.events.map((event) => historyEvent(event, includeData));
    return { events, more: page.more };
  }

  /** Every activity of all Regions, by ARN. */
  async activities(request: RequestContext): Promise<readonly ActivityRow[]> {
    await this.#may("states:ListActivities", "*", request);
    await this.index.loaded();
    const { store, service } = this.#options;
    return activityRows(store, service.activityPollers, (arn) => this.live.peek(arn));
  }

  /** Asks for what a stream tells: the rows of all executions, or all of some. */
  async mayWatch(
    topics: { readonly executions: boolean; readonly execution: Iterable<string> },
    request: RequestContext,
  ): Promise<void> {
    if (topics.executions) await this.#mayList(request);
    for (const executionArn of topics.execution) {
      await this.#may("states:DescribeExecution", executionArn, request);
      await this.#may("states:GetExecutionHistory", executionArn, request);
      parseArn(executionArn, "execution", "express");
    }
  }

  /** The newest Map Runs of all executions. */
  async mapRunList(request: RequestContext): Promise<readonly MapRunRow[]> {
    await this.#may("states:ListMapRuns", "*", request);
    return this.mapRuns.list();
  }

  async mapRun(mapRunArn: string, request: RequestContext): Promise<MapRunView> {
    await this.#may("states:DescribeMapRun", mapRunArn, request);
    return this.mapRuns.view(mapRunArn);
  }

  async mapRunChildren(
    mapRunArn: string,
    query: MapRunChildQuery,
    request: RequestContext,
  ): Promise<MapRunChildPage> {
    await this.#may("states:ListExecutions", mapRunArn, request);
    return this.mapRuns.children(mapRunArn, query);
  }

  async mapRunMask(
    mapRunArn: string,
    filter: MapRunChildFilter,
    request: RequestContext,
  ): Promise<ItemStatusView> {
    await this.#may("states:ListExecutions", mapRunArn, request);
    return this.mapRuns.mask(mapRunArn, filter);
  }

  async mapRunTimes(mapRunArn: string, request: RequestContext): Promise<MapRunTimesView> {
    await this.#may("states:ListExecutions", mapRunArn, request);
    return this.mapRuns.times(mapRunArn);
  }

  /** The iterations of a Map that runs within its execution. */
  async inlineItems(
    executionArn: string,
    visit: number,
    request: RequestContext,
  ): Promise<InlineItemsView> {
    const { fold } = await this.#found(executionArn, "states:GetExecutionHistory", request);
    const items = inlineItems(fold, visit);
    if (items === undefined) throw errors.validation(`${visit} is no visit of an inline Map`);
    return items;
  }

  /** Of the whole hour at most; without a window of the last `minutes`. */
  async metrics(
    { minutes, window }: { readonly minutes: number; readonly window: TimeWindow | undefined },
    request: RequestContext,
  ): Promise<ServerMetricsView> {
    await this.#mayList(request);
    const now = this.#options.clock.now();
    const shown = window ?? { from: now - minutes * 60_000, to: now };
    const workflows = workflowDurations(this.index.newestFirst(), shown);
    return { ...this.#metrics.view(shown), thresholds: thresholds(), workflows };
  }

  async health(request: RequestContext): Promise<HealthView> {
    await this.#mayList(request);
    return this.#server.health();
  }

  async storage(request: RequestContext): Promise<StorageView> {
    await this.#mayList(request);
    return this.#server.storage();
  }

  async diagnostics(request: RequestContext): Promise<DiagnosticsView> {
    await this.#mayList(request);
    return this.#server.diagnostics(await this.callTargets(request), await this.workflows(request));
  }

  async about(endpoint: string, request: RequestContext): Promise<ServerView> {
    await this.#mayList(request);
    const session = await this.session(endpoint, request);
    return {
      ...session,
      ...this.#options.about,
      node: process.versions.node,
      startedAt: this.#startedAt,
      awsLimits: { ...awsLimits },
    };
  }

  async callTargets(request: RequestContext): Promise<readonly CallTarget[]> {
    await this.#mayList(request);
    return (await this.#options.callTargets?.()) ?? [];
  }

  call(operation: string, input: unknown, request: RequestContext): Promise<JsonObject> {
    return this.#options.service.call(operation, input, request);
  }

  async #found(
    executionArn: string,
    action: string,
    request: RequestContext,
  ): Promise<LiveExecution> {
    await this.#may(action, executionArn, request);
    parseArn(executionArn, "execution", "express");
    const live = await this.live.find(executionArn);
    if (live === undefined) throw errors.executionDoesNotExist(executionArn);
    return live;
  }

  #may(action: string, resource: string, request: RequestContext): Promise<void> {
    return this.#options.service.allow({ action, resource }, request);
  }

  async #isAllowed(action: string, resource: string, request: RequestContext): Promise<boolean> {
    try {
      await this.#may(action, resource, request);
      return true;
    } catch (thrown) {
      if (thrown instanceof ApiError) return false;
      throw thrown;
    }
  }

  /** Of a workflow: what it is, and how its executions went. */
  async #mayRead(arn: string, request: RequestContext): Promise<void> {
    await this.#may("states:DescribeStateMachine", arn, request);
    await this.#mayList(request);
    parseArn(arn, "stateMachine");
  }

  async *#machines(): AsyncGenerator<StateMachineRecord> {
    let after: string | undefined;
    do {
      const page = await this.#options.store.stateMachines("arn:", {
        limit: 500,
        ...(after === undefined ? {} : { after }),
      });
      yield* page.items;
      after = page.next;
    } while (after !== undefined);
  }

  async #mayList(request: RequestContext): Promise<void> {
    await this.#may("states:ListExecutions", "*", request);
    await this.index.loaded();
  }

  /** Who asks for members of inputs and outputs learns what they are. */
  async #maySearch(filter: string, request: RequestContext): Promise<void> {
    await this.#mayList(request);
    if (parseFilter(filter).terms.some(({ field }) => isMemberField(field))) {
      await this.#may("states:GetExecutionHistory", "*", request);
    }
  }

  /** What a filter picks that is understood to its end: where a part says nothing, it would pick too much. */
  async #exactly(filter: string, request: RequestContext): Promise<readonly IndexedExecution[]> {
    await this.#maySearch(filter, request);
    const { matches, problems } = await this.#search.find(filter, this.#options.clock.now());
    if (problems.length > 0) throw errors.validation(`${problems.join(". ")}.`);
    return matches;
  }

  async #definitionOf({ record }: LiveExecution): Promise<string> {
    const { stateMachineArn, revisionId } = record;
    // A child of a Map Run runs a part of the definition: `…:stateMachine:MACHINE/LABEL`.
    const [machineArn = "", label] = stateMachineArn.split("/");
    const revision = await this.#options.store.revision(machineArn, revisionId);
    const whole = revision?.definition ?? "{}";
    return label === undefined ? whole : (childDefinitionText(whole, machineArn, label) ?? "{}");
  }
}

/** Told of what changes; it must be quick, and not throw. */
export interface ConsoleListener {
  executionChanged(live: LiveExecution): void;
  rowsChanged(rows: readonly IndexedExecution[]): void;
  /** Any row may have changed. */
  rowsLost(): void;
}

/** Those behind the one that the page before ended with, whether or not it still matches. */
function following(
  executions: readonly IndexedExecution[],
  after: string,
): readonly IndexedExecution[] {
  const last = executions.findIndex(({ executionArn }) => executionArn === after);
  // It has been forgotten, and with it all that is older.
  return last === -1 ? [] : executions.slice(last + 1);
}

function byWorkflow(
  executions: readonly IndexedExecution[],
): ReadonlyMap<string, readonly IndexedExecution[]> {
  return Map.groupBy(executions, ({ stateMachineArn }) => stateMachineArn);
}
