export const live = {
  live: "Live",
  connecting: "Connecting",
  reconnecting: "Reconnecting",
  polling: "Polling",
  paused: "Paused",
  pausedNew: (count: string) => `Paused – ${count} new`,
  oldBuild: {
    title: "The server has been upgraded",
    hint: "This tab still shows the console of the version before.",
    missing: "This page is no longer there",
    missingHint: "It went with the version before, whose console this tab still shows.",
    reload: "Reload",
  },
  missing: {
    title: "This page could not be loaded",
    hint: "The server is out of reach, or it has been upgraded since this tab was opened.",
  },
};
