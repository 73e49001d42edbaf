import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useText } from "../i18n/language.tsx";
import { IconButton } from "./button.tsx";

/** A window over the page. Escape closes it; a press beside it does not, since what was typed would be lost. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  width = "max-w-xl",
}: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly width?: string;
}) {
  const text = useText();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      className="fixed inset-0 z-50 flex items-start justify-center overflow-y-auto bg-bg/70 p-4 pt-[10vh] backdrop-blur-[2px]"
    >
      <Modal className={`w-full ${width}`}>
        <AriaDialog className="rounded-xl border border-line bg-raised shadow-high outline-none">
          <div className="flex items-center gap-3 border-b border-line py-2 pr-2 pl-5">
            <Heading slot="title" className="grow text-[15px] font-semibold">
              {title}
            </Heading>
            <IconButton label={text.app.close} onPress={onClose}>
              <X aria-hidden size={16} />
            </IconButton>
          </div>
          <div className="p-5">{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
