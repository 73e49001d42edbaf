import { server } from "../../api/client.ts";

/** Our choice: inputs that are read for one file. */
export const mostInputs = 10_000;
const rowsAtOnce = 1_000;
/** HTTP/1.1 allows a browser six connections to a server; others want some, too. */
const readAtOnce = 4;

export interface InputsProgress {
  readonly read: number;
  readonly total: number;
  /** Children whose history is not stored: Express ones. */
  readonly missing: number;
  readonly isDone: boolean;
}

/** The inputs of the failed children – of those that failed of `error`, if it is given –, each a line of JSON, in the order of the items. */
export async function readFailedInputs(
  mapRunArn: string,
  error: string | undefined,
  signal: AbortSignal,
  onProgress: (progress: InputsProgress) => void,
): Promise<readonly string[]> {
  const arns: string[] = [];
  for (;;) {
    const page = await server.mapRunChildren(mapRunArn, {
      status: "failed",
      error,
      offset: arns.length,
      limit: Math.min(rowsAtOnce, mostInputs - arns.length),
    });
    arns.push(...page.rows.map(({ executionArn }) => executionArn));
    if (page.rows.length === 0 || arns.length >= Math.min(page.total, mostInputs)) break;
  }
  const lines: (string | undefined)[] = arns.map(() => undefined);
  let [next, read, missing] = [0, 0, 0];
  const total = arns.length;
  onProgress({ read, total, missing, isDone: total === 0 });
  const work = async () => {
    while (next < total && !signal.aborted) {
      const index = next++;
      const input = await inputOf(arns[index] ?? "");
      if (input === undefined) missing++;
      lines[index] = input;
      read++;
      if (read % 20 === 0 && !signal.aborted) onProgress({ read, total, missing, isDone: false });
    }
  };
  await Promise.all(Array.from({ length: readAtOnce }, work));
  if (!signal.aborted) onProgress({ read, total, missing, isDone: true });
  return lines.filter((line) => line !== undefined);
}

/** On one line: an input may have been written on several. */
async function inputOf(executionArn: string): Promise<string | undefined> {
  try {
    const { events } = await server.events(executionArn, { from: 1, limit: 1, data: true });
    const details = events[0]?.["executionStartedEventDetails"] as
      { readonly input?: string } | undefined;
    const input = details?.input;
    if (input === undefined || !/[\r\n]/.test(input)) return input;
    // Line ends can only be between the tokens: within strings JSON has them escaped.
    return input.replaceAll(/[\r\n]+/g, " ");
  } catch {
    return undefined;
  }
}
