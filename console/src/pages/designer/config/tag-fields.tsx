import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useEffect, useState } from "react";
import { regionOf, server } from "../../../api/client.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Button, IconButton } from "../../../parts/button.tsx";
import { inputLook, Problem } from "../../../parts/field.tsx";
import { workflowKeys } from "../../workflows/use-workflows.ts";
import type { WorkflowTag } from "../designed-workflow.ts";
import { useDesigner, useWorkflowSettings } from "../use-designer.ts";

/** Documented: TagResource, the longest key and value, and how many tags there may be. */
const longestKey = 128;
const longestValue = 256;
const mostTags = 50;

/** The tags as they are to be saved. */
export function TagFields() {
  const { config } = useDesignerText().code;
  const { settings } = useDesigner();
  const { tags } = useWorkflowSettings();
  const error = useSavedTags();
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const isTaken = tags?.some((tag) => tag.key === key) === true;
  const canAdd = key !== "" && !isTaken && tags !== undefined && tags.length < mostTags;
  const add = () => {
    if (!canAdd) return;
    settings.change({ tags: [...tags, { key, value }] });
    setKey("");
    setValue("");
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-[13px] font-semibold">{config.tags}</legend>
      <Problem error={error} />
      {tags?.length === 0 && <p className="text-[13px] text-dim">{config.noTags}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {tags?.map((tag) => (
          <li key={tag.key} className="flex min-w-0 items-center gap-3 py-0.5 text-[13px]">
            <span className="w-2/5 shrink-0 font-medium break-all">{tag.key}</span>
            <span className="min-w-0 grow break-all text-dim">{tag.value}</span>
            <IconButton
              label={config.removeTag(tag.key)}
              className="shrink-0"
              onPress={() => settings.change({ tags: tags.filter((each) => each !== tag) })}
            >
              <X aria-hidden size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
      <form
        className="mt-2 flex flex-wrap gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input
          aria-label={config.tagKey}
          aria-invalid={isTaken}
          placeholder={config.tagKey}
          maxLength={longestKey}
          autoComplete="off"
          value={key}
          onChange={(event) => setKey(event.target.value)}
          className={`${inputLook} h-8 flex-1 basis-28`}
        />
        <input
          aria-label={config.tagValue}
          placeholder={config.tagValue}
          maxLength={longestValue}
          autoComplete="off"
          value={value}
          onChange={(event) => setValue(event.target.value)}
          className={`${inputLook} h-8 flex-1 basis-28`}
        />
        <Button type="submit" isDisabled={!canAdd}>
          <Plus aria-hidden size={14} />
          {config.addTag}
        </Button>
      </form>
      {isTaken && <p className="mt-1 text-xs text-fail">{config.tagTaken}</p>}
    </fieldset>
  );
}

/** Reads the tags that a saved workflow has, once. */
function useSavedTags(): Error | null {
  const { settings, workflow } = useDesigner();
  const arn = workflow.machine?.stateMachineArn;
  const query = useQuery({
    queryKey: workflowKeys.tags(arn ?? ""),
    queryFn: () =>
      server.call<{ readonly tags?: readonly WorkflowTag[] }>(
        "ListTagsForResource",
        { resourceArn: arn },
        regionOf(arn ?? ""),
      ),
    enabled: arn !== undefined,
  });
  useEffect(() => {
    if (query.data !== undefined) settings.readTags(query.data.tags ?? []);
  }, [query.data, settings]);
  return query.error;
}
