import { KeyRound, RotateCw } from "lucide-react";
import { ServerError } from "../api/client.ts";
import { useText } from "../i18n/language.tsx";
import { Button } from "./button.tsx";

/** *Documented*: the errors of the API where the key of a customer cannot be used. */
const keyErrors = [
  "KmsAccessDeniedException",
  "KmsInvalidStateException",
  "KmsThrottlingException",
] as const;

export type KeyError = (typeof keyErrors)[number];

/** Which of them an error is; `undefined` for any other. */
export function keyErrorOf(error: unknown): KeyError | undefined {
  return error instanceof ServerError ? keyErrors.find((code) => code === error.code) : undefined;
}

/** Says above what is in clear why the rest cannot be read. */
export function KeyLost({
  reason,
  error,
  again,
}: {
  readonly reason: KeyError;
  readonly error: Error | null;
  readonly again: () => void;
}) {
  const text = useText().keyLost;
  return (
    <div
      role="alert"
      className="mb-4 flex flex-col items-start gap-3 rounded-lg sm:flex-row border border-line bg-wait-soft px-4 py-3"
    >
      <KeyRound aria-hidden size={18} className="mt-0.5 shrink-0 text-wait" />
      <div className="min-w-0 grow">
        <p className="font-semibold">{text.titles[reason]}</p>
        <p className="max-w-prose text-dim">{text.why}</p>
        <p className="mt-1 text-xs break-words text-dim">{error?.message}</p>
      </div>
      <Button onPress={again}>
        <RotateCw aria-hidden size={14} />
        {text.again}
      </Button>
    </div>
  );
}
