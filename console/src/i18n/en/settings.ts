type Place = "AWS" | "standIn" | "local" | "nowhere" | "notInstalled";
export type Otherwise = "local functions" | "local folder" | "failure" | "nothing";

const consequences: Readonly<Record<Otherwise, string>> = {
  "local functions": "Tasks run the functions of the functions folder; others are not found.",
  "local folder": "Map Runs read and write a local folder for each bucket.",
  failure: "Tasks that call it fail.",
  nothing: "Executions are logged on this machine only.",
};

export const settings = {
  title: "Settings",
  hint: "How this server was started, and how the console is shown in this browser.",
  server: "This server",
  version: "Version",
  node: (version: string) => `Node.js ${version}`,
  endpoint: "Endpoint",
  account: "Account",
  region: "Region",
  otherRegions: (regions: string) => `also in use: ${regions}`,
  uptime: "Uptime",
  since: (at: string) => `since ${at}`,
  dataDir: "Data directory",
  days: (count: string) => `${count} days`,
  waits: "Waits",
  waitsScaled: (scale: string) => `multiplied by ${scale}; time-outs stay as they are`,
  changeHint:
    "The server reads these from its command line and stepwell.config when it starts; change them there.",
  licence: "Stepwell is open source under the Apache License 2.0.",
  storage: {
    title: "Storage and retention",
    durability: "Durability",
    durable:
      "Every commit is on the disk before anything is answered: SQLite's write-ahead log with synchronous=FULL.",
    inDatabase:
      "Every commit is in the cluster's database before anything is answered. The data directory has only what is this server's own: logs, objects, jobs.",
    inMemory: "Everything is in memory only and ends with the process.",
    size: "Data directory",
    total: "Together",
    parts: {
      database: "Database",
      writeAheadLog: "Write-ahead log",
      logs: "Logs",
      objects: "Objects (local S3)",
      other: "Other files",
    },
    retention: "Retention",
    kept: (days: string) => `Closed executions and their histories are deleted after ${days}.`,
    known: (count: string, since: string) =>
      `${count} executions are kept now; the oldest started at ${since}.`,
    tooEarly: "An estimate comes when executions have run for ten minutes.",
    perDay: "executions a day",
    bytesPerDay: "more on the disk each day",
    inTheEnd: (days: string) => `on the disk after ${days}`,
    estimated: "Estimated from all executions that are kept: if it goes on as it has so far.",
    partial:
      "Only the newest executions are known here; what all of them take on the disk cannot be estimated.",
  },
  cluster: {
    title: "Cluster",
    nodes: "Nodes of the cluster",
    thisNode: "this server",
    leaving: "leaving",
    version: (version: string) => `version ${version}`,
    share: (count: string, all: string) => `${count} of ${all} partitions`,
    lease: (left: string) => `lease: ${left} left`,
    leaseOver: "its lease has run out",
    up: "up",
    withoutOwner: (count: string) => `Partitions that no live node has: ${count}`,
    withoutOwnerHint:
      "What runs in them waits. After a node is gone, others take them within the time of a lease; if it lasts, the log of the nodes says why.",
    which: (partitions: string) => `Partitions: ${partitions}.`,
    here: "This server since it started",
    takenOver: "Partitions taken over",
    lost: "Partitions lost to others, or with its lease",
    age: "Age of what is shown here",
    unseen: "its lease has run out",
    hereHint:
      "Partitions move whenever nodes come and go; what is handed over is not lost. A loss means that the lease ran out, as when the database could not be reached in time.",
    database: "Database",
    unknown: "not known",
    databaseHint: "As it was set when this server started; a change shows after the next start.",
    risks: {
      fsync: "A power failure may lose or damage everything",
      full_page_writes: "A power failure may damage pages of the database",
      synchronous_commit: "A crash of the database may lose what was accepted last",
    },
    remedies: {
      fsync: "Set fsync = on in postgresql.conf, reload PostgreSQL, and restart the nodes.",
      full_page_writes:
        "Set full_page_writes = on in postgresql.conf and reload PostgreSQL, unless its file system never writes half a page.",
      synchronous_commit:
        "Set synchronous_commit = on for the server, or for this database or role where it is set there, and restart the nodes.",
    },
  },
  diagnostics: {
    title: "Diagnostics",
    hint: "A JSON file for whoever looks for the cause of trouble: version, limits, health, sizes and the figures of the last hour. It has no payloads, no names of workflows or executions, no paths, no addresses and no secrets.",
    download: "Download the file",
  },
  zone: "Times",
  zones: { local: "Local time", utc: "UTC" },
  limits: "Limits in force",
  limit: "Limit",
  here: "Here",
  atAws: "At AWS",
  same: "the same",
  bytes: (count: string) => `${count} bytes`,
  limitNames: {
    payloadBytes: "Input, output or parameters of a state, task or execution",
    historyEvents: "Events in the history of a Standard execution",
    inlineConcurrency: "Iterations of an inline Map at once",
    expressSeconds: "Duration of an Express execution",
    standardSeconds: "Duration of a Standard execution",
    variablesBytes: "Variables of an execution together",
    versions: "Versions of a state machine",
    aliases: "Aliases of a state machine",
  },
  targets: "Where calls go",
  targetsHint:
    "Each service is answered by the endpoint that is configured for it, else by AWS if the AWS SDK finds credentials.",
  noTargets: "This server does not tell where its calls go",
  usedFor: {
    task: "Tasks",
    "map data": "Data of Map Runs",
    logs: "Execution logs",
  },
  places: {
    AWS: "AWS",
    standIn: "Stand-in",
    local: "This machine",
    nowhere: "Nobody",
    notInstalled: "Not installed",
  },
  consequence: (place: Place, otherwise: Otherwise) => {
    if (place === "AWS") return "Calls go to AWS and may cost money.";
    if (place === "standIn") return "Calls go to the configured endpoint.";
    return consequences[otherwise];
  },
  missingPackage: (names: string) => `Install beside Stepwell what is missing: ${names}.`,
  appearance: "Appearance and keys",
  letterKeys: "Single-letter keys",
  letterKeysHint:
    "Keys such as j, n or g e. Turn them off if you dictate, or if they get in your way; Ctrl K stays.",
  browserHint: "Remembered in this browser only.",
  notices: "Third-party notices",
  noticesHint:
    "Software of others that is part of this console. elkjs is bundled unmodified; its source is at github.com/kieler/elkjs.",
} as const;
