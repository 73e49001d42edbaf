import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./document.ts";

/** Where a sub-command is; `undefined` if there is none of this name. */
export function commandSource(command: string): string | undefined {
  const folder = join(root, "src/cli");
  return [join(folder, `${command}.ts`), join(folder, command, `${command}.ts`)].find(existsSync);
}

/** What `stepwell COMMAND --help` prints, without a process; an empty text if there is no such command. */
export async function helpOf(command: string): Promise<string> {
  const source = commandSource(command);
  if (source === undefined) return "";
  const module = (await import(source)) as { readonly [name: string]: { readonly help?: string } };
  return module[command]?.help ?? "";
}
