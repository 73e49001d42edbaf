import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import type { AuditCallView, AuditOutcome } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Cell, rowLook } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";

const looks: { readonly [O in AuditOutcome]: string } = {
  allowed: "bg-ok-soft text-ok",
  denied: "bg-fail-soft text-fail",
  failed: "bg-wait-soft text-wait",
};

/** One call; opened, its whole record. */
export function CallRow({ call }: { readonly call: AuditCallView }) {
  const { audit: text } = useText();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { at, outcome, errorCode, action, source, who, sourceIp, resources, decidedBy } = call;
  return (
    <>
      <tr className={rowLook}>
        <Cell className="whitespace-nowrap text-dim">
          <Ago at={at} />
        </Cell>
        <Cell>
          <span
            className={`inline-block rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap ${looks[outcome]}`}
          >
            {text.outcomes[outcome]}
          </span>
          {errorCode !== undefined && <p className="text-xs text-dim">{errorCode}</p>}
        </Cell>
        <Cell className="max-w-72">
          <p className="font-medium break-words">{action}</p>
          <p className="text-xs break-words text-dim">{source}</p>
        </Cell>
        <Cell className="max-w-72">
          <p className="break-words">{who}</p>
          <p className="text-xs text-dim">{sourceIp}</p>
        </Cell>
        <Cell className="max-w-96 min-w-56">
          <p className="break-all">{resources[0]}</p>
          {decidedBy !== undefined && (
            <p className="text-xs break-words text-dim">
              {text.decidedBy}: {decidedBy}
            </p>
          )}
        </Cell>
        <Cell>
          <IconButton
            label={text.open(action)}
            aria-expanded={isOpen}
            {...(isOpen && { "aria-controls": id })}
            onPress={() => setOpen(!isOpen)}
          >
            <ChevronRight aria-hidden size={15} className={isOpen ? "rotate-90" : ""} />
          </IconButton>
        </Cell>
      </tr>
      {isOpen && (
        <tr id={id} className="border-b border-line">
          <td colSpan={6} className="px-4 py-3">
            <JsonView value={call.record} label={text.open(action)} />
          </td>
        </tr>
      )}
    </>
  );
}
