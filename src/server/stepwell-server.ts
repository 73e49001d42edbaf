import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClusterNode, joinCluster } from "../cluster/join-cluster.ts";
import { authorizedObjectStore } from "../integrations/access/authorized-object-store.ts";
import { FunctionLogGroups } from "../aws-services/logs/function-log-groups.ts";
import { LogGroups } from "../aws-services/logs/log-groups.ts";
import { ownLogGroups } from "../aws-services/logs/own-log-groups.ts";
import { cloudWatchLogs } from "../integrations/logs/cloudwatch-endpoint.ts";
import { createExecutionLogs } from "../integrations/logs/execution-logs.ts";
import { createItemReader } from "../integrations/map-run/item-reader.ts";
import { createResultWriter } from "../integrations/map-run/result-writer.ts";
import { createObjectStores } from "../integrations/object-store/object-store.ts";
import { configuredSecrets } from "../integrations/redaction/configured-secrets.ts";
import { createRedactor } from "../integrations/redaction/create-redactor.ts";
import { redactedLogger } from "../integrations/redaction/redacted-logger.ts";
import { createTaskHandlers, type TaskHandlers } from "../integrations/task-handlers.ts";
import { awsLimits } from "../machine/limits.ts";
import { createIam, type Iam } from "../iam/create-iam.ts";
import { auditedActs } from "../iam/audit/audited-acts.ts";
import { everybodyMay } from "../ports/authorizer.ts";
import { taskCaller } from "../ports/caller.ts";
import type { Figures } from "../ports/figures.ts";
import type { MapRunIo } from "../ports/map-run-io.ts";
import type { OwnWebApis } from "../ports/own-web-apis.ts";
import type { StepFunctionsPort } from "../ports/step-functions.ts";
import type { TaskLinks } from "../ports/task-links.ts";
import { createEngine } from "../runtime/create-engine.ts";
import type { Engine } from "../runtime/engine.ts";
import { FigureRegistry } from "../runtime/figures/figure-registry.ts";
import { logSubscriber } from "../runtime/logs/log-subscriber.ts";
import { systemClock } from "../runtime/system-clock.ts";
import { systemIds } from "../runtime/system-ids.ts";
import { createSerial } from "../service/serial.ts";
import { addProcessFigures } from "../telemetry/prometheus/process-figures.ts";
import { CostDesk } from "../telemetry/usage/cost-desk.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import { createService, type Service } from "../service/service.ts";
import { type RefusedRequests, refusedRequests } from "./audit/refused-requests.ts";
import { createHookHttp, type HookHttp } from "./hooks/hook-http.ts";
import { createHooks, hookPath } from "./hooks/hooks.ts";
import { functionCredentials } from "./function-credentials.ts";
import { createNotifier } from "./notifier.ts";
import { createFunctionCodeHttp, type FunctionCodeHttp } from "./function-code-http.ts";
import { createCustomResourceHttp, type CustomResourceHttp } from "./custom-resource-http.ts";
import { createRouteHttp, type RouteHttp } from "./routes/route-http.ts";
import { routesAndPipes } from "./routes-and-pipes.ts";
import { type DeployingServices, servedServices } from "./served-services.ts";
import { joinedTelemetry } from "./joined-telemetry.ts";
import { joinedTriggers } from "./joined-triggers.ts";
import { taskTraces } from "./task-traces.ts";
import { resourcePolicies } from "./resource-policies.ts";
import { tagsOf } from "./tags-of.ts";
import type { WatchedTriggers } from "../console/triggers/watched-triggers.ts";
import type { Triggers } from "../triggers/create-triggers.ts";
import { ownApis } from "../triggers/routes/own-apis.ts";
import { whenHere } from "../triggers/status-events/events-configuration.ts";
import { lateStatusEvents } from "../triggers/status-events/late-status-events.ts";
import type { MetricsParts } from "./metrics-api.ts";
import type { UsageParts } from "./usage-api.ts";
import { type Watching, watchTelemetry } from "./watch-telemetry.ts";
import type { StepwellOptions } from "./stepwell-options.ts";

/** The parts of a Stepwell, joined: the one place where they are made for each other. */
export interface Stepwell {
  readonly engine: Engine;
  readonly service: Service;
  /** What this process counts of itself. */
  readonly figures: Figures;
  /** What executions come to, kept by minutes; absent: nothing is counted. */
  readonly telemetry: Telemetry | undefined;
  /** Alarms and alerts; absent: nothing is counted. */
  readonly watching: Watching | undefined;
  /** Figures for Prometheus. */
  readonly metrics: MetricsParts;
  /** What usage would cost at AWS; absent: nothing is counted, or no prices are known. */
  readonly usage: UsageParts | undefined;
  readonly handlers: TaskHandlers;
  /** Reads and writes for distributed Maps, as far as their roles may. */
  readonly mapRunIo: MapRunIo;
  /** Answers the URLs of webhooks. */
  readonly hooks: HookHttp;
  /** Answers web routes. */
  readonly routes: RouteHttp;
  /** Answers the functions of custom resources. */
  readonly customResources: CustomResourceHttp;
  /** Answers whoever fetches the code of a function; absent: none can be deployed. */
  readonly functionCode: FunctionCodeHttp | undefined;
  /** The node of a cluster that this is; absent: it is alone. */
  readonly cluster: ClusterNode | undefined;
  readonly iam: Iam;
  /** What starts executions by itself. */
  readonly triggers: Triggers;
  /** The same with pipes and routes, for whoever looks after them. */
  readonly watchedTriggers: WatchedTriggers;
  /** AWS's other services, as functions and as the endpoint has them. */
  readonly services: DeployingServices;
  /** Where requests are written down that never become calls. */
  readonly refused: RefusedRequests | undefined;
  readonly region: string;
  readonly accountId: string;
  /** Gives what it has to the other nodes, while it still answers; alone there is nobody to give it to. */
  handOver(attemptsMs: number): Promise<void>;
  /** Stops accepting, lets tasks finish for `graceMs`, and closes the store. */
  shutdown(graceMs: number): Promise<void>;
}

/** Makes engine, integrations and service over a store. What was under way in it goes on at once. */
export async function createStepwell(options: StepwellOptions): Promise<Stepwell> {
  const {
    redactor = createRedactor(
      configuredSecrets(
        { ...options, store: undefined },
        { environment: process.env, folder: options.configurationFolder ?? process.cwd() },
      ),
    ),
  } = options;
  const logger = redactedLogger(options.logger, redactor);
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? systemIds;
  const figures = new FigureRegistry();
  addProcessFigures(figures);
  const cluster =
    options.join &&
    (await joinCluster({ ...options.join, clock, ids, logger, figures, serial: createSerial() }));
  const store = cluster?.store ?? options.store;
  const region = options.region ?? "us-east-1";
  const accountId = options.accountId ?? "000000000000";
  const limits = { ...awsLimits, ...options.limits };
  const iam = await createIam({
    mode: "open",
    ...options.iam,
    store,
    clock,
    logger,
    region,
    accountId,
    resourceTags: (arn) => tagsOf(store, arn),
    resourcePolicies: resourcePolicies(store, accountId),
    audit: options.auditLog?.trail,
  });
  const { auditLog } = options;
  const authorizer = auditedActs(options.authorizer ?? iam.authorizer, auditLog?.trail);
  // The integrations call the service, which is made of the engine, which is made of the integrations: the knot is
  // tied by name. A call before the service is there waits for it.
  const ready = Promise.withResolvers<Service>();
  const stepFunctions: StepFunctionsPort = {
    call: async (operation, input, { principal, ...request }) =>
      (await ready.promise).call(operation, input, { caller: taskCaller(principal), ...request }),
  };
  const hooks = createHooks(store.secret());
  const links: TaskLinks = {
    async callbackUrl(task) {
      const base = options.publicUrl ?? process.env["STEPWELL_PUBLIC_URL"];
      return base && `${base}${hookPath}${await hooks.seal(task)}`;
    },
    answerPage: options.answerPage ?? (() => Promise.resolve(undefined)),
  };
  // The tasks and the feed are there before the triggers, which call both.
  const triggersReady = Promise.withResolvers<Triggers>();
  const apisReady = Promise.withResolvers<OwnWebApis>();
  const logGroups = new LogGroups(store, clock);
  const { deployedFolder = join(tmpdir(), `stepwell-functions-${ids.uuid()}`) } = options;
  const functionGroups = new FunctionLogGroups(logGroups, { region, clock, logger });
  const counted = joinedTelemetry({ ...options, store, clock, logger, redactor, figures, region });
  const { telemetry, spans } = counted;
  const handlers = createTaskHandlers({
    ...options,
    functionLogs(...printed) {
      functionGroups.append(...printed);
      options.functionLogs?.(...printed);
    },
    deployedFunctions: {
      store,
      folder: deployedFolder,
      endpointUrl: options.endpointUrl ?? (() => undefined),
      credentials: functionCredentials(iam),
    },
    authorizer,
    trace: taskTraces(spans),
    links,
    clock,
    ids,
    logger,
    redactor,
    stepFunctions,
    eventBridge: {
      when: whenHere(options.events),
      call: async (...called) => (await triggersReady.promise).callEvents(...called),
    },
    ownConnections: async (...named) => (await triggersReady.promise).connection(...named),
    ownApis: {
      has: async (api) => (await apisReady.promise).has(api),
      ask: async (request) => (await apisReady.promise).ask(request),
    },
    region,
    accountId,
  });
  const executionLogs = createExecutionLogs({
    local: options.localExecutionLog ?? { to: "off" },
    connections: ownLogGroups(
      logGroups,
      options.cloudWatch ?? cloudWatchLogs({ region, aws: options.aws, logger }),
      region,
    ),
    aws: options.aws,
    region,
    clock,
    ids,
    logger,
  });
  const used = options.around?.(handlers) ?? handlers;
  const objectFolder = options.objectFolder ?? join(tmpdir(), "stepwell-s3");
  const objects = createObjectStores({
    folder: objectFolder,
    ...(options.buckets === undefined ? {} : { buckets: options.buckets }),
    aws: options.aws,
    logger,
  });
  const mapRunIo: MapRunIo = (role) => {
    const caller = taskCaller(role);
    const all = objects.from(caller.region);
    const store =
      authorizer === everybodyMay ? all : authorizedObjectStore(all, { authorizer, caller });
    return { reader: createItemReader(store), writer: createResultWriter(store) };
  };
  const engine = await createEngine({
    store,
    customerKeys: options.customerKeys,
    clock,
    ids,
    logger,
    handlers: used,
    limits,
    refuseParameters: (resource, parameters) =>
      resource.kind === "activity"
        ? undefined
        : used.find(resource)?.refuseParameters?.(resource, parameters),
    figures,
    metrics: telemetry?.executions,
    subscribers: [
      logSubscriber(executionLogs),
      lateStatusEvents(triggersReady.promise.then(({ statusEvents }) => statusEvents)),
      ...(spans === undefined ? [] : [spans]),
      ...(options.subscribers ?? []),
    ],
    ...(options.mocks === undefined ? {} : { mocks: options.mocks }),
    ...(options.waitTimeScale === undefined ? {} : { waitTimeScale: options.waitTimeScale }),
    ...(options.retentionDays === undefined ? {} : { retentionDays: options.retentionDays }),
    authorizer,
    mapRunIo: options.aroundMapRuns?.(mapRunIo) ?? mapRunIo,
    ...cluster?.engineOptions,
    onFailure: options.onFailure,
  });
  await cluster?.serve({
    ...engine,
    // What is remembered of users and roles is as old as what is remembered of state machines.
    async refresh() {
      iam.directory.forget();
      (await triggersReady.promise).forget();
      await engine.refresh();
    },
  });
  const service = createService({
    engine,
    handlers: used,
    ...(options.mocks === undefined ? {} : { mocks: options.mocks }),
    resourceChecks: handlers.checks,
    logGroups: executionLogs,
    store,
    customerKeys: options.customerKeys,
    clock,
    ids,
    region,
    accountId,
    limits,
    logger,
    figures,
    callMetrics: telemetry?.calls,
    serial: cluster?.serial,
    authorizer,
    audit: auditLog?.trail,
  });
  ready.resolve(service);
  const watching =
    telemetry &&
    watchTelemetry(telemetry, {
      rules: options.telemetry?.alerts ?? [],
      store,
      clock,
      logger,
      region,
      accountId,
      notify: createNotifier(used, `arn:aws:iam::${accountId}:root`),
      isCluster: cluster !== undefined,
    });
  const { triggers, close: closeTriggers } = joinedTriggers({
    ...options,
    store,
    engine,
    isShared: cluster !== undefined,
    clock,
    ids,
    logger,
    redactor,
    region,
    accountId,
    limits,
    authorizer,
    service,
    services: () => services,
    tasks: used,
    memory: handlers.memory,
  });
  triggersReady.resolve(triggers);
  const {
    routes,
    pipes,
    close: closeRoutes,
  } = routesAndPipes({
    ...options,
    store,
    engine,
    isShared: cluster !== undefined,
    clock,
    ids,
    logger,
    authorizer,
    service,
    startTarget: triggers.startTarget,
    tasks: used,
    databaseUrl: (name) => handlers.databaseUrl(name),
    objects,
  });
  apisReady.resolve(ownApis(routes, { ids, isAsked: iam.isEnforced }));
  const services: DeployingServices = servedServices({
    ...options,
    more: [...triggers.apis, routes.api, pipes.api],
    mappingRunner: pipes.mappings,
    store,
    clock,
    ids,
    authorizer,
    audit: auditLog?.trail,
    accountId,
    objectFolder,
    logGroups,
    lambda: handlers.lambda,
    memory: handlers.memory,
    logger,
    service,
    iam: iam.service,
    cloudWatch: telemetry && watching && { telemetry, alarms: watching.alarms },
  });
  triggers.start();
  pipes.start();
  const refused = refusedRequests(auditLog?.trail, clock, service.scope);
  counted.begin(() => engine.ownership.epochOf(0) !== undefined);
  const prices = options.telemetry?.prices;
  const usage = telemetry &&
    prices && { desk: new CostDesk(telemetry, store, prices), service, now: () => clock.now() };
  return {
    engine,
    service,
    figures,
    telemetry,
    watching,
    metrics: { figures, telemetry, service, token: options.telemetry?.metricsToken },
    usage,
    handlers,
    mapRunIo,
    hooks: createHookHttp({ hooks, service, engine, logger, refused }),
    routes: createRouteHttp(routes, logger),
    customResources: createCustomResourceHttp(services.deployer.responses, logger),
    functionCode:
      handlers.lambda.deployed &&
      createFunctionCodeHttp(services.codeLinks, handlers.lambda.deployed.code, logger),
    cluster,
    iam,
    triggers,
    watchedTriggers: { watch: triggers.watch, pipes, routes },
    services,
    refused,
    region,
    accountId,
    handOver: async (attemptsMs) => cluster?.handOver(attemptsMs),
    async shutdown(graceMs) {
      await cluster?.leave();
      await services.deployer.close();
      await iam.close();
      await pipes.stop();
      closeRoutes();
      await closeTriggers();
      await functionGroups.close();
      await counted.close();
      await engine.shutdown(graceMs);
      await counted.closeExports();
      await executionLogs.close(Math.max(graceMs, 1_000));
      handlers.close();
      objects.close();
      if (options.deployedFolder === undefined) {
        await rm(deployedFolder, { recursive: true, force: true });
      }
      await auditLog?.close();
    },
  };
}
