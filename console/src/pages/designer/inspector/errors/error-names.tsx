import { X } from "lucide-react";
import { useState } from "react";
import { arrayOf, objectOf } from "../../../../graph/json.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { PickInput } from "../fields/pick-input.tsx";
import { useInspected } from "../inspected.ts";

/** *Spec*: ASL, appendix A, predefined error codes; and what Lambda's integration is told to be retried for. */
const knownErrors = [
  "States.ALL",
  "States.TaskFailed",
  "States.Timeout",
  "States.HeartbeatTimeout",
  "States.Permissions",
  "States.BranchFailed",
  "States.ResultPathMatchFailure",
  "States.ParameterPathFailure",
  "States.NoChoiceMatched",
  "States.IntrinsicFailure",
  "States.QueryEvaluationError",
  "States.ExceedToleratedFailureThreshold",
  "States.ItemReaderFailed",
  "States.ResultWriterFailed",
  "States.DataLimitExceeded",
  "States.Http.Socket",
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
  "Lambda.Unknown",
];

/** The errors that a Retrier or Catcher takes. */
export function ErrorNames({
  label,
  names,
  onChange,
}: {
  readonly label: string;
  readonly names: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
}) {
  const { inspector: text } = useDesignerText();
  const { state } = useInspected();
  // Emptied again with each name that was taken.
  const [round, setRound] = useState(0);
  const elsewhere = ["Retry", "Catch"].flatMap((field) =>
    arrayOf(state.fields[field]).flatMap((entry) => arrayOf(objectOf(entry)["ErrorEquals"])),
  );
  const offered = [...new Set([...elsewhere.map(String), ...knownErrors])].filter(
    (name) => !names.includes(name),
  );
  return (
    <div className="min-w-0">
      <ul className="mb-1.5 flex flex-wrap gap-1 empty:hidden" aria-label={label}>
        {names.map((name) => (
          <li
            key={name}
            className="flex min-h-6 max-w-full items-center rounded-md bg-fail-soft pl-2 font-mono text-xs text-fail"
          >
            <span className="truncate">{name}</span>
            <button
              type="button"
              aria-label={text.removeError(name)}
              className="grid h-6 w-6 shrink-0 place-items-center rounded-md hover:bg-pick"
              onClick={() => onChange(names.filter((each) => each !== name))}
            >
              <X aria-hidden size={12} />
            </button>
          </li>
        ))}
      </ul>
      <PickInput
        key={round}
        label={text.addError}
        placeholder={text.addError}
        value=""
        options={offered.map((id) => ({ id, label: id }))}
        onChange={(name) => {
          const taken = name.trim();
          if (taken === "" || names.includes(taken)) return;
          onChange([...names, taken]);
          setRound(round + 1);
        }}
      />
    </div>
  );
}
