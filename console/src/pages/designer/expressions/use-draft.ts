import { useCallback, useEffect, useRef, useState } from "react";

/** Our choice: a pause in typing after which what was typed is put into the definition. */
const pauseMs = 400;

export interface Draft {
  /** What is shown: what is being typed, else the value. */
  readonly text: string;
  readonly change: (text: string) => void;
  /** Puts what was typed into the definition at once: the field is left, or a command follows. */
  readonly flush: () => void;
  /** Shows the value again: what was typed and not taken is forgotten. */
  readonly drop: () => void;
}

interface DraftOptions {
  /** Whether what was typed is the value, in another layout. */
  readonly isSame?: (draft: string, value: string) => boolean;
  /** What is half typed means nothing: it waits until the field is left. */
  readonly isWhole?: boolean;
}

/**
 * A text that is typed. It goes into the definition after a pause, and when the field is left, so that the history has words and not
 * letters. A value that changes meanwhile (undo) wins, unless it is the same in another layout.
 */
export function useDraft(
  value: string,
  commit: (text: string) => void,
  { isSame = isSameText, isWhole = false }: DraftOptions = {},
): Draft {
  const [draft, setDraft] = useState<{ readonly text: string; readonly base: string }>();
  const pending = useRef<string>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  }, [commit]);
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const text = pending.current;
    pending.current = undefined;
    if (text !== undefined) latest.current(text);
  }, []);
  useEffect(() => flush, [flush]);
  const change = useCallback(
    (text: string) => {
      setDraft({ text, base: value });
      pending.current = text;
      clearTimeout(timer.current);
      if (!isWhole) timer.current = setTimeout(flush, pauseMs);
    },
    [flush, value, isWhole],
  );
  const drop = useCallback(() => {
    pending.current = undefined;
    setDraft(undefined);
  }, []);
  const isCurrent = draft !== undefined && (draft.base === value || isSame(draft.text, value));
  return { text: isCurrent ? draft.text : value, change, flush, drop };
}

function isSameText(draft: string, value: string): boolean {
  return draft.trim() === value.trim();
}

/** Whether a key is a command (undo, save): what was typed before it is to be in the definition then. */
export function isCommand(event: {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}): boolean {
  return event.ctrlKey || event.metaKey;
}
