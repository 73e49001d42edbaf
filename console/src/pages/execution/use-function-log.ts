import { useEffect, useState } from "react";
import type { FunctionLogView, LogLineView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";

/** Our choice: new lines are live to the eye. */
const everyMs = 500;
/** Lines that a page holds: the server keeps some 64 KB of one call. */
const mostLines = 20_000;

export interface FunctionLog {
  readonly view: FunctionLogView | undefined;
  readonly lines: readonly LogLineView[];
  readonly error: Error | undefined;
}

interface Read extends FunctionLog {
  readonly taskId: number;
}

/**
 * What the attempt's function printed, and what it prints while it runs. It is read beside the queries of the page: what the
 * stream tells of the run waits for those.
 */
export function useFunctionLog(
  executionArn: string,
  taskId: number,
  isRunning: boolean,
): FunctionLog {
  const [read, setRead] = useState<Read>();
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let after = 0;
    let lines: readonly LogLineView[] = [];
    const next = async () => {
      try {
        if (!document.hidden || after === 0) {
          const view = await server.functionLog(executionArn, { task: taskId, after }, { signal });
          const isNew = view.lines.length > 0 || after === 0;
          after = view.last;
          if (view.lines.length > 0) lines = [...lines, ...view.lines].slice(-mostLines);
          if (isNew) setRead({ taskId, view, lines, error: undefined });
        }
      } catch (error) {
        if (signal.aborted) return;
        setRead({ taskId, view: undefined, lines, error: error as Error });
      }
      if (isRunning && !signal.aborted) timer = setTimeout(() => void next(), everyMs);
    };
    void next();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [executionArn, taskId, isRunning]);
  return read?.taskId === taskId ? read : { view: undefined, lines: [], error: undefined };
}
