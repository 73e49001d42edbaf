import {
  Activity,
  BellRing,
  CalendarClock,
  ChartLine,
  CircleCheckBig,
  CircleDollarSign,
  Grid3x3,
  Layers,
  ScrollText,
  House,
  KeyRound,
  ListTree,
  MemoryStick,
  Settings,
  SquareFunction,
  Workflow,
  type LucideIcon,
} from "lucide-react";
import type { SessionView } from "../../../src/console/view-types.ts";
import type { Catalogue } from "../i18n/catalogue.ts";

/** The places of the console, in the order of the navigation. */
export const places = [
  { to: "/", name: "home", icon: House, keys: "g h" },
  { to: "/workflows", name: "workflows", icon: Workflow, keys: "g w" },
  { to: "/executions", name: "executions", icon: ListTree, keys: "g e" },
  { to: "/approvals", name: "approvals", icon: CircleCheckBig, keys: "g a" },
  { to: "/map-runs", name: "mapRuns", icon: Grid3x3, keys: "g m" },
  { to: "/activities", name: "activities", icon: Activity, keys: "g t" },
  { to: "/triggers", name: "triggers", icon: CalendarClock, keys: "g r" },
  { to: "/functions", name: "functions", icon: SquareFunction, keys: "g f" },
  { to: "/stacks", name: "stacks", icon: Layers, keys: "g k" },
  // Only where services are answered from memory.
  { to: "/stand-ins", name: "standIns", icon: MemoryStick, keys: "g i" },
  // Only where calls are written down.
  { to: "/audit", name: "audit", icon: ScrollText, keys: "g l" },
  { to: "/metrics", name: "metrics", icon: ChartLine, keys: "g c" },
  { to: "/alerts", name: "alerts", icon: BellRing, keys: "g n" },
  { to: "/cost", name: "cost", icon: CircleDollarSign, keys: "g d" },
  { to: "/access", name: "access", icon: KeyRound, keys: "g u" },
  { to: "/settings", name: "settings", icon: Settings, keys: "g s" },
] as const satisfies readonly {
  readonly to: string;
  readonly name: keyof Catalogue["nav"];
  readonly icon: LucideIcon;
  readonly keys: string;
}[];

/** Those that a server has, as far as it has said what it is. */
export function placesOf(session: SessionView | undefined): readonly (typeof places)[number][] {
  return places.filter(
    ({ name }) =>
      (name !== "standIns" || session?.standIns === "memory") &&
      (name !== "audit" || session?.audit === true),
  );
}
