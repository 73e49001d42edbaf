import { Check, CircleAlert, CircleDot, Undo2, type LucideIcon } from "lucide-react";

/** A status of CloudFormation is its own word, with a sign and a colour. */
export function StackStatus({ status }: { readonly status: string }) {
  const [Icon, look] = lookOf(status);
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${look}`}>
      <Icon aria-hidden size={14} className="shrink-0" />
      {status}
    </span>
  );
}

function lookOf(status: string): readonly [icon: LucideIcon, look: string] {
  if (status.endsWith("_FAILED")) return [CircleAlert, "text-fail"];
  if (status.endsWith("_IN_PROGRESS")) return [CircleDot, "text-run"];
  return status.includes("ROLLBACK") ? [Undo2, "text-wait"] : [Check, "text-ok"];
}
