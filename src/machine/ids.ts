/** Milliseconds since the Unix epoch. */
export type EpochMs = number;

/** Position of an event in the public history, from 1. 0 means "none". */
export type EventId = number;

/** A line of control within an execution: 0 is the execution's own, others are numbered as they are made. */
export type BranchId = number;

/** One attempt of a task: the id of its `…Scheduled` event, which is unique within the execution. */
export type TaskId = EventId;

export const rootBranch: BranchId = 0;
