/** An operation of a service as a function of what the AWS SDK's client would send; the result is what it would give. */
export type MemoryOperation = (
  // Which operation takes what is the client's to say; its input has been checked against its model.
  input: never,
  call: MemoryCall,
) => object | Promise<object>;

export interface MemoryCall {
  readonly signal: AbortSignal;
}

/** The operations of a service, by the names that the API has for them: `SendMessage`. */
export type MemoryOperations = Readonly<Record<string, MemoryOperation>>;
