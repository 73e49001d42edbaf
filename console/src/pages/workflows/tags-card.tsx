import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { regionOf, server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { inputLook, Problem } from "../../parts/field.tsx";
import { workflowKeys } from "./use-workflows.ts";

interface Tags {
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
}

/** The workflow's tags, to read, to add and to take away. */
export function TagsCard({ stateMachineArn }: { readonly stateMachineArn: string }) {
  const text = useText();
  const client = useQueryClient();
  const region = regionOf(stateMachineArn);
  const queryKey = workflowKeys.tags(stateMachineArn);
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const query = useQuery({
    queryKey,
    queryFn: () =>
      server.call<Tags>("ListTagsForResource", { resourceArn: stateMachineArn }, region),
  });
  const change = useMutation({
    mutationFn: ([operation, input]: readonly [operation: string, input: object]) =>
      server.call(operation, { resourceArn: stateMachineArn, ...input }, region),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
  const add = () =>
    change.mutate(["TagResource", { tags: [{ key, value }] }], {
      onSuccess: () => {
        setKey("");
        setValue("");
      },
    });
  return (
    <Card title={text.workflows.tags}>
      <Read query={query}>
        {({ tags = [] }) =>
          tags.length === 0 ? (
            <p className="text-[13px] text-dim">{text.workflows.tagsEmpty}</p>
          ) : (
            <ul className="flex flex-col divide-y divide-line">
              {tags.map((tag) => (
                <li key={tag.key} className="flex min-w-0 items-center gap-3 py-0.5 text-[13px]">
                  <span className="w-2/5 shrink-0 font-medium break-all">{tag.key}</span>
                  <span className="min-w-0 grow break-all text-dim">{tag.value}</span>
                  <IconButton
                    label={text.workflows.removeTag(tag.key)}
                    onPress={() => change.mutate(["UntagResource", { tagKeys: [tag.key] }])}
                  >
                    <X aria-hidden size={14} />
                  </IconButton>
                </li>
              ))}
            </ul>
          )
        }
      </Read>
      <form
        className="mt-3 flex flex-wrap gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (key !== "") add();
        }}
      >
        <input
          aria-label={text.workflows.tagKey}
          placeholder={text.workflows.tagKey}
          maxLength={128}
          autoComplete="off"
          value={key}
          onChange={(event) => setKey(event.target.value)}
          className={`${inputLook} h-8 flex-1 basis-28`}
        />
        <input
          aria-label={text.workflows.tagValue}
          placeholder={text.workflows.tagValue}
          maxLength={256}
          autoComplete="off"
          value={value}
          onChange={(event) => setValue(event.target.value)}
          className={`${inputLook} h-8 flex-1 basis-28`}
        />
        <Button type="submit" isDisabled={key === "" || change.isPending}>
          <Plus aria-hidden size={14} />
          {text.workflows.addTag}
        </Button>
      </form>
      <div className="mt-2 empty:hidden">
        <Problem error={change.error} />
      </div>
    </Card>
  );
}
