import { regionOf, server } from "../../../api/client.ts";

/** The input that an execution was started with. */
export async function inputOf(executionArn: string): Promise<string> {
  const { input } = await server.call<{ readonly input?: string }>(
    "DescribeExecution",
    { executionArn },
    regionOf(executionArn),
  );
  return input ?? "{}";
}
