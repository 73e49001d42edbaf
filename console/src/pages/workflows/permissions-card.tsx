import { useQuery } from "@tanstack/react-query";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { missingPermissions } from "../../api/permissions.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Card } from "../../parts/layout.tsx";
import type { StateMachine } from "./state-machine.ts";

/** What the workflow needs that its role may not do; nothing where nobody here knows the role, or the caller may not know. */
export function PermissionsCard({ machine }: { readonly machine: StateMachine }) {
  const text = useText().workflows.permissions;
  const format = useFormat();
  const { stateMachineArn, definition, roleArn, type } = machine;
  const logs = (machine.loggingConfiguration?.level ?? "OFF") !== "OFF";
  const traces = machine.tracingConfiguration?.enabled === true;
  const { data } = useQuery({
    queryKey: ["permissions", stateMachineArn, type, roleArn, logs, traces, definition],
    queryFn: () => missingPermissions({ definition, roleArn, type, stateMachineArn, logs, traces }),
    retry: false,
  });
  if (data === undefined || data.role === "unknown") return null;
  const { role, missing, policy, isEnforced } = data;
  const isWell = role === "known" && missing.length === 0;
  return (
    <Card title={text.title} className="lg:col-span-2">
      <div className="grid gap-3 text-[13px]">
        <p className={`flex items-center gap-1.5 ${isWell ? "text-ok" : "text-wait"}`}>
          {isWell ? <ShieldCheck aria-hidden size={14} /> : <ShieldAlert aria-hidden size={14} />}
          {role === "known"
            ? isWell
              ? text.none
              : text.missing(format.number(missing.length))
            : text.roles[role]}
        </p>
        {!isEnforced && <p className="text-dim">{text.notEnforced}</p>}
        {missing.length > 0 && (
          <ul className="divide-y divide-line rounded-md border border-line">
            {missing.map(({ action, resource, roleArn, location }) => (
              <li
                key={`${location} ${action} ${resource} ${roleArn}`}
                className="grid gap-x-3 px-2.5 py-1.5 sm:grid-cols-[minmax(10rem,1fr)_2fr]"
              >
                <span className="font-mono text-xs break-all">{action}</span>
                <span className="font-mono text-xs break-all text-dim">
                  {resource}
                  {location !== undefined && ` · ${location}`}
                  {roleArn !== undefined && ` · ${roleArn}`}
                </span>
              </li>
            ))}
          </ul>
        )}
        {policy !== undefined && <CodeBlock label={text.policy} code={policy} />}
      </div>
    </Card>
  );
}
