import type { SdkClient, SdkClients, SdkCommand } from "./sdk-clients.ts";

/** `retry`: it may go well another time. `refused`: it never will. */
export type MetricDataAnswer =
  { readonly type: "taken" } | { readonly type: "retry" | "refused"; readonly reason: string };

/** Our choice: how long one request may take. */
const requestMs = 10_000;
type PutMetricDataCommand = new (input: object) => SdkCommand;

/**
 * CloudWatch's PutMetricData by the AWS SDK's client, which `stepwell add cloudwatch` installs. Where it goes is the SDK's configuration, as
 * for tasks.
 */
export async function putMetricData(
  clients: Pick<SdkClients, "connect">,
  region: string,
  input: object,
): Promise<MetricDataAnswer> {
  const connection = await clients.connect("cloudwatch", region).catch((error: unknown) => error);
  if (!isConnection(connection)) return { type: "retry", reason: String(connection) };
  if (connection.type === "notInstalled") {
    const reason = `${connection.packageName} is not installed: stepwell add cloudwatch`;
    return { type: "refused", reason };
  }
  if (connection.type === "unconfigured") {
    return { type: "refused", reason: "the AWS SDK finds neither credentials nor an endpoint" };
  }
  const { client, module } = connection.service;
  const Command = module["PutMetricDataCommand"] as PutMetricDataCommand;
  return send(client, new Command(input));
}

function isConnection(found: unknown): found is Awaited<ReturnType<SdkClients["connect"]>> {
  return !(found instanceof Error) && typeof found === "object" && found !== null;
}

async function send(client: SdkClient, command: SdkCommand): Promise<MetricDataAnswer> {
  try {
    await client.send(command, { abortSignal: AbortSignal.timeout(requestMs) });
    return { type: "taken" };
  } catch (error) {
    const { name = "", $metadata } = error as {
      readonly name?: string;
      readonly $metadata?: { readonly httpStatusCode?: number };
    };
    // No answer, an answer that says to come back, and a service that is not well.
    const status = $metadata?.httpStatusCode ?? 0;
    const isPassing = status === 0 || status === 429 || status >= 500 || /Throttl/.test(name);
    return { type: isPassing ? "retry" : "refused", reason: String(error) };
  }
}
