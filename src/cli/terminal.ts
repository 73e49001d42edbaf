import { styleText } from "node:util";

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** The text in colour where `stream` is a terminal that wants it: `NO_COLOR` and `FORCE_COLOR` are honoured. */
export function styled(stream: NodeJS.WriteStream, style: Style | Style[], text: string): string {
  return styleText(style, text, { stream, validateStream: true });
}

/** `12 ms`, `1.25 s`, `2 min 5 s`, `3 h 20 min`, `2 d 4 h`: two units are enough for a person. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${Number((milliseconds / 1000).toPrecision(3))} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return pair(seconds, 60, "min", "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return pair(minutes, 60, "h", "min");
  return pair(Math.round(minutes / 60), 24, "d", "h");
}

function pair(amount: number, size: number, large: string, small: string): string {
  const rest = amount % size;
  const whole = `${Math.floor(amount / size)} ${large}`;
  return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}
