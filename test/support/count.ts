/**
 * A number given on the command line of a script.
 * @throws Error naming the option, when it is none or not above zero
 */
export function count(option: string, given: string): number {
  const n = Number(given);
  if (given.trim() === '' || !Number.isFinite(n) || n <= 0) throw new Error(`${option} ${given}: a number above 0`);
  return n;
}
