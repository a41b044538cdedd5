/**
 * A trouble a person can act on: one sentence that says what is wrong and what to do, in Vietnamese and in English.
 * Anything else thrown is a defect of ours.
 */
export class Fault extends Error {
  override name = 'Fault';

  constructor(
    readonly vi: string,
    readonly en: string,
    /** Words of the program that failed, as they came. */
    readonly detail?: string,
  ) {
    super([vi, en, detail].filter(Boolean).join('\n'));
  }
}
