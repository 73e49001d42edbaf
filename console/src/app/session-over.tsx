import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { MeView } from "../../../src/console/view-types.ts";
import { basePath, server } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import { heardSignedOut } from "../api/signed-out.ts";
import { useText } from "../i18n/language.tsx";
import { WaysIn } from "../pages/sign-in/ways-in.tsx";

/** Our choice: how soon a sign-in in another tab shows here. */
const lookMs = 2_000;

/** Asks whoever was signed in to do so again, over the page, which stays as it is with all that was typed. */
export function SessionOver({
  me,
}: {
  /** Who was signed in. */
  readonly me: MeView | undefined;
}) {
  const text = useText();
  const client = useQueryClient();
  const look = async () => {
    const session = await server.session().catch(() => undefined);
    if (session === undefined) return;
    // What is on the page was for somebody else's eyes.
    if (session.me?.name !== me?.name) return location.reload();
    heardSignedOut(false);
    client.setQueryData(keys.session, session);
    await client.invalidateQueries();
  };
  useEffect(() => {
    const timer = setInterval(() => void look(), lookMs);
    return () => clearInterval(timer);
  });

  return (
    <ModalOverlay
      isOpen
      isKeyboardDismissDisabled
      className="fixed inset-0 z-50 flex items-start justify-center overflow-y-auto bg-bg/80 p-4 pt-[14vh] backdrop-blur-md"
    >
      <Modal className="w-full max-w-sm">
        <AriaDialog className="flex flex-col gap-4 rounded-xl border border-line bg-raised p-6 shadow-high outline-none">
          <Heading slot="title" className="text-[17px] font-semibold">
            {text.signIn.overTitle}
          </Heading>
          <p className="text-dim">{text.signIn.overHint}</p>
          <WaysIn returnTo={`${basePath}/signed-in`} isOver onDone={() => void look()} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
