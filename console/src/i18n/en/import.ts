/** A history from a file, looked at without a server. */
export const imports = {
  title: "Import a history",
  hint: "Look at an execution from a file: one of AWS, of this server or of another one",
  command: "Import a history from a file",
  drop: "Drop a history here",
  dropHint:
    "The JSON that GetExecutionHistory answers, as the AWS CLI or “Export the history” saves it. It is shown with graph, timeline, data and every moment, as any execution is.",
  choose: "Choose a file",
  another: "Open another file",
  stays: "The file is read in this browser. Nothing is sent or stored.",
  fromAws: "From AWS, with the AWS CLI",
  fromHere: "From this server, with the AWS CLI",
  badge: "Imported file, read only",
  simulation: "Simulation, read only",
  simulationHint:
    "The designer ran the definition with mocks and skipped its time. It is no execution of this server.",
  close: "Close the file",
  role: "Role",
  derived:
    "A history has no definition in it. The graph shows the states that were entered; add the definition to see all of it.",
  derivedHint:
    "Made of the states that were entered. Conditions, data fields and what was never entered are missing.",
  gaps: "Events are missing: this is a part of a history.",
  unplaced: (count: string) =>
    count === "1"
      ? "1 event fits nowhere and is in the list of events only."
      : `${count} events fit nowhere and are in the list of events only.`,
  unfinished: "The execution was running when the file was saved. Times end with its newest event.",
  addDefinition: "Add the definition",
  changeDefinition: "Change the definition",
  definitionTitle: "Definition of the execution",
  definitionHint:
    "Paste the Amazon States Language definition that it ran by, or choose a file. The answer of DescribeStateMachine is fine too.",
  useDefinition: "Show with it",
  withoutDefinition: "Show without",
  faults: {
    notJson: "This is not JSON.",
    noEvents: "There are no history events in it.",
    tooMany: "It has more events than can be shown.",
    tooLarge: "It is too large to be read here.",
    noDefinition: "This is not a definition: it has no States.",
  },
} as const;
