import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { StateFigures } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import type { HeatTone } from "../../graph/view/heat-style.ts";
import type { Formats } from "../../i18n/formats.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { awsCharge } from "../execution/aws-charge.ts";

export const overlays = ["off", "runs", "failures", "p95", "transitions"] as const;
export type Overlay = (typeof overlays)[number];

/** Express workflows are not charged by the transition. */
export function overlaysOf(type: "STANDARD" | "EXPRESS"): readonly Overlay[] {
  return type === "STANDARD" ? overlays : overlays.filter((each) => each !== "transitions");
}

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
    notes.set(state.key, noteOf(overlay, value));
    heat.set(state.key, overlay === "failures" ? Math.sqrt(value) : value / most);
  }
  return { notes, heat, tone: tones[overlay] };

  function noteOf(of: Exclude<Overlay, "off">, value: number): string {
    switch (of) {
      case "runs":
        return runs(format.number(value));
      case "failures":
        return format.percent(value);
      case "p95":
        return format.duration(value);
      case "transitions":
        return format.usd(chargeOf(value));
    }
  }
}

const tones = { runs: "run", failures: "fail", p95: "wait", transitions: "wait" } as const;

/** *Documented*: a state that is entered is a transition, and so is each attempt that a Retrier repeats. */
export function transitionsOf({ entries, retries }: StateFigures): number {
  return entries + retries;
}

/** What AWS charges for transitions, in USD. */
export function chargeOf(transitions: number): number {
  return awsCharge({ type: "STANDARD", transitions, tookMs: 0 });
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
    case "transitions":
      return transitionsOf(state);
  }
}
