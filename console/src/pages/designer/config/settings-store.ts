import type { DesignedWorkflow, WorkflowSettings, WorkflowTag } from "../designed-workflow.ts";

/** The settings of the open workflow as they are to be saved, beside those that are saved. */
export class SettingsStore {
  #saved: WorkflowSettings;
  #settings: WorkflowSettings;
  readonly #listeners = new Set<() => void>();

  constructor(workflow: DesignedWorkflow) {
    this.#saved = settingsOf(workflow);
    this.#settings = this.#saved;
  }

  get settings(): WorkflowSettings {
    return this.#settings;
  }

  /** As the server has them; of a new workflow, what it began with. */
  get saved(): WorkflowSettings {
    return this.#saved;
  }

  change(change: Partial<WorkflowSettings>): void {
    this.#settings = { ...this.#settings, ...change };
    this.#tell();
  }

  /** The server's tags were read: they are not a change of ours. */
  readTags(tags: readonly WorkflowTag[]): void {
    if (this.#saved.tags !== undefined) return;
    this.#saved = { ...this.#saved, tags };
    if (this.#settings.tags === undefined) this.#settings = { ...this.#settings, tags };
    this.#tell();
  }

  /** They have been saved as they are now. */
  markSaved(settings: WorkflowSettings = this.#settings): void {
    this.#saved = settings;
    this.#tell();
  }

  /** Whether there is something to save. */
  get isChanged(): boolean {
    return JSON.stringify(this.#settings) !== JSON.stringify(this.#saved);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/**
 * The part of CreateStateMachine's and UpdateStateMachine's input that the settings are, without name, type and tags. `defaultRole`
 * is for a new workflow that nobody has chosen a role for (`useDefaultRole`).
 */
export function settingsInput(
  { roleArn, logging, tracing }: WorkflowSettings,
  defaultRole: string,
) {
  const { level, includeExecutionData, logGroupArn } = logging;
  const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn } }];
  return {
    roleArn: roleArn === "" ? defaultRole : roleArn,
    loggingConfiguration: {
      level,
      includeExecutionData,
      ...(logGroupArn !== "" && { destinations }),
    },
    tracingConfiguration: { enabled: tracing },
  };
}

function settingsOf({ machine, suggestedName = "", type }: DesignedWorkflow): WorkflowSettings {
  const logging = machine?.loggingConfiguration;
  const [destination] = logging?.destinations ?? [];
  return {
    name: machine?.name ?? suggestedName,
    type,
    roleArn: machine?.roleArn ?? "",
    logging: {
      level: logging?.level ?? "OFF",
      includeExecutionData: logging?.includeExecutionData ?? false,
      logGroupArn: destination?.cloudWatchLogsLogGroup?.logGroupArn ?? "",
    },
    tracing: machine?.tracingConfiguration?.enabled ?? false,
    ...(machine === undefined && { tags: [] }),
  };
}
