import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/field.tsx";

/** A file for whoever looks for the cause of trouble. */
export function Diagnostics() {
  const text = useText();
  const words = text.settings.diagnostics;
  const download = useMutation({ mutationFn: server.diagnostics, onSuccess: save });
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-[13px] text-dim">{words.hint}</p>
      <Button isDisabled={download.isPending} onPress={() => download.mutate()}>
        <Download aria-hidden size={14} />
        {words.download}
      </Button>
      <Problem error={download.error} />
    </div>
  );
}

function save(diagnostics: { readonly generatedAt: string }): void {
  const file = new Blob([JSON.stringify(diagnostics, undefined, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `stepwell-diagnostics-${diagnostics.generatedAt.replaceAll(/[:.]/g, "-")}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
