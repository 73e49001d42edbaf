import { useMutation } from "@tanstack/react-query";
import { server } from "../../api/client.ts";
import { useState } from "react";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import { inputOf } from "./recent-inputs.ts";

/** Takes the input of any execution, by its ARN or, if it is of this workflow, by its name. */
export function InputOfExecution({
  stateMachineArn,
  onChoose,
}: {
  readonly stateMachineArn: string;
  readonly onChoose: (input: string) => void;
}) {
  const { startMany: text } = useText();
  const [named, setNamed] = useState("");
  const read = useMutation({
    mutationFn: async () => {
      const name = named.trim();
      const arn = name.startsWith("arn:")
        ? name
        : `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;
      // The history has it of Express executions, too.
      const { events } = await server.events(arn, { limit: 1, data: true });
      const input = inputOf(events[0]?.["executionStartedEventDetails"]);
      if (input === undefined) throw new Error(text.fromNone);
      return input;
    },
    onSuccess: onChoose,
  });
  const take = () => named.trim() !== "" && !read.isPending && read.mutate();
  return (
    <div className="min-w-0">
      <Field label={text.from} hint={text.fromHint}>
        {(ids) => (
          <div className="flex gap-2">
            <input
              {...ids}
              spellCheck={false}
              autoComplete="off"
              value={named}
              onChange={(event) => setNamed(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                // It is part of a form that starts an execution.
                event.preventDefault();
                take();
              }}
              className={`${inputLook} h-8`}
            />
            <Button isDisabled={named.trim() === "" || read.isPending} onPress={take}>
              {text.fromUse}
            </Button>
          </div>
        )}
      </Field>
      <div className="mt-2 empty:hidden">
        <Problem error={read.error} />
      </div>
    </div>
  );
}
