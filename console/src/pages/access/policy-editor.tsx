import { CircleCheck, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { type PolicyKind } from "../../../../src/iam/policy/parse-context.ts";
import { parsePolicy } from "../../../../src/iam/policy/parse-policy.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { JsonEditor } from "../../parts/json-editor.tsx";

/** What is wrong with a policy, by the server's own rules; `undefined`: nothing. */
export function usePolicyProblem(document: string, kind: PolicyKind) {
  return useMemo(() => {
    const parsed = parsePolicy(document, kind);
    return "problem" in parsed ? parsed : undefined;
  }, [document, kind]);
}

/** The document of a policy, with what is wrong with it as it is typed. */
export function PolicyEditor({
  kind,
  document,
  onChange,
}: {
  readonly kind: PolicyKind;
  readonly document: string;
  readonly onChange: (document: string) => void;
}) {
  const { access: text } = useText();
  const format = useFormat();
  const problem = usePolicyProblem(document, kind);
  return (
    <div className="flex flex-col gap-2">
      <JsonEditor label={text.document} value={document} onChange={onChange} rows={14} />
      {problem === undefined ? (
        <p className="flex items-center gap-1.5 text-xs text-dim">
          <CircleCheck aria-hidden size={13} className="text-ok" />
          {text.valid}
        </p>
      ) : (
        <p role="status" className="flex items-start gap-1.5 text-xs text-fail">
          <TriangleAlert aria-hidden size={13} className="mt-0.5 shrink-0" />
          <span>
            {problem.problem}{" "}
            {text.place(format.number(problem.line), format.number(problem.column))}
          </span>
        </p>
      )}
    </div>
  );
}

/** What a new policy begins with. */
export const firstDocument = JSON.stringify(
  {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["states:List*", "states:Describe*"], Resource: "*" }],
  },
  undefined,
  2,
);

/** Who may be a new role. */
export const firstTrust = JSON.stringify(
  {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "states.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ],
  },
  undefined,
  2,
);
