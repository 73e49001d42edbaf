import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Bookmark, BookmarkCheck } from "lucide-react";
import { useMemo, useState } from "react";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { PersonDialog } from "./person-button.tsx";
import { usePerson } from "./person.ts";

/** Tells the others that somebody takes care of it. Who has not said a name is asked for it first. */
export function ClaimButton({ approval }: { readonly approval: ApprovalView }) {
  const { approvals: text } = useText();
  const client = useQueryClient();
  const person = usePerson();
  const [isAsked, setAsked] = useState(false);
  const { executionArn, taskId, claim } = approval;
  const isMine = claim !== undefined && claim.name === person;
  const { mutate, isPending, error } = useMutation({
    mutationFn: (name: string) =>
      server.claim({ executionArn, taskId, name, isReleased: claim?.name === name }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.approvals }),
  });
  useShortcuts(
    useMemo(
      () => [
        {
          keys: "c",
          label: text.keyClaim,
          group: text.keys,
          run: () => (person === "" ? setAsked(true) : mutate(person)),
        },
      ],
      [text, person, mutate],
    ),
  );
  return (
    <div className="flex flex-col items-end gap-1">
      <Button
        look="quiet"
        isDisabled={isPending}
        onPress={() => (person === "" ? setAsked(true) : mutate(person))}
      >
        {isMine ? <BookmarkCheck aria-hidden size={14} /> : <Bookmark aria-hidden size={14} />}
        {isMine ? text.release : claim === undefined ? text.claim : text.takeOver}
      </Button>
      {error !== null && (
        <p role="alert" className="max-w-64 text-right text-xs text-fail">
          {error.message}
        </p>
      )}
      <PersonDialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        onSaved={(name) => mutate(name)}
      />
    </div>
  );
}
