import { useBlocker } from "@tanstack/react-router";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import type { Ship } from "./use-ship.ts";

/** Asks before the page is left with changes that are not saved. */
export function LeaveGuard({ ship }: { readonly ship: Ship }) {
  const { ship: text } = useDesignerText();
  const { isChanged, isKept, discard } = ship;
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && placeOf(current) !== placeOf(next),
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  });
  return (
    <Dialog
      title={text.leaveTitle}
      isOpen={status === "blocked"}
      onClose={() => reset?.()}
      width="max-w-lg"
    >
      <p className="text-[13px] text-dim">{isKept ? text.leaveHint : text.leaveLost}</p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button autoFocus onPress={() => reset?.()}>
          {text.stay}
        </Button>
        <Button
          look="danger"
          onPress={() => {
            discard();
            proceed?.();
          }}
        >
          {text.leaveDiscard}
        </Button>
        <Button look="primary" onPress={() => proceed?.()}>
          {text.leave}
        </Button>
      </div>
    </Dialog>
  );
}

/** What is open at an address: a workflow's designer, or that of a starter. The mode and what is selected are not. */
function placeOf({ pathname, search }: { readonly pathname: string; readonly search: object }) {
  return pathname.endsWith("/design")
    ? JSON.stringify([pathname, "starter" in search ? search.starter : undefined])
    : pathname;
}
