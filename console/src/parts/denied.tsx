import { Lock } from "lucide-react";
import { ServerError } from "../api/client.ts";
import { useText } from "../i18n/language.tsx";

/** What somebody may not do, as a refusal says it. */
export interface Refusal {
  readonly action: string;
  readonly resource: string;
}

/** *Observed*: the words of AWS's refusals, which the server has, too. `undefined` for any other error. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof ServerError) || !/^AccessDenied(?:Exception)?$/.test(error.code)) {
    return undefined;
  }
  const [, action, resource] =
    /is not authorized to perform: (\S+) on resource: (\S+)/.exec(error.message) ?? [];
  return action === undefined || resource === undefined ? undefined : { action, resource };
}

/** Stands where something would be that somebody may not see. */
export function Denied({ refusal, error }: { readonly refusal: Refusal; readonly error: Error }) {
  const { signIn } = useText();
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <Lock aria-hidden className="text-dim" />
      <p role="alert" className="text-[15px] font-semibold">
        {signIn.denied.title}
      </p>
      <p className="max-w-prose break-words text-dim">
        {signIn.denied.needs(refusal.action, refusal.resource)} {signIn.denied.ask}
      </p>
      <details className="max-w-prose text-xs text-dim">
        <summary className="cursor-pointer">{signIn.denied.reason}</summary>
        <p className="mt-1 break-words">{error.message}</p>
      </details>
    </div>
  );
}

/** The same in a line, where something was asked for and not done. */
export function useRefusalText(): (error: unknown) => string | undefined {
  const { signIn } = useText();
  return (error) => {
    const refusal = refusalOf(error);
    return (
      refusal &&
      `${signIn.denied.notDone}. ${signIn.denied.needs(refusal.action, refusal.resource)}`
    );
  };
}
