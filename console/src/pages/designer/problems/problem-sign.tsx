import { CircleAlert, CircleCheck, Lightbulb, TriangleAlert } from "lucide-react";
import type { Severity } from "./problem.ts";

const signs = {
  error: { Icon: CircleAlert, look: "text-fail" },
  warning: { Icon: TriangleAlert, look: "text-wait" },
  hint: { Icon: Lightbulb, look: "text-dim" },
  none: { Icon: CircleCheck, look: "text-ok" },
} as const;

/** How bad it is, for the eye; a word says it beside. */
export function Sign({ severity = "none" }: { readonly severity?: Severity | "none" | undefined }) {
  const { Icon, look } = signs[severity];
  return <Icon aria-hidden size={14} className={`shrink-0 ${look}`} />;
}
