import type { Command, StepKey } from './commands.js';
import { openDuties, owersOf } from './duties.js';
import { offeredTo, REST, standingIn } from './owing.js';
import { isEntered, type Progress } from './progress.js';
import { no, type Refusal } from './refusals.js';

type Transfer = Extract<Command, { type: 'transferUnit' }>;
type No = Refusal | null;

/** Every open duty of the unit is given to somebody or closed, once, and everybody who is named has something to take over. */
export function checkTransfer(progress: Progress, command: Transfer): No {
  const standing = standingIn(progress.owing);
  const from = command.from ?? (standing.length === 1 ? standing[0] : undefined);
  if (from === undefined || !standing.includes(from)) return no('UNIT_NOT_STANDING', { unit: command.from ?? null });
  const open = openDuties(progress)
    .filter((entry) => owersOf(progress, entry).includes(from))
    .map(({ key }) => key);
  return (
    checkNamed(command, open) ??
    checkReceivers(command, from) ??
    checkWhole(command, open) ??
    checkClosed(progress, command)
  );
}

function checkNamed({ duties = [], closes = [] }: Transfer, open: StepKey[]): No {
  const named = [...duties.map(({ duty }) => duty), ...closes];
  const unknown = named.find((key, i) => !open.includes(key) && (key !== REST || i >= duties.length));
  if (unknown !== undefined) return no('DUTY_UNKNOWN', { duty: unknown });
  const twice = named.find((key, i) => named.indexOf(key) < i);
  return twice === undefined ? null : no('DUTY_TWICE', { duty: twice });
}

function checkReceivers({ to, duties = [] }: Transfer, from: string): No {
  const stranger = [...duties.flatMap(({ units }) => units).filter((unit) => !to.includes(unit)), ...to].find(
    (unit) => !to.includes(unit) || unit === from,
  );
  if (stranger !== undefined) return no('NOT_A_SUCCESSOR', { unit: stranger });
  const shared = duties.find(({ units, jointly }) => units.length > 1 && !jointly);
  return shared ? no('DUTY_SHARED', { duty: shared.duty }) : null;
}

function checkWhole({ to, duties = [], closes = [] }: Transfer, open: StepKey[]): No {
  const empty = duties.find(({ units }) => units.length === 0);
  const isNamed = (key: StepKey): boolean => closes.includes(key) || duties.some(({ duty }) => duty === key);
  const missing = empty?.duty ?? (to.length > 1 ? open.find((key) => !isNamed(key)) : undefined);
  if (missing !== undefined) return no('DUTY_NOT_NAMED', { duty: missing });
  const rest = duties.find(({ duty }) => duty === REST)?.units ?? to.slice(0, 1);
  const taking = [...rest, ...duties.flatMap(({ units }) => units)];
  const idle = to.find((unit) => !taking.includes(unit));
  return idle === undefined ? null : no('NOTHING_TO_TAKE_OVER', { unit: idle });
}

/** A case in which nobody would have anything to do is not transferred; it is closed as a whole. */
function checkClosed(progress: Progress, { closes = [], reason }: Transfer): No {
  if (closes.length === 0) return null;
  if (!reason) return no('REASON_MISSING');
  const goesOn = [...progress.steps.values()].some(
    (entry) => entry.turn !== 'nobody' && isEntered(progress, entry) && !closes.includes(entry.key),
  );
  return goesOn ? null : no('NOTHING_LEFT');
}

/** Each receiver takes over its own share, and nobody another's. */
export function checkAcceptance(
  progress: Progress,
  { unit, envelope, type }: Extract<Command, { type: 'acceptTransfer' }>,
): No {
  if (!offeredTo(progress.owing).includes(unit)) return no('TRANSFER_UNKNOWN', { unit });
  const { capacity, unit: own } = envelope;
  return own === undefined || own === unit ? null : no('NOT_ALLOWED', { capacity, type });
}
