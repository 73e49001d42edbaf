import type { Worker } from "node:worker_threads";
import { createClientModules } from "../integrations/aws/client-modules.ts";
import { installedServices } from "../integrations/aws/installed-clients.ts";
import { createWhoAnswers } from "../integrations/doctor/who-answers.ts";
import type { MemoryServices } from "../integrations/memory/memory-services.ts";
import type { ServiceApis } from "../ports/service-api.ts";
import type { Clock } from "../ports/clock.ts";
import type { Feed } from "../ports/feed.ts";
import type { Figures } from "../ports/figures.ts";
import type { FunctionLogReader } from "../ports/function-logs.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import type { Engine } from "../runtime/engine.ts";
import type { Service } from "../service/service.ts";
import type { SimulationHost } from "../simulate/simulation/simulate.ts";
import { ConsoleAccess } from "./access.ts";
import { ActivityDesk } from "./activities/activity-desk.ts";
import { AuditTrailDesk } from "./audit/audit-trail-desk.ts";
import type { ConsoleListener } from "./console-listener.ts";
import { TrialThreads } from "./designer/try/trial-threads.ts";
import { TryDesk } from "./designer/try/try-desk.ts";
import { ConvertDesk } from "./designer/convert/convert-desk.ts";
import { ExecutionDesk } from "./execution/execution-desk.ts";
import { LiveExecutions } from "./execution/live-executions.ts";
import { ExecutionFollower } from "./following/execution-follower.ts";
import { FunctionDesk } from "./functions/function-desk.ts";
import { FunctionLogDesk, nothingPrinted } from "./function-logs/function-log-desk.ts";
import { HomeDesk } from "./home/home-desk.ts";
import { ExecutionIndex } from "./index/execution-index.ts";
import { ExecutionSearch } from "./index/execution-search.ts";
import { MemberPaths } from "./index/indexed-members.ts";
import { loadExecutions } from "./index/load-executions.ts";
import { JobDesk } from "./jobs/job-desk.ts";
import { noJobLog, type JobLog } from "./jobs/job-log.ts";
import { ResourceLimits } from "./limits/resource-limits.ts";
import { MapRunDesk } from "./map-runs/map-run-desk.ts";
import { MapRunIndex } from "./map-runs/map-run-index.ts";
import { MetricsDesk } from "./metrics/metrics-desk.ts";
import { MetricsRecorder } from "./metrics/metrics-recorder.ts";
import { TelemetryDesk, type WatchedTelemetry } from "./telemetry/telemetry-desk.ts";
import type { AuditLog } from "./questions/audit-log.ts";
import { ActionDesk } from "./designer/actions/action-desk.ts";
import type { DesignerDesks } from "./designer/designer-desks.ts";
import type { DesignerSettings } from "./designer/designer-settings.ts";
import { Evaluator } from "./designer/expressions/evaluator.ts";
import { PermissionDesk, type WorkflowRoles } from "./designer/permission-desk.ts";
import { ExpressionDesk } from "./designer/expressions/expression-desk.ts";
import { QuestionDesk } from "./questions/question-desk.ts";
import { ExecutionRelations } from "./relations/execution-relations.ts";
import { ClusterDesk, type ClusterSource } from "./settings/cluster-desk.ts";
import { ServerDesk } from "./settings/server-desk.ts";
import { ServiceCalls } from "./service-calls.ts";
import { StacksDesk } from "./stacks/stacks-desk.ts";
import { StandInDesk } from "./stand-ins/stand-in-desk.ts";
import { StateStatistics } from "./statistics/state-statistics.ts";
import { TriggerDesk } from "./triggers/trigger-desk.ts";
import type { WatchedTriggers } from "./triggers/watched-triggers.ts";
import { WorkflowTriggers } from "./triggers/workflow-triggers.ts";
import type { CallTarget, ServerView } from "./view-types.ts";
import { WorkflowDesk } from "./workflows/workflow-desk.ts";

export interface ConsoleOptions {
  readonly service: Service;
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly version: string;
  /** What is shown as it happens; absent: what the engine does. */
  readonly feed?: Feed;
  /** Told whenever somebody looks, and again while they do: what has to be followed for them is followed then. */
  readonly looked?: () => void;
  /** The cluster that this server is a node of; absent: it is alone. */
  readonly cluster?: ClusterSource | undefined;
  /** Where decisions are written down; absent: in the histories only. */
  readonly audit?: AuditLog;
  /** The folder of the audit log; absent: there is none to look into. */
  readonly auditFolder?: string;
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
  /** AWS's other services here, of which CloudFormation has the stacks; absent: there are none. */
  readonly services?: ServiceApis;
  /** What starts executions by itself; absent: nothing does. */
  readonly triggers?: WatchedTriggers;
  /** Services that are answered from memory; absent: none is. */
  readonly memory?: MemoryServices | undefined;
  /** What the designer may know of how the server was started; absent: that nothing is configured. */
  readonly designer?: DesignerSettings;
  /** The roles that workflows may have; absent: nobody here knows them. */
  readonly roles?: WorkflowRoles;
  /** What watches the workflows; absent: nothing does. */
  readonly telemetry?: WatchedTelemetry;
  /** Where definitions are simulated; absent: nowhere. */
  readonly simulations?: Pick<SimulationHost, "open" | "outside" | "mapRunIo"> & {
    /** Begins a thread for those that call nothing; absent: they run on this one. */
    readonly beginThread?: () => Worker;
  };
  readonly logger?: Logger;
}

/**
 * What the console asks the server: view models, never histories. It joins the desks, one for each area, and tells whoever
 * listens of what changes. A desk asks {@link ConsoleAccess} whether the caller may, before it reads anything.
 */
export class ConsoleService {
  readonly version: string;
  readonly live: LiveExecutions;
  readonly index: ExecutionIndex;
  readonly follower: ExecutionFollower;
  readonly access: ConsoleAccess;
  readonly activities: ActivityDesk;
  readonly audit: AuditTrailDesk;
  /** Absent: this server is no node of a cluster. */
  readonly cluster: ClusterDesk | undefined;
  readonly designer: DesignerDesks;
  readonly executions: ExecutionDesk;
  readonly functions: FunctionDesk;
  readonly functionLogs: FunctionLogDesk;
  readonly home: HomeDesk;
  readonly jobs: JobDesk;
  readonly mapRuns: MapRunDesk;
  readonly metrics: MetricsDesk;
  readonly questions: QuestionDesk;
  readonly relations: ExecutionRelations;
  readonly server: ServerDesk;
  /** AWS's other services, for whoever looks. */
  readonly services: ServiceCalls;
  readonly stacks: StacksDesk;
  readonly standIns: StandInDesk;
  readonly telemetry: TelemetryDesk;
  readonly triggers: TriggerDesk;
  readonly workflowTriggers: WorkflowTriggers;
  readonly workflows: WorkflowDesk;
  readonly #listeners = new Set<ConsoleListener>();
  readonly #looked: (() => void) | undefined;
  readonly #close: readonly (() => void)[];

  constructor(options: ConsoleOptions) {
    const { engine, store, service, clock, version, feed = engine.feed } = options;
    this.version = version;
    this.#looked = options.looked;
    this.live = new LiveExecutions(engine, store, (changed) => {
      for (const listener of this.#listeners) listener.executionChanged(changed);
    });
    const paths = new MemberPaths(engine.directory, clock);
    this.index = new ExecutionIndex(() => loadExecutions(store, engine));
    const { live, index } = this;
    const mapRuns = new MapRunIndex(store, index);
    const statistics = new StateStatistics(store, clock, (executionArn, lines) =>
      this.follower.adopt(executionArn, lines),
    );
    this.follower = new ExecutionFollower({
      index,
      statistics,
      mapRuns,
      paths,
      changed: (rows) => {
        for (const listener of this.#listeners) {
          if (rows === "all") listener.rowsLost();
          else listener.rowsChanged(rows);
        }
      },
    });
    const unsubscribe = [this.follower, live].map((each) => feed.subscribe(each));
    const recorder = new MetricsRecorder(options.figures, clock);
    recorder.start();
    const resources = new ResourceLimits(store, service.activityPollers, clock);
    const search = new ExecutionSearch({
      index,
      store,
      engine,
      paths,
      peek: (arn) => live.peek(arn),
    });
    const access = new ConsoleAccess({ service, live, index, search, clock });
    this.access = access;

    this.executions = new ExecutionDesk({ access, engine, store, search, clock });
    this.relations = new ExecutionRelations({ access, engine, store, index });
    const logs = options.functionLogs ?? nothingPrinted;
    this.functionLogs = new FunctionLogDesk(logs, this.executions);
    this.services = new ServiceCalls({ services: options.services, scope: service.scope });
    this.functions = new FunctionDesk({ access, calls: this.services, clock, logs });
    this.workflows = new WorkflowDesk({
      access,
      store,
      index,
      statistics,
      clock,
      counted: options.telemetry?.counted,
    });
    this.mapRuns = new MapRunDesk({ access, engine, feed, store, clock, index: mapRuns });
    this.questions = new QuestionDesk({
      access,
      service,
      engine,
      store,
      clock,
      audit: options.audit,
      index,
      live,
    });
    this.audit = new AuditTrailDesk(access, options.auditFolder);
    this.activities = new ActivityDesk({
      access,
      store,
      pollers: service.activityPollers,
      index,
      live,
    });
    this.jobs = new JobDesk({
      access,
      service,
      store,
      clock,
      log: options.jobs ?? noJobLog,
      index,
      ...(options.logger && { logger: options.logger }),
    });
    this.stacks = new StacksDesk(this.services);
    this.triggers = new TriggerDesk({
      access,
      scope: service.scope,
      clock,
      triggers: options.triggers,
      memory: options.memory,
    });
    this.workflowTriggers = new WorkflowTriggers(access, this.triggers);
    this.standIns = new StandInDesk({ access, clock, memory: options.memory });
    this.telemetry = new TelemetryDesk(access, clock, options.telemetry ?? {});
    this.metrics = new MetricsDesk({ access, recorder, index, clock });
    const { scope } = service;
    const { designer: settings = {} } = options;
    const evaluator = new Evaluator();
    const beginThread = options.simulations?.beginThread;
    const trials = beginThread && new TrialThreads(beginThread);
    this.designer = {
      actions: new ActionDesk({
        access,
        scope,
        clock,
        store,
        settings,
        memory: options.memory,
        modules: createClientModules(settings.clientsFolder),
        installed: () => installedServices(settings.clientsFolder),
        whoAnswers: () => createWhoAnswers({ ...settings, region: scope.region }),
      }),
      expressions: new ExpressionDesk({ access, scope, clock, evaluator }),
      convert: new ConvertDesk(access),
      permissions: new PermissionDesk({ access, scope, clock, roles: options.roles }),
      trying: new TryDesk({
        access,
        engine,
        store,
        scope: service.scope,
        simulations: options.simulations,
        threads: trials,
      }),
    };
    this.cluster = options.cluster && new ClusterDesk(access, options.cluster);
    this.server = new ServerDesk({
      access,
      version,
      scope,
      store,
      clock,
      metrics: recorder,
      index,
      resources,
      workflows: this.workflows,
      about: options.about ?? {},
      callTargets: options.callTargets,
      isShared: options.cluster !== undefined,
    });
    this.home = new HomeDesk({
      access,
      index,
      search,
      questions: this.questions,
      workflows: this.workflows,
      resources,
      limits: this.server.limits,
      clock,
    });
    this.#close = [
      ...unsubscribe,
      () => evaluator.close(),
      () => trials?.close(),
      () => this.jobs.close(),
      () => statistics.close(),
      () => this.mapRuns.close(),
      () => recorder.close(),
    ];
  }

  /** Somebody looks, or goes on to. */
  look(): void {
    this.#looked?.();
  }

  /** Tells it of what changes until the result is called. */
  listen(listener: ConsoleListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    for (const close of this.#close) close();
  }
}
