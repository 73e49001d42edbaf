import { useMutation, useQueryClient } from "@tanstack/react-query";
import { keys } from "../../api/keys.ts";

/** Changes something of a trigger; whatever is shown of triggers is read again. */
export function useTriggerChange<V = void, T = unknown>(
  change: (given: V) => Promise<T>,
  onDone?: (answer: T) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    async onSuccess(answer: T) {
      onDone?.(answer);
      await client.invalidateQueries({ queryKey: keys.triggers });
    },
  });
}
