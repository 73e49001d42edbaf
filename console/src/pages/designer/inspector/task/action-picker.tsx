import { useState } from "react";
import type { ActionCatalogue } from "../../../../../../src/console/view-types.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { PickInput, type PickOption } from "../fields/pick-input.tsx";
import { useSdkService, useSdkServices } from "./use-actions.ts";

/** What is called: an action of the catalogue, an operation of the AWS SDK (`aws-sdk:…`), or an ARN. */
export function ActionPicker({
  catalogue,
  value,
  onChange,
}: {
  readonly catalogue: ActionCatalogue;
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  const { inspector: text } = useDesignerText();
  const [typed, setTyped] = useState("");
  const options = useOptions(catalogue, typed);
  return (
    <PickInput
      label={text.action}
      value={value}
      options={options}
      onType={setTyped}
      onChange={(id) => {
        // A service alone is the beginning of a name.
        if (/^aws-sdk:\w*:?$/.test(id)) setTyped(id);
        else onChange(id);
      }}
    />
  );
}

function useOptions(catalogue: ActionCatalogue, typed: string): readonly PickOption[] {
  const { inspector: text } = useDesignerText();
  const [, service] = /^aws-sdk:(\w+):/.exec(typed) ?? [];
  const services = useSdkServices(typed.startsWith("aws-sdk"));
  const operations = useSdkService(service);
  const known = catalogue.services.flatMap(({ title, actions }) =>
    actions.map((action) => ({
      id: action.id,
      label: `${title} · ${action.apiName}`,
      detail: action.id,
    })),
  );
  if (service !== undefined && operations.data !== undefined) {
    return operations.data.actions.map((name) => {
      const id = `aws-sdk:${service}:${name}`;
      return { id, label: name, detail: id };
    });
  }
  if (typed.startsWith("aws-sdk")) {
    return (services.data?.services ?? []).map((each) => ({
      id: `aws-sdk:${each.service}:`,
      label: each.title,
      detail: each.isInstalled ? each.service : text.notInstalled(each.packageName),
    }));
  }
  return [...known, { id: "aws-sdk:", label: text.sdkOperations, detail: "aws-sdk:…" }];
}
