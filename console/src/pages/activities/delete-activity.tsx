import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ActivityRow } from "../../../../src/console/view-types.ts";
import { regionOf, server } from "../../api/client.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { activitiesKey } from "./activities-api.ts";
import { Trouble } from "./trouble.tsx";

export function DeleteActivity({
  activity,
  onClose,
}: {
  readonly activity: ActivityRow | undefined;
  readonly onClose: () => void;
}) {
  const { activities: text } = useText();
  return (
    <Dialog title={text.deleteTitle} isOpen={activity !== undefined} onClose={onClose}>
      {activity !== undefined && <Confirmation activity={activity} onClose={onClose} />}
    </Dialog>
  );
}

function Confirmation({
  activity: { activityArn, name, queued },
  onClose,
}: {
  readonly activity: ActivityRow;
  readonly onClose: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => server.call("DeleteActivity", { activityArn }, regionOf(activityArn)),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: activitiesKey });
      onClose();
    },
  });
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="font-semibold break-words">{name}</p>
        <p className="font-mono text-xs break-all text-dim">{activityArn}</p>
      </div>
      <p>{text.activities.deleteText}</p>
      {queued > 0 && (
        <p className="font-medium text-wait">
          {text.activities.deleteQueued(format.number(queued))}
        </p>
      )}
      {remove.isError && <Trouble title={text.activities.notDeleted} error={remove.error} />}
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>{text.app.cancel}</Button>
        <Button look="danger" isDisabled={remove.isPending} onPress={() => remove.mutate()}>
          {remove.isPending ? text.activities.deleting : text.activities.delete}
        </Button>
      </div>
    </div>
  );
}
