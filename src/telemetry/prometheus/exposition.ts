import type { Figure, Labels } from "../../ports/figures.ts";

/** *Documented*: the text format of Prometheus, version 0.0.4. */
export const expositionType = "text/plain; version=0.0.4; charset=utf-8";

/** Figures as Prometheus reads them. */
export function exposition(figures: readonly Figure[]): string {
  const lines: string[] = [];
  for (const figure of figures) {
    if (figure.samples.length === 0) continue;
    lines.push(`# HELP ${figure.name} ${helpText(figure.help)}`);
    lines.push(`# TYPE ${figure.name} ${figure.type}`);
    if (figure.type === "histogram") {
      for (const { labels, count, sum, buckets } of figure.samples) {
        for (const { bound, count: held } of buckets) {
          const le = Number.isFinite(bound) ? String(bound) : "+Inf";
          lines.push(`${figure.name}_bucket${labelText({ ...labels, le })} ${held}`);
        }
        lines.push(`${figure.name}_sum${labelText(labels)} ${sum}`);
        lines.push(`${figure.name}_count${labelText(labels)} ${count}`);
      }
    } else {
      for (const { labels, value } of figure.samples) {
        lines.push(`${figure.name}${labelText(labels)} ${value}`);
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
  return value.replace(/[\\"\n]/g, (sign) => (sign === "\n" ? "\\n" : `\\${sign}`));
}

function helpText(help: string): string {
  return help.replace(/[\\\n]/g, (sign) => (sign === "\n" ? "\\n" : "\\\\"));
}
