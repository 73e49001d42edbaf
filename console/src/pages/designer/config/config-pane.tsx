import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Card } from "../../../parts/layout.tsx";
import { useDesigner, useWorkflowSettings } from "../use-designer.ts";
import { DefinitionFields } from "./definition-fields.tsx";
import { LoggingFields } from "./logging-fields.tsx";
import { NameAndType } from "./name-and-type.tsx";
import { RoleField } from "./role-field.tsx";
import { TagFields } from "./tag-fields.tsx";

/** What belongs to the workflow and not to a state: members of the text, and what is saved beside it. */
export function ConfigPane() {
  const { config } = useDesignerText().code;
  const { settings } = useDesigner();
  useWorkflowSettings();
  return (
    <div className="h-full w-full overflow-y-auto bg-bg p-4">
      <h2 className="sr-only">{config.title}</h2>
      <div className="mx-auto grid max-w-5xl gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <NameAndType />
          <DefinitionFields />
        </div>
        <Card
          title={config.beside}
          aside={
            settings.isChanged && (
              <span role="status" className="text-xs text-wait">
                {config.changed}
              </span>
            )
          }
        >
          <p className="mb-3 text-xs text-dim">{config.besideHint}</p>
          <div className="flex flex-col gap-5">
            <RoleField />
            <LoggingFields />
            <TagFields />
          </div>
        </Card>
      </div>
    </div>
  );
}
