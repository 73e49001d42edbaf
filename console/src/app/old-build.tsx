import { RotateCw } from "lucide-react";
import { useIsOldBuild } from "../api/build.ts";
import { useText } from "../i18n/language.tsx";
import { Button } from "../parts/button.tsx";

/** Asks for a reload once the server serves another console; what somebody is typing stays until then. */
export function OldBuildBanner() {
  const text = useText();
  const isOld = useIsOldBuild();
  return (
    <div role="status" className="sticky top-13 z-20">
      {isOld && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-accent-soft px-3 py-2 md:px-6">
          <p className="min-w-0 grow">
            <strong className="font-semibold">{text.live.oldBuild.title}.</strong>{" "}
            {text.live.oldBuild.hint}
          </p>
          <ReloadButton />
        </div>
      )}
    </div>
  );
}

export function ReloadButton() {
  const text = useText();
  return (
    <Button look="primary" onPress={() => location.reload()}>
      <RotateCw aria-hidden size={14} />
      {text.live.oldBuild.reload}
    </Button>
  );
}
