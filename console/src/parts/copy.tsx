import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useText } from "../i18n/language.tsx";
import { IconButton } from "./button.tsx";

/** Copies a text, and says that it has. */
export function CopyButton({ value, label }: { readonly value: string; readonly label?: string }) {
  const text = useText();
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(value).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1_500);
    });
  };
  return (
    <IconButton
      label={isCopied ? text.app.copied : (label ?? text.app.copy)}
      onPress={copy}
      className="h-6! w-6!"
    >
      {isCopied ? <Check aria-hidden size={13} /> : <Copy aria-hidden size={13} />}
    </IconButton>
  );
}
