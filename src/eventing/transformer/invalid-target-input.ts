/** What a target should be given cannot be made (`ValidationException`). The words are our own where no source is named. */
export class InvalidTargetInput extends Error {
  override readonly name = "InvalidTargetInput";
}
