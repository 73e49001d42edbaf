import {
  Activity,
  ChartLine,
  CircleCheckBig,
  Grid3x3,
  House,
  ListTree,
  Settings,
  Workflow,
  type LucideIcon,
} from "lucide-react";
import type { Catalogue } from "../i18n/catalogue.ts";

/** The places of the console, in the order of the navigation. */
export const places = [
  { to: "/", name: "home", icon: House, keys: "g h" },
  { to: "/workflows", name: "workflows", icon: Workflow, keys: "g w" },
  { to: "/executions", name: "executions", icon: ListTree, keys: "g e" },
  { to: "/approvals", name: "approvals", icon: CircleCheckBig, keys: "g a" },
  { to: "/map-runs", name: "mapRuns", icon: Grid3x3, keys: "g m" },
  { to: "/activities", name: "activities", icon: Activity, keys: "g t" },
  { to: "/metrics", name: "metrics", icon: ChartLine, keys: "g c" },
  { to: "/settings", name: "settings", icon: Settings, keys: "g s" },
] as const satisfies readonly {
  readonly to: string;
  readonly name: keyof Catalogue["nav"];
  readonly icon: LucideIcon;
  readonly keys: string;
}[];
