import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { expect, test } from "vitest";
import { createStepwell } from "../../src/server/stepwell-server.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { awsEndpointDocument } from "./aws-endpoint-document.ts";

const logger = { debug() {}, info() {}, warn() {}, error() {} };

test("docs/aws-endpoint.md lists what the endpoint has now", async () => {
  const stepwell = await createStepwell({
    store: createMemoryStore(),
    logger,
    standInServices: "memory",
    telemetry: {},
    onFailure(reason) {
      throw reason;
    },
  });
  const path = join(import.meta.dirname, "../../docs/aws-endpoint.md");
  const options = await resolveConfig(path);
  const document = awsEndpointDocument(stepwell.services.apis);
  const now = await format(document, { ...options, filepath: path });
  await stepwell.shutdown(0);
  await expect(now).toMatchFileSnapshot(path);
});
