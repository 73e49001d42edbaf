/** What belongs to the workflow and not to a state. */
export function ConfigPane() {
  return <div className="p-4" />;
}
