export const page = {
  designer: "Designer",
  newWorkflow: "New workflow",
  mode: "View",
  modes: { design: "Design", code: "Code", split: "Split", config: "Config" },
  undo: "Undo",
  redo: "Redo",
  keys: "Designer",
  stale:
    "The text cannot be read at the moment: this is the graph of before. Mend the text, or undo.",
  palette: "Palette",
  inspector: "Inspector",
  refused: "That cannot be done",
  done: (edit: string) => `Done: ${edit}`,
};
