import { useEffect, useMemo, useState } from "react";
import { parseJson } from "./json-value.ts";

/** Our choices, in characters: a document up to the first is parsed at once, one up to the second in a worker, others not. */
const mostAtOnce = 1_000_000;
const mostInWorker = 32_000_000;

/** A document: its value, or that it is being read, or that it is text only. */
export type ReadJson =
  { readonly state: "read"; readonly value: unknown } | { readonly state: "reading" | "text" };

/** Parses a document; a large one where it does not hold up the page. */
export function useJson(text: string): ReadJson {
  const isLarge = text.length > mostAtOnce;
  const small = useMemo(() => (isLarge ? undefined : parse(text)), [isLarge, text]);
  const [large, setLarge] = useState<{ readonly of: string; readonly read: ReadJson }>();
  useEffect(() => {
    if (text.length <= mostAtOnce || text.length > mostInWorker) return undefined;
    const worker = new Worker(new URL("./json.worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener(
      "message",
      ({ data }: MessageEvent<{ readonly value: unknown } | undefined>) => {
        const read: ReadJson =
          data === undefined ? { state: "text" } : { state: "read", value: data.value };
        setLarge({ of: text, read });
        worker.terminate();
      },
    );
    worker.postMessage(text);
    return () => worker.terminate();
  }, [text]);
  if (small !== undefined) return small;
  if (text.length > mostInWorker) return { state: "text" };
  return large?.of === text ? large.read : { state: "reading" };
}

function parse(text: string): ReadJson {
  try {
    return { state: "read", value: parseJson(text) };
  } catch {
    return { state: "text" };
  }
}
