import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { StateFigures } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import type { HeatTone } from "../../graph/view/heat-style.ts";
import type { Formats } from "../../i18n/formats.ts";
import { useFormat, useText } from "../../i18n/language.tsx";

export const overlays = ["off", "runs", "failures", "p95"] as const;
export type Overlay = (typeof overlays)[number];

/** Journals are being read, or all is told as it happens. */
const whileFillingMs = 1_000;
const otherwiseMs = 10_000;

export function useStateFigures(stateMachineArn: string) {
  return useQuery({
    queryKey: keys.stateStatistics(stateMachineArn),
    queryFn: () => server.stateStatistics(stateMachineArn),
    refetchInterval: ({ state }) => (state.data?.isFilling === true ? whileFillingMs : otherwiseMs),
  });
}

export interface Heat {
  readonly notes: ReadonlyMap<string, string>;
  readonly heat: ReadonlyMap<string, number>;
  readonly tone: HeatTone;
}

/** What an overlay writes on each state and how strongly it tints it; `undefined`: nothing. */
export function useHeat(
  overlay: Overlay,
  states: readonly StateFigures[] | undefined,
): Heat | undefined {
  const format = useFormat();
  const text = useText();
  const { heatRuns } = text.workflows;
  return useMemo(
    () =>
      states === undefined || overlay === "off"
        ? undefined
        : heatOf(overlay, states, format, heatRuns),
    [overlay, states, format, heatRuns],
  );
}

function heatOf(
  overlay: Exclude<Overlay, "off">,
  states: readonly StateFigures[],
  format: Formats,
  runs: (count: string) => string,
): Heat {
  const notes = new Map<string, string>();
  const heat = new Map<string, number>();
  const most = Math.max(1, ...states.map((state) => valueOf(overlay, state) ?? 0));
  for (const state of states) {
    const value = valueOf(overlay, state);
    if (value === undefined) continue;
    notes.set(
      state.key,
      overlay === "runs"
        ? runs(format.number(value))
        : overlay === "p95"
          ? format.duration(value)
          : format.percent(value),
    );
    heat.set(state.key, overlay === "failures" ? Math.sqrt(value) : value / most);
  }
  return { notes, heat, tone: overlay === "runs" ? "run" : overlay === "p95" ? "wait" : "fail" };
}

export function failureRate({ entries, failures }: StateFigures): number | undefined {
  return entries === 0 ? undefined : Math.min(1, failures / entries);
}

function valueOf(overlay: Exclude<Overlay, "off">, state: StateFigures): number | undefined {
  switch (overlay) {
    case "runs":
      return state.entries;
    case "failures":
      return failureRate(state);
    case "p95":
      return state.p95;
  }
}
