import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { LinkDesk } from "../console/questions/link-desk.ts";
import { linkPath } from "../server/console/link-http.ts";
import { createAuthenticator } from "../server/authentication/authenticator.ts";
import { openAuditLog } from "../iam/audit/audit-trail.ts";
import { writeOwnerKey } from "../server/authentication/owner-key.ts";
import { requestLimits } from "../server/limits/request-limits.ts";
import { readCertificate, type TlsFiles } from "../server/tls/tls-files.ts";
import { systemClock } from "../runtime/system-clock.ts";
import { checkListening } from "./listen-safety.ts";
import { CommandFailure } from "./errors.ts";
import { createHttpServer } from "../server/http-server.ts";
import { createRoutePort } from "../server/routes/route-port.ts";
import { createStepwell } from "../server/stepwell-server.ts";
import { openConsole } from "./open-console.ts";
import { conditionWarnings, openStoreOf } from "./open-store-of.ts";
import { consoleLogger, functionLogLines } from "./console-logger.ts";
import { deployExamples } from "./deploy-examples.ts";
import { makeExamplesRole } from "./examples-role.ts";
import { readExamples, withShippedFunctions } from "./examples.ts";
import { configuredSecrets } from "../integrations/redaction/configured-secrets.ts";
import { createRedactor } from "../integrations/redaction/create-redactor.ts";
import { redactedLogger } from "../integrations/redaction/redacted-logger.ts";
import { createTaskMocks } from "../integrations/mocks/task-mocks.ts";
import { functionLogObjects, jsonLogger } from "./json-logger.ts";
import { freePort, portFailure } from "./free-port.ts";
import { exposedFiles } from "./secret-files.ts";
import type { Settings } from "./settings.ts";
import { readMockFile } from "./testing/mock-file.ts";
import { engineFailure, storeFailure } from "./store-failure.ts";
import { welcome } from "./welcome.ts";

export interface ServeRequest {
  readonly settings: Settings;
  readonly examples: boolean;
  readonly verbose: boolean;
  /** Log lines for people, or JSON for programs. */
  readonly logFormat: "text" | "json";
  /** Whether the console is served, too. */
  readonly console: boolean;
}

/** Our choices: how long running tasks may go on after a signal, and requests that are being answered. */
const taskGraceMs = 5_000;
const requestGraceMs = 1_000;
/** Our choice: how long a node of a cluster answers on while it says that it is not ready, so that balancers notice. */
const noticedMs = 2_500;
/** Our choice: how long closing everything may take after that. */
const closingMs = 5_000;

/** Serves until a signal (status 0) or a failure (an error) ends it. What is opened is closed, in reverse. */
export async function serve(request: ServeRequest): Promise<number> {
  await checkListening(request.settings);
  checkCertificate(request.settings.tls);
  const port = await freePort(request.settings.host, request.settings.port);
  const examples = request.examples ? readExamples() : [];
  const settings = withShippedFunctions({ ...request.settings, port }, examples);
  const { host, dataDir } = settings;
  const url = `${settings.tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
  // Functions that call Step Functions (SendTaskSuccess) mean this server. An endpoint that is set already stays.
  process.env["AWS_ENDPOINT_URL_SFN"] ??= url;
  // And those that ask people for an answer give them a link to its console.
  if (request.console) process.env["STEPWELL_CONSOLE_URL"] ??= url + settings.consolePath;
  const consoleUrl =
    settings.publicUrl === undefined
      ? (process.env["STEPWELL_CONSOLE_URL"] ?? "")
      : settings.publicUrl + settings.consolePath;

  // Webhooks are told how others reach it.
  const publicUrl = settings.publicUrl ?? (process.env["STEPWELL_PUBLIC_URL"] || url);
  process.env["STEPWELL_PUBLIC_URL"] ??= publicUrl;
  // Mails have links to the console, which is made of what sends them: the knot is tied by name.
  const desk = Promise.withResolvers<LinkDesk | undefined>();

  const redactor = createRedactor(
    configuredSecrets(settings, {
      environment: process.env,
      folder: settings.configurationFolder,
    }),
  );
  const logger = redactedLogger(
    request.logFormat === "json" ? jsonLogger(request.verbose) : consoleLogger(request.verbose),
    redactor,
  );
  for (const warning of exposedFiles(settings.secretFiles)) logger.warn(warning);
  const stopped = Promise.withResolvers<void>();
  const mocks =
    settings.mockConfig === undefined
      ? undefined
      : createTaskMocks((await readMockFile(settings.mockConfig)).configuration);
  // A failure can come before anybody waits for the end.
  stopped.promise.catch(() => {});
  const isDatabase = settings.store !== undefined;
  const { conditions, ...store } = await openStoreOf(
    { ...settings, learn: (secrets) => redactor.learn(secrets) },
    logger,
  );
  for (const warning of conditionWarnings(conditions)) logger.warn(warning);
  const auditLog = openAuditLog({
    // Nodes of a cluster that share a folder write to one of their own each.
    folder: join(dataDir, "audit", ...(isDatabase ? [`port-${port}`] : [])),
    settings: settings.audit,
    clock: systemClock,
    logger,
    region: settings.region,
    accountId: settings.accountId,
  });
  const stepwell = await createStepwell({
    ...settings,
    ...store,
    logger,
    redactor,
    iam: settings.auth,
    auditLog,
    functionLogs: request.logFormat === "json" ? functionLogObjects : functionLogLines,
    functionLogFile: join(dataDir, "functions.log"),
    objectFolder: join(dataDir, "s3"),
    jobsFolder: join(dataDir, "jobs"),
    deployedFolder: join(dataDir, "functions"),
    endpointUrl: () => url,
    publicUrl,
    async answerPage(task, due) {
      const links = await desk.promise;
      return links && `${consoleUrl}${linkPath}${await links.makeAhead(task, due)}`;
    },
    localExecutionLog:
      settings.logExecutions === "file"
        ? { to: "file", folder: join(dataDir, "logs"), seal: store.logSeal }
        : { to: settings.logExecutions },
    mocks,
    onFailure: (reason) => stopped.reject(engineFailure(reason, dataDir, isDatabase)),
  }).catch(async (error: unknown) => {
    await store.store.close();
    throw storeFailure(error, dataDir, isDatabase);
  });
  const { service } = stepwell;
  // Before anybody can ask: whoever reads the key finds it valid.
  const owner =
    settings.auth.mode === "required"
      ? writeOwnerKey(dataDir, url, stepwell.iam.credentials)
      : undefined;
  if (owner !== undefined) redactor.learn([owner.secretAccessKey]);
  const authenticator =
    owner &&
    createAuthenticator({
      credentials: owner.credentials,
      clock: systemClock,
      accountId: settings.accountId,
      clockSkewSeconds: settings.auth.clockSkewSeconds,
    });
  const console = request.console
    ? openConsole({
        stepwell,
        store: store.store,
        auditLog,
        settings,
        logger,
        conditions,
        logSeal: store.logSeal,
        authenticator,
      })
    : undefined;
  desk.resolve(console?.links);
  const server = createHttpServer({
    service,
    host,
    port,
    hosts: [...settings.allowedHosts, ...hostOf(settings.publicUrl)],
    logger,
    console: console?.http,
    hooks: stepwell.hooks,
    routes: stepwell.routes,
    customResources: stepwell.customResources,
    functionCode: stepwell.functionCode,
    refused: stepwell.refused,
    auditFailure: auditLog.failure,
    iam: stepwell.iam.service,
    services: stepwell.services,
    metrics: stepwell.metrics,
    usage: stepwell.usage,
    authenticator,
    requestLimits: requestLimits(
      settings.requestLimits,
      () => systemClock.now(),
      stepwell.telemetry?.calls,
    ),
    tls: settings.tls,
    ...(stepwell.cluster && { isReady: stepwell.cluster.isReady }),
  });
  const routePort = createRoutePort(stepwell.routes, { ...settings, authenticator, logger });
  const close = async (graceMs: number): Promise<void> => {
    exitAfter(2 * graceMs + noticedMs + closingMs);
    const isNode = stepwell.cluster !== undefined;
    await Promise.all([stepwell.handOver(graceMs), isNode && delay(noticedMs)]);
    await Promise.all(
      [server, ...(routePort === undefined ? [] : [routePort])].map((open) =>
        open.close(Math.min(graceMs, requestGraceMs)),
      ),
    );
    owner?.remove();
    await stepwell.shutdown(graceMs);
  };
  try {
    await Promise.all([server.listen(), routePort?.listen()]).catch((error: unknown) => {
      throw portFailure(error);
    });
    await makeExamplesRole(stepwell, examples);
    const deployed = await deployExamples(service, examples, settings);
    process.stdout.write(welcome({ settings, url, deployed, hasConsole: request.console }));
    stopOnSignals(stopped.resolve);
    await stopped.promise;
    process.stderr.write(stopping);
  } catch (error) {
    // Nothing may be served any more. What closing has to say is less than what happened.
    await close(0).catch(() => {});
    throw error;
  }
  await close(taskGraceMs);
  return 0;
}

/** Wrong files should be said before anything is opened. */
function checkCertificate(tls: TlsFiles | undefined): void {
  try {
    if (tls !== undefined) readCertificate(tls);
  } catch (error) {
    throw new CommandFailure((error as Error).message, { cause: error });
  }
}

/** Whoever configures a name for the server means that it is served by it. */
function hostOf(publicUrl: string | undefined): readonly string[] {
  return publicUrl === undefined ? [] : [new URL(publicUrl).hostname];
}

const stopping =
  "Stopping: running tasks may finish for a few seconds. Ctrl+C again stops at once.\n";

/** Whatever does not close (a disk that hangs) must not keep the process; what was accepted is on disk. */
function exitAfter(milliseconds: number): void {
  setTimeout(() => {
    process.stderr.write("The store did not close in time; the server stops without it.\n");
    process.exit(1);
  }, milliseconds).unref();
}

/** Our choice: npm passes on what the terminal has sent to everybody already; that is one wish, not two. */
const sameSignalMs = 500;

/** The first signal stops in order; another one at once. */
function stopOnSignals(stop: () => void): void {
  let stoppingSince: number | undefined;
  const onSignal = (): void => {
    const now = performance.now();
    stoppingSince ??= now;
    if (now - stoppingSince > sameSignalMs) process.exit(1);
    stop();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
}
