import type { Migration } from "../schema.ts";

/**
 * The first schema. What belongs to a partition begins with it, in tables and in keys, so that an engine that spreads
 * tables over machines can spread them by it. There is nothing that gives out numbers: an execution's id is the position of
 * the commit that started it, and its place in it.
 */
export const initial: Migration = {
  version: 1,
  statements: [
    // Who may write: the last epoch given out, whether its owner still has it, and which node that is.
    `CREATE TABLE @partitions (
      part integer NOT NULL PRIMARY KEY,
      epoch bigint NOT NULL,
      owned boolean NOT NULL,
      node_id text COLLATE "C"
    )`,
    // Every epoch with the highest position of the log when it was given out.
    `CREATE TABLE @epochs (
      part integer NOT NULL,
      epoch bigint NOT NULL,
      base bigint NOT NULL,
      PRIMARY KEY (part, epoch)
    )`,
    // A row for each commit; and for each that is refused for ever, because it was asked about before it came.
    `CREATE TABLE @commit_log (
      part integer NOT NULL,
      position bigint NOT NULL,
      epoch bigint NOT NULL,
      refused boolean NOT NULL,
      at timestamptz NOT NULL,
      PRIMARY KEY (part, position)
    )`,

    // The ARNs of state machines and Map Runs, and what the ARNs of executions begin with, by their keys.
    `CREATE TABLE @arns (
      key bigint NOT NULL PRIMARY KEY,
      arn text COLLATE "C" NOT NULL
    )`,

    `CREATE TABLE @executions (
      -- Wide columns first: nothing is lost between them.
      id bigint NOT NULL,
      machine bigint NOT NULL,
      arn_prefix bigint NOT NULL,
      start_date bigint NOT NULL,
      stop_date bigint,
      wake_at bigint,
      part integer NOT NULL,
      status smallint NOT NULL,
      parked boolean NOT NULL,
      -- Whether it has ended, and nothing of it is in the table of journals any more.
      packed boolean NOT NULL DEFAULT false,
      arn_name text COLLATE "C" NOT NULL,
      revision_id text NOT NULL,
      -- Null where it is what the ARN ends with.
      name text,
      redrive_count integer,
      redrive_date bigint,
      map_run bigint,
      map_run_index bigint,
      item_count bigint,
      version bigint,
      alias bigint,
      -- JSON of the members that few executions have.
      extra text,
      PRIMARY KEY (part, id),
      CONSTRAINT executions_arn UNIQUE (part, arn_prefix, arn_name)
    )`,
    // Serves the listing of one status, and by merging five of them the listing of all.
    `CREATE INDEX executions_listed ON @executions (machine, status, start_date, id, part)`,
    `CREATE INDEX executions_of_version ON @executions (version, status, start_date, id, part)
      WHERE version IS NOT NULL`,
    `CREATE INDEX executions_of_alias ON @executions (alias, status, start_date, id, part)
      WHERE alias IS NOT NULL`,
    `CREATE INDEX executions_resident ON @executions (part, id) WHERE status = 0 AND NOT parked`,
    `CREATE INDEX executions_sleeping ON @executions (part, wake_at, id) WHERE wake_at IS NOT NULL`,
    // What has ended is in one of these two. The first is what a commit writes, and has little in it.
    `CREATE INDEX executions_unpacked ON @executions (part, stop_date)
      WHERE stop_date IS NOT NULL AND NOT packed`,
    `CREATE INDEX executions_packed ON @executions (stop_date) WHERE packed`,
    `CREATE INDEX executions_children ON @executions (map_run, map_run_index) WHERE map_run IS NOT NULL`,

    // Its order is that of the commits and of the places in them.
    `CREATE TABLE @journal (
      part integer NOT NULL,
      execution bigint NOT NULL,
      ordinal bigint NOT NULL,
      first_event_id bigint NOT NULL,
      last_event_id bigint NOT NULL,
      data text NOT NULL,
      PRIMARY KEY (part, execution, ordinal)
    )`,
    // Journals of executions that have ended, in blocks. What is in the other table of the same execution comes after them.
    `CREATE TABLE @packed_journals (
      execution bigint NOT NULL,
      -- That of its last chunk.
      ordinal bigint NOT NULL,
      part integer NOT NULL,
      first_event_id integer NOT NULL,
      last_event_id integer NOT NULL,
      -- Those that have public events.
      chunks integer NOT NULL,
      data bytea NOT NULL,
      PRIMARY KEY (part, execution, ordinal)
    )`,

    `CREATE TABLE @activity_tasks (
      part integer NOT NULL,
      execution bigint NOT NULL,
      task_id bigint NOT NULL,
      activity_arn text COLLATE "C" NOT NULL,
      added_at timestamptz NOT NULL,
      -- Odd where the task was taken out in the same commit before.
      ordinal bigint NOT NULL,
      PRIMARY KEY (part, execution, task_id)
    )`,
    `CREATE INDEX activity_tasks_queue ON @activity_tasks (activity_arn, added_at, ordinal, part)`,

    // In the partition of who is to be told.
    `CREATE TABLE @messages (
      part integer NOT NULL,
      id text COLLATE "C" NOT NULL,
      recipient text NOT NULL,
      body text NOT NULL,
      sent_at timestamptz NOT NULL,
      ordinal bigint NOT NULL,
      PRIMARY KEY (part, id)
    )`,
    `CREATE INDEX messages_waiting ON @messages (part, sent_at, ordinal)`,

    `CREATE TABLE @map_runs (
      part integer NOT NULL,
      map_run_arn text COLLATE "C" NOT NULL,
      execution_arn text COLLATE "C" NOT NULL,
      running boolean NOT NULL,
      -- When it was first put, in microseconds.
      ordinal bigint NOT NULL,
      -- JSON of the record.
      record text NOT NULL,
      PRIMARY KEY (part, map_run_arn)
    )`,
    `CREATE INDEX map_runs_by_arn ON @map_runs (map_run_arn)`,
    `CREATE INDEX map_runs_of_execution ON @map_runs (part, execution_arn, ordinal)`,
    `CREATE INDEX map_runs_running ON @map_runs (part, ordinal) WHERE running`,

    `CREATE TABLE @state_machines (
      arn text COLLATE "C" NOT NULL PRIMARY KEY,
      name text NOT NULL,
      type text NOT NULL,
      status text NOT NULL,
      created_at bigint NOT NULL,
      revision_id text NOT NULL,
      last_version bigint NOT NULL,
      -- JSON of what the create published it as.
      published text,
      tags text NOT NULL
    )`,
    `CREATE TABLE @revisions (
      state_machine_arn text COLLATE "C" NOT NULL,
      revision_id text COLLATE "C" NOT NULL,
      initial boolean NOT NULL,
      created_at bigint NOT NULL,
      definition text NOT NULL,
      role_arn text NOT NULL,
      logging_configuration text,
      tracing_configuration text,
      encryption_configuration text,
      CONSTRAINT revisions_key PRIMARY KEY (state_machine_arn, revision_id)
    )`,
    `CREATE TABLE @versions (
      state_machine_arn text COLLATE "C" NOT NULL,
      version bigint NOT NULL,
      revision_id text NOT NULL,
      created_at bigint NOT NULL,
      description text,
      CONSTRAINT versions_key PRIMARY KEY (state_machine_arn, version)
    )`,
    `CREATE TABLE @aliases (
      state_machine_arn text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      description text,
      -- JSON, as the port has it.
      routes text NOT NULL,
      created_at bigint NOT NULL,
      updated_at bigint NOT NULL,
      PRIMARY KEY (state_machine_arn, name)
    )`,
    `CREATE TABLE @activities (
      arn text COLLATE "C" NOT NULL PRIMARY KEY,
      name text NOT NULL,
      created_at bigint NOT NULL,
      encryption_configuration text,
      tags text NOT NULL
    )`,

    `CREATE TABLE @nodes (
      node_id text COLLATE "C" NOT NULL PRIMARY KEY,
      url text NOT NULL,
      version text NOT NULL,
      is_leaving boolean NOT NULL,
      started_at bigint NOT NULL,
      lease_until timestamptz NOT NULL
    )`,
    `CREATE TABLE @locks (
      name text COLLATE "C" NOT NULL PRIMARY KEY,
      holder text COLLATE "C" NOT NULL,
      until timestamptz NOT NULL
    )`,
    `CREATE TABLE @calls (
      part integer NOT NULL,
      id text COLLATE "C" NOT NULL,
      request text NOT NULL,
      answer text,
      posted_at timestamptz NOT NULL,
      PRIMARY KEY (part, id)
    )`,
    `CREATE INDEX calls_waiting ON @calls (part, posted_at) WHERE answer IS NULL`,
  ],
};
