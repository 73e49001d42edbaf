import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { expect, test } from "vitest";
import { awsEndpointDocument } from "./aws-endpoint-document.ts";

test("docs/aws-endpoint.md lists what the endpoint has now", async () => {
  const path = join(import.meta.dirname, "../../docs/aws-endpoint.md");
  const options = await resolveConfig(path);
  const now = await format(awsEndpointDocument(), { ...options, filepath: path });
  await expect(now).toMatchFileSnapshot(path);
});
