import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes the functions that the workflows call; answers the folder, and the file where tokens are kept. */
export function writeFunctions(folder: string): { functionsFolder: string; tokensFile: string } {
  const functionsFolder = join(folder, "functions");
  const tokensFile = join(folder, "tokens.txt");
  const write = (name: string, source: string): void => {
    mkdirSync(join(functionsFolder, name), { recursive: true });
    writeFileSync(join(functionsFolder, name, "index.mjs"), source);
  };
  write("trivial", "export const handler = async (event) => event;\n");
  write(
    "keep-token",
    `import { appendFileSync } from "node:fs";
export const handler = async ({ token }) => appendFileSync(${JSON.stringify(tokensFile)}, token + "\\n");
`,
  );
  writeFileSync(tokensFile, "");
  return { functionsFolder, tokensFile };
}
