export const graph = {
  name: "Graph of the workflow; arrow keys lead from state to state",
  start: "Start",
  end: "End",
  otherwise: "otherwise",
  callback: "waits for callback",
  zoomIn: "Zoom in (+)",
  zoomOut: "Zoom out (−)",
  fit: "Show all of it (F)",
  changes: { added: "Added", removed: "Removed", changed: "Changed" },
} as const;
