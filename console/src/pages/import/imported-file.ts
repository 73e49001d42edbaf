import type { DefinitionGraph } from "../../../../src/console/import/definition-graph.ts";
import type { HistoryFile, HistoryFault } from "../../../../src/console/import/history-file.ts";
import type { ImportedRun } from "../../../../src/console/import/import-history.ts";

/** A history that somebody opened, in this tab's memory and nowhere else. */
export interface ImportedFile {
  readonly name: string;
  readonly file: HistoryFile;
  readonly definition?: DefinitionGraph;
  readonly run: ImportedRun;
  /** It is no file: the designer has recorded it, and nothing of it took place. */
  readonly isSimulation?: true;
}

/** Documented: a definition has at most 1 MB, a history 25,000 events of at most 256 KiB. Our choice: what a tab can hold. */
const mostBytes = 500_000_000;

export type FileFault = HistoryFault | "tooLarge" | "noDefinition";

export class FileRefused extends Error {
  override readonly name = "FileRefused";
  readonly fault: FileFault;

  constructor(fault: FileFault) {
    super(fault);
    this.fault = fault;
  }
}

let opened = 0;

export async function openHistory(file: File): Promise<ImportedFile> {
  if (file.size > mostBytes) throw new FileRefused("tooLarge");
  const { readHistory, UnreadableHistory } = await history();
  const text = await file.text();
  try {
    return await shown(file.name.replace(/(\.history)?\.json$/i, ""), readHistory(text));
  } catch (error) {
    if (error instanceof UnreadableHistory) throw new FileRefused(error.fault);
    throw error;
  }
}

export async function withDefinition(
  { name, file }: ImportedFile,
  definition: DefinitionGraph | undefined,
): Promise<ImportedFile> {
  return shown(name, file, definition);
}

async function shown(
  name: string,
  file: HistoryFile,
  definition?: DefinitionGraph,
): Promise<ImportedFile> {
  const { importHistory } = await history();
  const run = importHistory(file, name, definition);
  // What is read of it is kept by its name: the same file again may be another one.
  const view = { ...run.view, executionArn: `imported:${++opened}:${name}` };
  return { name, file, ...(definition && { definition }), run: { ...run, view } };
}

/** Reading a history takes the engine's own rules along, which no other page needs. */
async function history() {
  const [file, run] = await Promise.all([
    import("../../../../src/console/import/history-file.ts"),
    import("../../../../src/console/import/import-history.ts"),
  ]);
  return { ...file, ...run };
}

/** A definition, or an answer of DescribeStateMachine that has one in it. */
export function readDefinition(text: string): DefinitionGraph {
  let value: unknown;
  try {
    value = JSON.parse(text);
    const { definition } = value as { readonly definition?: unknown };
    if (typeof definition === "string") value = JSON.parse(definition);
  } catch {
    throw new FileRefused("noDefinition");
  }
  const states = (value as { readonly States?: unknown } | null)?.States;
  if (typeof states !== "object" || states === null) throw new FileRefused("noDefinition");
  return value as DefinitionGraph;
}
