import type { ConsoleHttp } from "./console/console-http.ts";
import { createHttpServer, type HttpServer } from "./http-server.ts";
import { createStepwell, type Stepwell } from "./stepwell-server.ts";
import type { StepwellOptions } from "./stepwell-options.ts";

export interface StepwellServer extends Stepwell {
  readonly host: string;
  readonly port: number;
}

/** A Stepwell that serves the API over HTTP. Rejects with a message that says what to do if the port is taken. */
export async function startStepwell(
  options: StepwellOptions & {
    readonly host: string;
    readonly port: number;
    readonly hosts?: readonly string[];
    /** Makes the console that is served beside the API; absent: there is none. */
    readonly console?: (stepwell: Stepwell) => ConsoleHttp;
  },
): Promise<StepwellServer> {
  let url: string | undefined;
  const stepwell = await createStepwell({ endpointUrl: () => url, ...options });
  const { service } = stepwell;
  const { host, port, hosts, logger } = options;
  const http: HttpServer = createHttpServer({
    service,
    host,
    port,
    logger,
    ...(hosts === undefined ? {} : { hosts }),
    console: options.console?.(stepwell),
    hooks: stepwell.hooks,
    routes: stepwell.routes,
    customResources: stepwell.customResources,
    functionCode: stepwell.functionCode,
    refused: stepwell.refused,
    auditFailure: options.auditLog?.failure,
    iam: stepwell.iam.service,
    services: stepwell.services,
    metrics: stepwell.metrics,
    usage: stepwell.usage,
    ...(stepwell.cluster && { isReady: stepwell.cluster.isReady }),
  });
  try {
    const address = await http.listen();
    const hostname = address.host.includes(":") ? `[${address.host}]` : address.host;
    url = `http://${hostname}:${address.port}`;
    return {
      ...stepwell,
      ...address,
      async shutdown(graceMs) {
        await stepwell.handOver(graceMs);
        await http.close(graceMs);
        await stepwell.shutdown(graceMs);
      },
    };
  } catch (thrown) {
    await stepwell.shutdown(0);
    throw thrown;
  }
}
