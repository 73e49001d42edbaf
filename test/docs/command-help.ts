import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./document.ts";

const folder = join(root, "src/cli");

/** The source of a sub-command; an empty text if there is none of this name. */
export function commandSource(command: string): string {
  const files = [join(folder, `${command}.ts`), join(folder, command, `${command}.ts`)];
  const file = files.find(existsSync);
  return file === undefined ? "" : readFileSync(file, "utf8");
}

/**
 * What `stepwell COMMAND --help` prints; an empty text if there is no such command. It is read from the source, since loading all commands takes
 * seconds.
 */
export function helpOf(command: string): string {
  const source = commandSource(command);
  const [, text = ""] = /^const help = `((?:[^`\\]|\\.)*)`;$/ms.exec(source) ?? [];
  return text
    .replaceAll(/(?<!\\)\$\{(\w+)\}/g, (_, name: string) => constantOf(name, source))
    .replaceAll("\\$", "$");
}

/** The text that a constant of the command, or of what asks the console, has. */
function constantOf(name: string, source: string): string {
  const texts = source + readFileSync(join(folder, "ask-console.ts"), "utf8");
  const value = new RegExp(`const ${name} = "([^"]*)";`).exec(texts)?.[1];
  if (value === undefined) throw new Error(`no constant ${name} is found`);
  return value;
}
