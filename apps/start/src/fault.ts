/** A trouble a person can act on: one sentence that says what is wrong and what to do. Anything else thrown is a defect of ours. */
export class Fault extends Error {
  override name = 'Fault';
}
