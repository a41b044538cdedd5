import { instantMs } from '../civil/instant.js';
import { countBack, workingDaysBetween } from '../calendar/counting.js';
import type { Span } from '../definition/definition.js';
import {
  capacitiesIn,
  FANNED_OUT,
  isInspectionFounded,
  actsLike,
  verbOf,
  WRONG_RECIPIENT,
  type PossibleAct,
} from './acts.js';
import type { ActDates, Command, CommandBody } from './commands.js';
import { noSuchFact } from './corrections.js';
import { deadlineOf } from './deadline.js';
import { lengthen } from './extension-time.js';
import { isReadBy } from './duties.js';
import { checkHands } from './hands.js';
import { concernOf } from './step-of.js';
import { checkAcceptance, checkTransfer } from './transfer-check.js';
import { campaignCheck } from './campaign-checks.js';
import { isEntered, progressOf, type Progress, type StepProgress } from './progress.js';
import { no, type Refusal } from './refusals.js';
import type { CaseState, Deadline } from './state.js';
import { addSeconds, dayOf, isAfterDue, isMoment, startOf } from './when.js';

type No = Refusal | null;

/** Why this command cannot be accepted now; null when it can. */
export function check(state: CaseState, command: Command, dates: ActDates): No {
  const progress = progressOf(state);
  return (
    checkStep(progress, command) ??
    checkRight(progress, command, dates) ??
    checkContent(progress, command, dates) ??
    checkHands(progress, command)
  );
}

/** First what is wrong with the step, so that the answer names the cause and not merely the missing right. */
function checkStep(progress: Progress, command: Command): No {
  if (!('step' in command) || command.step === undefined) return null;
  const entry = progress.steps.get(command.step);
  if (!entry) return no('STEP_UNKNOWN', { step: command.step });
  // What a debtor says of its lateness may be said later than the act, and after the end.
  if (command.type === 'explainDelay') return null;
  if (progress.state.ended) return no('CASE_ENDED', { how: progress.state.ended });
  if (entry.turn === 'nobody' || !isEntered(progress, entry)) return no('STEP_NOT_OPEN', { step: command.step });
  if (command.type === 'submitStep') {
    if (!entry.step.review) return no('STEP_NEEDS_SUBMISSION', { step: command.step, takes: 'completeStep' });
    return entry.turn === 'debtor' ? null : no('STEP_NOT_OPEN', { step: command.step });
  }
  if (command.type === 'completeStep' || command.type === 'returnStep') return checkOutcome(entry, command);
  return null;
}

function checkOutcome(entry: StepProgress, command: Extract<CommandBody, { type: 'completeStep' | 'returnStep' }>): No {
  if (entry.step.per === 'measure') return no('SCOPE', { takes: 'judgeMeasure' });
  if (entry.step.per === 'extension') return no('SCOPE', { takes: 'decideExtension' });
  if (entry.step.review && entry.turn === 'debtor') return no('STEP_NOT_SUBMITTED', { step: entry.key });
  const outcome = entry.step.outcomes[command.outcome];
  if (!outcome) return no('OUTCOME_UNKNOWN', { step: entry.key, outcome: command.outcome });
  if ((outcome.effect === 'returns') === (command.type === 'returnStep')) return null;
  return no(outcome.effect === 'returns' ? 'OUTCOME_IS_A_RETURN' : 'OUTCOME_NOT_A_RETURN', {
    outcome: command.outcome,
  });
}

function checkRight(progress: Progress, command: Command, dates: ActDates): No {
  const { capacity, unit } = command.envelope;
  if (capacity === 'engine')
    return command.type === 'completeLaunch' || FANNED_OUT.includes(command.type)
      ? null
      : no('NOT_ALLOWED', { capacity });
  const acts = actsLike(progress, command).filter((act) => concerns(act, command));
  const units = unit === undefined ? undefined : [unit];
  if (acts.some((act) => capacitiesIn(act, [capacity], units).length > 0)) return null;
  if (acts.length > 0) return no('NOT_ALLOWED', { capacity, type: command.type });
  return whyImpossible(progress, command, dates);
}

function concerns(act: PossibleAct, command: Command): boolean {
  if (command.type === 'judgeMeasure')
    return act.step?.endsWith(`/${command.measure}`) === true && act.outcomes?.includes(command.outcome) === true;
  if (command.type === 'decideExtension') return act.step?.endsWith(`/${command.request}`) === true;
  if ('step' in command && command.step !== undefined && act.step !== command.step) return false;
  return !('outcome' in command) || act.outcomes === undefined || act.outcomes.includes(command.outcome);
}

/** No office at all could do it now: say what stands in the way. */
function whyImpossible(progress: Progress, command: Command, dates: ActDates): Refusal {
  const { state } = progress;
  switch (command.type) {
    case 'requestExtension': {
      const asked = [...progress.extensions.values()].filter(({ step }) => step === command.step);
      if (asked.some(({ decided }) => !decided)) return no('EXTENSION_PENDING', { step: command.step });
      return no(asked.length > 0 ? 'EXTENSION_USED' : 'EXTENSION_NOT_POSSIBLE', { step: command.step });
    }
    case 'decideExtension':
      return no('EXTENSION_UNKNOWN', { request: command.request });
    case 'judgeMeasure':
      return judgeRefusal(progress, command.measure, command.outcome);
    case 'explainDelay':
      return no('NOT_LATE', { step: command.step });
    case 'suspend':
      if (!state.ended) return no('ALREADY_SUSPENDED');
      break;
    case 'resume':
      if (!state.ended) return no('NOT_SUSPENDED');
      break;
    default:
      break;
  }
  if (state.ended) return no('CASE_ENDED', { how: state.ended });
  const isKnown = state.procedure.acts[command.type] !== undefined;
  const missing = isKnown ? checkContent(progress, command, dates) : null;
  if (missing) return missing;
  return no(isKnown ? 'SCOPE' : 'NOT_ALLOWED', {
    type: command.type,
    capacity: command.envelope.capacity,
  });
}

function judgeRefusal(progress: Progress, measure: string, outcome: string): Refusal {
  const entry = [...progress.steps.values()].find((each) => each.step.per === 'measure' && each.item === measure);
  if (!entry) return no('MEASURE_UNKNOWN', { measure });
  if (!entry.step.outcomes[outcome]) return no('OUTCOME_UNKNOWN', { step: entry.key, outcome });
  if (entry.turn === 'nobody') return no('STEP_NOT_OPEN', { step: entry.key });
  return verbOf(entry.step, false) === 'judgeMeasure' && entry.turn === 'debtor'
    ? no('STEP_NOT_SUBMITTED', { step: entry.key })
    : no('STEP_NOT_OPEN', { step: entry.key });
}

function checkContent(progress: Progress, command: Command, dates: ActDates): No {
  switch (command.type) {
    case 'submitStep':
    case 'completeStep':
      return (
        checkNotice(progress, command) ?? checkActDates(progress, progress.steps.get(command.step)!, command, dates)
      );
    case 'requestExtension':
      if (progress.extensions.has(command.request)) return no('ID_TAKEN', { id: command.request });
      return checkLength(progress, progress.steps.get(command.step)!, command.span);
    case 'decideExtension': {
      if (!command.granted) return null;
      const extension = progress.extensions.get(command.request)!;
      const span = command.span ?? extension.span;
      if (!span) return no('EXTENSION_NOT_POSSIBLE', { request: command.request });
      return checkLength(progress, progress.steps.get(extension.step)!, span);
    }
    case 'recordFinding':
      return hasFinding(progress, command.finding) ? no('ID_TAKEN', { id: command.finding }) : null;
    case 'recordMeasure': {
      if (progress.measures.has(command.measure)) return no('ID_TAKEN', { id: command.measure });
      const unknown = command.findings.find((finding) => !hasFinding(progress, finding));
      return unknown === undefined ? null : no('FINDING_UNKNOWN', { finding: unknown });
    }
    case 'contest':
      return checkContest(progress, command);
    case 'answerContest': {
      const asked = progress.facts.filter(
        (fact) => fact.type === 'contested' && fact.data.entry === command.entry,
      ).length;
      const answered = progress.facts.filter(
        (fact) => fact.type === 'contestAnswered' && fact.data.entry === command.entry,
      ).length;
      return asked > answered ? null : no('NOT_CONTESTED', { entry: command.entry });
    }
    case 'answerWrongRecipient':
      return mayAnswer(progress, command.entry) ? null : no('NOTHING_TO_ANSWER');
    case 'recallDelivery':
      return [...progress.steps.values()].some(({ met }) => met?.seq === command.entry)
        ? null
        : no('NOTHING_TO_RECALL', { entry: command.entry });
    case 'acceptTransfer':
      return checkAcceptance(progress, command);
    case 'transferUnit':
      return checkTransfer(progress, command);
    case 'recordInspection':
      if (!isInspectionFounded(progress)) return no('INSPECTION_NOT_FOUNDED');
      return command.number === undefined && !command.keptOutside ? no('PAPER_MISSING') : null;
    case 'issueInspection':
      return progress.facts.some((fact) => fact.type === 'inspectionRecorded') ? null : no('INSPECTION_UNKNOWN');
    default:
      return campaignCheck(progress, command);
  }
}

const hasFinding = (progress: Progress, finding: string): boolean =>
  progress.facts.some((fact) => fact.type === 'findingRecorded' && fact.data.finding === finding);

/** An entry about another unit's duty is not there for this one. */
function checkContest(progress: Progress, { entry, envelope }: Extract<Command, { type: 'contest' }>): No {
  const fact = progress.state.facts.find(({ seq }) => seq === entry);
  if (!fact) return noSuchFact(progress.state, entry);
  const step = progress.steps.get(concernOf(progress, fact) ?? '');
  return !step || !envelope.unit || isReadBy(progress, step, [envelope.unit]) ? null : no('ENTRY_UNKNOWN', { entry });
}

function mayAnswer(progress: Progress, entry: number | undefined): boolean {
  if (entry === undefined)
    return progress.facts.some((fact) => fact.type === 'stepReturned' && fact.data.outcome === WRONG_RECIPIENT);
  return progress.facts.some(
    (fact) => fact.type === 'paperRecorded' && fact.seq === entry && (fact.data.blocks?.length ?? 0) > 0,
  );
}

/**
 * A notice that names the wrong body, plan or signer is not issued until a person has said what it is (design §4.12).
 * `corrected` promises another paper, so it does not open the way; a past notice is recorded as it is.
 */
function checkNotice(progress: Progress, command: Command): No {
  if (command.type !== 'completeStep' || progress.state.opening.historical) return null;
  const paper = progress.facts.findLast((fact) => fact.type === 'paperRecorded' && fact.data.about === command.step);
  if (paper?.type !== 'paperRecorded' || !paper.data.blocks?.length) return null;
  const answered = progress.facts.some(
    (fact) =>
      fact.type === 'wrongRecipientAnswered' && fact.data.entry === paper.seq && fact.data.answer !== 'corrected',
  );
  return answered ? null : no('NOTICE_UNANSWERED', { entry: paper.seq, codes: paper.data.blocks.join(', ') });
}

/** A step cannot be judged without the date it is judged by, and the unit must have been told in time. */
function checkActDates(progress: Progress, entry: StepProgress, command: Command, dates: ActDates): No {
  // A delivery nobody can prove is entered without its receipt: it anchors nothing (design §4.5).
  if (dates[entry.step.timely] === undefined && entry.step.timely !== 'received')
    return no('DATE_MISSING', { kind: entry.step.timely, step: entry.key });
  const { notice } = entry.step;
  const outcome = command.type === 'completeStep' ? entry.step.outcomes[command.outcome] : undefined;
  if (!notice || outcome?.effect !== 'meets' || outcome.waivesNotice) return null;
  const { document, sent } = dates;
  if (
    document === undefined ||
    sent === undefined ||
    dayOf(progress.state.calendar, sent) === dayOf(progress.state.calendar, document)
  )
    return null;
  const latest = isMoment(document)
    ? addSeconds(document, -notice.n)
    : countBack(progress.state.calendar, { n: notice.n, unit: 'wd' }, document);
  return startOf(progress.state.calendar, sent) <= startOf(progress.state.calendar, latest)
    ? null
    : no('NOTICE_TOO_SHORT', { sent, held: document, days: notice.n });
}

/** At most a share of the counted span, rounded down (design §4.8); another unit may not give a later day than that. */
function checkLength(progress: Progress, entry: StepProgress, span: Span | undefined): No {
  if (!span || !entry.step.extension) return null;
  if (!Number.isInteger(span.n) || span.n < 1) return no('EXTENSION_NOT_POSSIBLE', { step: entry.key });
  const [part, whole] = entry.step.extension.share;
  const base = deadlineOf(progress, entry);
  const full = lengthOf(progress, entry, base);
  const most: Span = { ...full, n: Math.floor((full.n * part) / whole) };
  const isTooLong =
    span.unit === most.unit
      ? span.n > most.n
      : isLater(progress, lengthen(progress, base, [span]), lengthen(progress, base, [most]));
  return isTooLong
    ? no('EXTENSION_TOO_LONG', { step: entry.key, asked: span.n, askedUnit: span.unit, most: most.n, unit: most.unit })
    : null;
}

const isLater = (progress: Progress, a: Deadline, b: Deadline): boolean =>
  a.due !== null && (b.due === null || isAfterDue(progress.state.calendar, a.due, b.due));

/** In the unit of its rule; a date from a paper is measured in working days from the day the due became known. */
function lengthOf(progress: Progress, entry: StepProgress, { due, span }: Deadline): Span {
  if (span) return span;
  const { calendar, dues } = progress.state;
  const set = dues[entry.key]?.at;
  if (due === null || set === undefined) return { n: 0, unit: 'wd' };
  if (isMoment(due)) return { n: (instantMs(due) - instantMs(set)) / 1000, unit: 's' };
  return { n: Math.max(0, workingDaysBetween(calendar, dayOf(calendar, set), due)), unit: 'wd' };
}
