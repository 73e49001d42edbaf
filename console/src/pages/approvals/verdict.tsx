import { Check, CircleAlert, MessageSquareReply, X } from "lucide-react";
import type { AuditEntry } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";

export interface Verdict {
  readonly kind: "approve" | "reject" | "answer" | "fail";
  readonly comment?: string;
}

/** What an answer says, as far as it says it in the usual way. */
export function verdictOf(answer: AuditEntry["answer"]): Verdict {
  if (answer === undefined) return { kind: "answer" };
  if (!("output" in answer)) {
    const { error, cause } = answer;
    const comment = [error, cause].filter((part) => part !== undefined && part !== "").join(": ");
    return { kind: "fail", ...(comment !== "" && { comment }) };
  }
  const { approved, comment } = membersOf(answer.output);
  return {
    kind: approved === true ? "approve" : approved === false ? "reject" : "answer",
    ...(typeof comment === "string" && comment !== "" && { comment }),
  };
}

function membersOf(output: string): { readonly approved?: unknown; readonly comment?: unknown } {
  try {
    const value: unknown = JSON.parse(output);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    // A long answer is cut off where it is written down.
    return {};
  }
}

const looks = {
  approve: { icon: Check, look: "bg-ok-soft text-ok" },
  reject: { icon: X, look: "bg-fail-soft text-fail" },
  answer: { icon: MessageSquareReply, look: "bg-run-soft text-run" },
  fail: { icon: CircleAlert, look: "bg-fail-soft text-fail" },
} as const;

export function VerdictBadge({ kind }: Pick<Verdict, "kind">) {
  const { approvals: text } = useText();
  const words = {
    approve: text.approved,
    reject: text.rejected,
    answer: text.answered,
    fail: text.failedTask,
  };
  const { icon: Icon, look } = looks[kind];
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap ${look}`}
    >
      <Icon aria-hidden size={13} />
      {words[kind]}
    </span>
  );
}
