import { useCallback, useEffect, useRef, useState } from "react";
import { nextStep } from "./playback.ts";
import type { RunMark } from "./run-marks.ts";

export interface Player {
  readonly isPlaying: boolean;
  readonly toggle: () => void;
  readonly stop: () => void;
}

/** Plays from where it is, or from the start where it is at its end. */
export function usePlayer(
  marks: readonly RunMark[],
  current: number,
  lastEventId: number,
  speed: number,
  go: (eventId: number) => void,
): Player {
  const [isPlaying, setIsPlaying] = useState(false);
  const latest = useRef({ marks, lastEventId, go });
  useEffect(() => {
    latest.current = { marks, lastEventId, go };
  });
  // A step that was begun is taken, whatever else the page draws meanwhile.
  useEffect(() => {
    if (!isPlaying) return undefined;
    const { marks: known, lastEventId: last } = latest.current;
    const step = nextStep(known, current, last, speed);
    if (step === undefined) {
      setIsPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => latest.current.go(step.to), step.afterMs);
    return () => clearTimeout(timer);
  }, [isPlaying, current, speed]);
  const stop = useCallback(() => setIsPlaying(false), []);
  const toggle = useCallback(() => {
    if (!isPlaying && current >= lastEventId) go(1);
    setIsPlaying(!isPlaying);
  }, [isPlaying, current, lastEventId, go]);
  return { isPlaying, toggle, stop };
}
