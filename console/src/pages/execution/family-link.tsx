import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useText } from "../../i18n/language.tsx";
import { StatusIcon } from "../../parts/status.tsx";
import type { FamilyMember } from "./family-way.ts";

/** Leads to an execution or a Map Run of the family; its status stands before it. */
export function FamilyLink({
  member: { kind, arn, status },
  className = "",
  children,
}: {
  readonly member: FamilyMember;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const look = `inline-flex min-h-6 min-w-0 items-center gap-1.5 text-accent hover:underline ${className}`;
  return (
    <>
      <FamilyStatus status={status} />
      {kind === "mapRun" ? (
        <Link to="/map-runs/$arn" params={{ arn }} className={look}>
          {children}
        </Link>
      ) : (
        <Link to="/executions/$arn" params={{ arn }} className={look}>
          {children}
        </Link>
      )}
    </>
  );
}

export function FamilyStatus({ status }: Pick<FamilyMember, "status">) {
  const text = useText();
  return (
    <>
      <StatusIcon status={status ?? "pending"} size={13} />
      <span className="sr-only">
        {status === undefined ? text.runHead.gone : text.status[status]}
      </span>
    </>
  );
}
