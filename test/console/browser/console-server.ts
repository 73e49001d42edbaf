import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deployExamples } from "../../../src/cli/deploy-examples.ts";
import { readExamples, withShippedFunctions } from "../../../src/cli/examples.ts";
import { readSettings } from "../../../src/cli/settings.ts";
import { ConsoleService } from "../../../src/console/console-service.ts";
import { jobFolder } from "../../../src/console/jobs/job-log.ts";
import { LinkDesk } from "../../../src/console/questions/link-desk.ts";
import { whereCallsGo } from "../../../src/console/settings/where-calls-go.ts";
import type { Iam } from "../../../src/iam/create-iam.ts";
import type { OpenIdSettings } from "../../../src/iam/people/openid-settings.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import { systemClock } from "../../../src/runtime/system-clock.ts";
import { createAuthenticator } from "../../../src/server/authentication/authenticator.ts";
import { ConsoleAccess } from "../../../src/server/console/console-access.ts";
import { openSignIn } from "../../../src/server/console/sign-in/open-sign-in.ts";
import { beginSimulationThread } from "../../../src/server/console/begin-simulation-thread.ts";
import { createConsoleHttp } from "../../../src/server/console/console-http.ts";
import { createHttpServer } from "../../../src/server/http-server.ts";
import { createStepwell } from "../../../src/server/stepwell-server.ts";
import type { Service } from "../../../src/service/service.ts";
import { openStore } from "../../../src/store/open-store.ts";

/** The whole of Stepwell and the built console, on a free port, over a store on disk. */
export interface ConsoleServer {
  /** The console's address, without a slash at the end. */
  readonly url: string;
  readonly service: Service;
  readonly iam: Iam;
  /** What the server called a mistake of its own. */
  readonly mistakes: readonly string[];
  /** Stops it; what it has stays for {@link restart}. */
  stop(): Promise<void>;
  /** Serves what is there, at the same address; as another version if one is given. */
  restart(version?: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Ports of servers that are closed. The next server takes one again: at an address that the browser knows it has all the console's code
 * compiled already, which is a second of each file.
 */
const knownPorts: number[] = [];

/** Listens at the port, or at any other if somebody else has taken it meanwhile. */
async function listenAt(
  port: number,
  make: (port: number) => ReturnType<typeof createHttpServer>,
): Promise<{ readonly http: ReturnType<typeof createHttpServer>; readonly port: number }> {
  const http = make(port);
  try {
    return { http, ...(await http.listen()) };
  } catch (error) {
    if (port === 0 || (error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return await listenAt(0, make);
  }
}

const builtConsole = fileURLToPath(new URL("../../../dist/console-app", import.meta.url));

export interface ConsoleServerOptions {
  readonly withExamples?: boolean;
  /** What waits and retry delays are multiplied by. */
  readonly waitTimeScale?: number;
  /** Everybody is asked who he is. */
  readonly asksEverybody?: boolean;
  /** The provider that people sign in with. */
  readonly oidc?: OpenIdSettings | undefined;
}

export async function startConsoleServer({
  withExamples = true,
  waitTimeScale,
  asksEverybody = false,
  oidc,
}: ConsoleServerOptions = {}): Promise<ConsoleServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "stepwell-console-"));
  const mistakes: string[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (message, fields) => mistakes.push(`${message} ${JSON.stringify(fields)}`),
  };
  const examples = withExamples ? readExamples() : [];
  const read = await readSettings({
    "data-dir": dataDir,
    port: "0",
    ...(waitTimeScale !== undefined && { "wait-time-scale": String(waitTimeScale) }),
  });
  const settings = withShippedFunctions(read, examples);
  process.env["ORDERS_DIR"] = join(dataDir, "orders");
  let port = knownPorts.pop() ?? 0;
  let running = await serve();

  async function serve(version = "0.0.0-test") {
    const store = await openStore({ kind: "sqlite", dataDir });
    const stepwell = await createStepwell({
      ...settings,
      store,
      logger,
      iam: {
        mode: asksEverybody ? "required" : "open",
        workflowRoles: "ignore",
        oidc,
        passwordLogCost: 4,
      },
      functionLogs: () => {},
      objectFolder: join(dataDir, "s3"),
      cloudWatch: { to: async () => undefined, close() {} },
      onFailure: (reason) => mistakes.push(String(reason)),
    });
    const { service, engine } = stepwell;
    const views = new ConsoleService({
      service,
      engine,
      store,
      clock: systemClock,
      version,
      figures: stepwell.figures,
      functionLogs: stepwell.handlers.functionLogs,
      about: { dataDir, limits: { ...settings.limits } },
      callTargets: whereCallsGo(settings),
      services: stepwell.services.services,
      triggers: stepwell.watchedTriggers,
      telemetry: { cost: stepwell.usage?.desk, ...stepwell.watching },
      designer: { ...settings, objectFolder: join(dataDir, "s3") },
      jobs: jobFolder(join(dataDir, "jobs")),
      simulations: {
        open: (parts) =>
          createStepwell({
            ...settings,
            standInServices: undefined,
            objectFolder: join(dataDir, "s3"),
            cloudWatch: { to: async () => undefined, close() {} },
            ...parts,
            logger,
          }),
        outside: stepwell.handlers,
        beginThread: () => beginSimulationThread({ limits: settings.limits }),
      },
      logger,
    });
    const { iam } = stepwell;
    const authenticator = asksEverybody
      ? createAuthenticator({
          credentials: iam.credentials,
          clock: systemClock,
          accountId: settings.accountId,
        })
      : undefined;
    const signIn =
      authenticator &&
      openSignIn({
        iam,
        clock: systemClock,
        scope: service.scope,
        logger,
        basePath: "/console",
        isSecure: false,
      });
    const console = createConsoleHttp({
      console: views,
      service,
      links: new LinkDesk({
        questions: views.questions,
        engine,
        clock: systemClock,
        secret: store.secret(),
      }),
      folder: builtConsole,
      basePath: "/console",
      logger,
      access: authenticator && new ConsoleAccess(authenticator, signIn?.pages),
      signIn,
      iam: iam.service,
    });
    const listening = await listenAt(port, (at) =>
      createHttpServer({
        service,
        host: "127.0.0.1",
        port: at,
        logger,
        console,
        authenticator,
      }),
    );
    ({ port } = listening);
    const { http } = listening;
    process.env["AWS_ENDPOINT_URL_SFN"] = `http://127.0.0.1:${port}`;
    // Webhooks have the server's own address.
    process.env["STEPWELL_PUBLIC_URL"] = `http://127.0.0.1:${port}`;
    if (withExamples) await deployExamples(service, examples, { ...settings, port });
    return { stepwell, http, service };
  }

  async function stop(): Promise<void> {
    await running.http.close(200);
    await running.stepwell.shutdown(1_000);
  }

  return {
    get url() {
      return `http://127.0.0.1:${port}/console`;
    },
    get service() {
      return running.service;
    },
    get iam() {
      return running.stepwell.iam;
    },
    mistakes,
    stop,
    async restart(version) {
      running = await serve(version);
    },
    async close() {
      await stop();
      knownPorts.push(port);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
