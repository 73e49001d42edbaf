import {
  Boxes,
  CircleAlert,
  CircleDot,
  Hourglass,
  RotateCw,
  ShieldCheck,
  Timer,
  Unlink,
  type LucideIcon,
} from "lucide-react";
import { memo } from "react";
import type { Box } from "../../../graph/layout.ts";
import { isSameBox } from "../../../graph/view/same-card.ts";
import { useDesignerText, type DesignerCatalogue } from "../../../i18n/designer/texts.ts";
import type { StateBadge } from "./state-badges.ts";

const icons: Readonly<Record<StateBadge["kind"], LucideIcon>> = {
  problem: CircleAlert,
  breakpoint: CircleDot,
  retry: RotateCw,
  catch: ShieldCheck,
  callback: Hourglass,
  timeout: Timer,
  unused: Unlink,
  collapsed: Boxes,
};

const looks: Readonly<Partial<Record<StateBadge["kind"], string>>> = {
  problem: "border-fail/60 bg-fail-soft text-fail",
  breakpoint: "border-fail/60 bg-surface text-fail",
  unused: "border-wait/60 bg-wait-soft text-wait",
};

/** The signs of a card, on its upper border. Its name says them. */
export const BadgeRow = memo(function BadgeRow({ badges, box }: BadgeRowProps) {
  const text = useDesignerText().canvas;
  return (
    <span
      aria-hidden
      style={{ left: box.x + box.width - 8, top: box.y }}
      className="pointer-events-none absolute flex -translate-x-full -translate-y-1/2 gap-1"
    >
      {badges.map((badge) => {
        const Icon = icons[badge.kind];
        return (
          <span
            key={badge.kind}
            title={badgeWords(badge, text)}
            className={`pointer-events-auto flex h-4 items-center gap-0.5 rounded-full border px-1 text-[10px] leading-none tabular-nums ${looks[badge.kind] ?? "border-line bg-surface text-dim"}`}
          >
            <Icon size={10} />
            {badge.count}
          </span>
        );
      })}
    </span>
  );
}, isSameRow);

interface BadgeRowProps {
  readonly badges: readonly StateBadge[];
  readonly box: Box;
}

/** Each edit counts the badges of all states again. */
function isSameRow(a: BadgeRowProps, b: BadgeRowProps): boolean {
  return (
    isSameBox(a.box, b.box) &&
    a.badges.length === b.badges.length &&
    a.badges.every(({ kind, count }, at) => {
      const other = b.badges[at];
      return kind === other?.kind && count === other.count;
    })
  );
}

export function badgeWords(
  { kind, count = 0 }: StateBadge,
  { badges }: DesignerCatalogue["canvas"],
): string {
  const words = badges[kind];
  return typeof words === "string" ? words : words(count);
}
