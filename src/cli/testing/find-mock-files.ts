import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Step Functions Local's usual name for it, and ours. */
const isMockFile = /^MockConfigFile[.]json$|[.]mock[.](?:json|ya?ml)$/;

/** Folders that hold what others wrote or what is generated. */
const skipped = new Set(["node_modules", "dist"]);

/** The mock files below a folder, in order of their paths; hidden folders are left out. */
export function findMockFiles(folder: string): string[] {
  return filesBelow(folder, "").sort();
}

function filesBelow(folder: string, prefix: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const { name } = entry;
    if (entry.isDirectory()) {
      return skipped.has(name) || name.startsWith(".")
        ? []
        : filesBelow(join(folder, name), join(prefix, name));
    }
    return isMockFile.test(name) ? [join(prefix, name)] : [];
  });
}
