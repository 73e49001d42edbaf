import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { expect, test } from "vitest";
import { integrationsDocument } from "./integrations-document.ts";

test("docs/integrations.md is what the integrations are now (npm run integrations:doc writes it)", async () => {
  const path = join(import.meta.dirname, "../../docs/integrations.md");
  const options = await resolveConfig(path);
  const now = await format(integrationsDocument(), { ...options, filepath: path });
  expect(readFileSync(path, "utf8")).toBe(now);
});
