import type { MetricUnit } from "../../../../src/console/view-types.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { Formats } from "../../i18n/formats.ts";

/** A measured value with its unit, as short as it can be read. */
export function formatValue(
  value: number | null | undefined,
  unit: MetricUnit,
  format: Formats,
  text: Catalogue,
): string {
  if (value === null || value === undefined) return text.metrics.nothing;
  switch (unit) {
    case "perSecond":
      return text.metrics.perSecond(format.number(short(value)));
    case "count":
      return format.number(short(value));
    case "milliseconds":
      // Whole milliseconds would make every commit of a good disk 0.
      return value < 10
        ? text.metrics.milliseconds(format.number(Math.round(value * 100) / 100))
        : format.duration(value);
    case "bytes":
      return format.bytes(value);
    case "share":
      return format.percent(value);
  }
}

function short(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
}
