// Writes docs/integrations.md from what definitions may say of each integration and how each is performed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { integrationsDocument } from "../test/docs/integrations-document.ts";

const path = join(import.meta.dirname, "../docs/integrations.md");
const options = await resolveConfig(path);
writeFileSync(path, await format(integrationsDocument(), { ...options, filepath: path }));
console.log("docs/integrations.md is written");
