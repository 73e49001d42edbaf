import { ServerError } from "../../api/client.ts";
import { useRefusalText } from "../../parts/denied.tsx";

/** Why something was not done, where it was asked for. */
export function Trouble({ title, error }: { readonly title: string; readonly error: Error }) {
  const refusal = useRefusalText()(error);
  return (
    <div role="alert" className="rounded-lg bg-fail-soft px-3 py-2 text-[13px] text-fail">
      <p className="font-medium">{title}</p>
      <p className="mt-0.5 text-xs break-words">
        {refusal === undefined && error instanceof ServerError && (
          <span className="font-mono">{error.code}: </span>
        )}
        {refusal ?? error.message}
      </p>
    </div>
  );
}
