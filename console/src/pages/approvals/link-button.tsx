import { useMutation } from "@tanstack/react-query";
import { Check, Link2 } from "lucide-react";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { usePerson } from "./person.ts";

/** Copies a link to the question, for somebody without the console. */
export function LinkButton({ approval }: { readonly approval: ApprovalView }) {
  const { approvals: text } = useText();
  const format = useFormat();
  const person = usePerson();
  const link = useMutation({
    async mutationFn() {
      const { executionArn, taskId } = approval;
      const named = person === "" ? {} : { name: person };
      const made = await server.link({ executionArn, taskId, ...named });
      await navigator.clipboard.writeText(made.url);
      return made;
    },
  });
  return (
    <div className="flex flex-col items-end gap-1">
      <Button look="quiet" isDisabled={link.isPending} onPress={() => link.mutate()}>
        {link.isSuccess ? <Check aria-hidden size={14} /> : <Link2 aria-hidden size={14} />}
        {text.copyLink}
      </Button>
      <p role="status" className="max-w-64 text-right text-xs text-dim empty:hidden">
        {link.isSuccess && text.linkCopied(format.dateTime(link.data.expiresAt))}
        {link.isError && link.error.message}
      </p>
    </div>
  );
}
