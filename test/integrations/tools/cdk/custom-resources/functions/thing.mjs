// A resource of which nobody knows at once whether it is there: it is when that is asked for the second time.
export const made = ({ RequestType, PhysicalResourceId, ResourceProperties }) => {
  console.log(`onEvent ${RequestType} ${PhysicalResourceId ?? "-"}`);
  if (RequestType === "Delete") return {};
  const { Id, Size } = ResourceProperties;
  return { PhysicalResourceId: `thing-${Id}`, Data: { Size } };
};

let wasAsked = false;

export const isThere = ({ RequestType, PhysicalResourceId }) => {
  const IsComplete = RequestType === "Delete" || wasAsked;
  wasAsked = !IsComplete;
  console.log(`isComplete ${RequestType} ${PhysicalResourceId} ${IsComplete}`);
  return { IsComplete, ...(IsComplete && RequestType !== "Delete" && { Data: { Ready: "yes" } }) };
};
