import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { server } from "../../api/client.ts";
import { jsonMistake } from "../../parts/json-mistake.ts";

export interface Diagnostic {
  readonly severity: "ERROR" | "WARNING";
  readonly code: string;
  readonly message: string;
  readonly location?: string;
}

interface Result {
  readonly result: "OK" | "FAIL";
  readonly diagnostics: readonly Diagnostic[];
  readonly truncated: boolean;
}

export interface Validation {
  readonly data: Result | undefined;
  readonly error: Error | null;
  /** What it says is of an older text: the newest one is being looked at. */
  readonly isStale: boolean;
}

/** Our choice: as long as between two keys of somebody who types. */
const pauseMs = 350;

/** What the server says of a definition, asked when its typing pauses. */
export function useValidation(definition: string, type: "STANDARD" | "EXPRESS"): Validation {
  const [paused, setPaused] = useState(definition);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(definition), pauseMs);
    return () => clearTimeout(timer);
  }, [definition]);
  const isJson = jsonMistake(paused) === undefined;
  const query = useQuery({
    queryKey: ["validation", type, paused],
    queryFn: () =>
      server.call<Result>("ValidateStateMachineDefinition", {
        definition: paused,
        type,
        severity: "WARNING",
      }),
    // A mistake of the JSON is shown where it is typed; the server has nothing to add.
    enabled: isJson,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const isStale = paused !== definition || query.isPlaceholderData || query.isFetching;
  return { data: isJson ? query.data : undefined, error: query.error, isStale };
}
