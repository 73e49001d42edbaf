import { useState } from "react";
import type { PickedResource } from "../../../../../../src/console/view-types.ts";
import { PickInput } from "../fields/pick-input.tsx";
import { useResources } from "./use-actions.ts";

/** An ARN, URL or name of something that is here, or any text. */
export function ResourceInput({
  label,
  kind,
  value,
  onChange,
}: {
  readonly label: string;
  readonly kind: PickedResource;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const [sought, setSought] = useState("");
  const found = useResources(kind, sought.startsWith("arn:") ? "" : sought);
  const rows = found.data?.rows ?? [];
  return (
    <PickInput
      label={label}
      value={value}
      onChange={onChange}
      // Only where not all are told is there more to look for.
      onType={(text) => found.data?.isMore === true && setSought(text)}
      options={rows.map((row) => ({ id: row.value, label: row.name }))}
    />
  );
}
