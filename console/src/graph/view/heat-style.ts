import type { CSSProperties } from "react";

export type HeatTone = "run" | "fail" | "wait";

/** Our choice: shares of the colour in the ground, at least and at most; text stays readable on the strongest. */
const palest = 6;
const strongest = 34;

/** The tint of a card, from 0 to 1: mixed of the theme's own colours. What it says is written on the card, too. */
export function heatStyle(heat: number | undefined, tone: HeatTone): CSSProperties {
  if (heat === undefined || heat <= 0) return {};
  const share = Math.min(1, heat);
  const ground = palest + share * (strongest - palest);
  const border = 35 + share * 65;
  return {
    backgroundColor: `color-mix(in oklab, var(--${tone}) ${ground.toFixed(1)}%, var(--surface))`,
    borderColor: `color-mix(in oklab, var(--${tone}) ${border.toFixed(1)}%, var(--line))`,
  };
}
