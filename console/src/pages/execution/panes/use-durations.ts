import { useMemo } from "react";
import { useFormat } from "../../../i18n/language.tsx";

const mostKnown = 5_000;

/** `format.duration` that remembers: it is asked for the same rows with each frame of a scroll. */
export function useDurations(): (milliseconds: number) => string {
  const format = useFormat();
  return useMemo(() => {
    const known = new Map<number, string>();
    return (milliseconds: number) => {
      const before = known.get(milliseconds);
      if (before !== undefined) return before;
      if (known.size >= mostKnown) known.clear();
      const said = format.duration(milliseconds);
      known.set(milliseconds, said);
      return said;
    };
  }, [format]);
}
