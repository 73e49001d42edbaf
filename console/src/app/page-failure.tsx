import { Unplug } from "lucide-react";
import { useIsOldBuild } from "../api/build.ts";
import { useText } from "../i18n/language.tsx";
import { Failure } from "../parts/layout.tsx";
import { MissingPart } from "./missing-part.ts";
import { ReloadButton } from "./old-build.tsx";

/** What is shown where a page failed. */
export function PageFailure({
  error,
  reset,
}: {
  readonly error: unknown;
  readonly reset: () => void;
}) {
  const text = useText();
  const isOld = useIsOldBuild();
  if (!(error instanceof MissingPart)) return <Failure error={error} again={reset} />;
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-6 py-16 text-center">
      <Unplug aria-hidden className="text-dim" />
      <h1 className="text-[15px] font-semibold">
        {isOld ? text.live.oldBuild.missing : text.live.missing.title}
      </h1>
      <p className="max-w-prose text-dim">
        {isOld ? text.live.oldBuild.missingHint : text.live.missing.hint}
      </p>
      <ReloadButton />
    </div>
  );
}
