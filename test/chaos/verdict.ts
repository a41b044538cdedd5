import { heardOf, type Divergence } from '@giamsat/audit';
import type { RowDifference, watch } from '@giamsat/database';
import type { CaseEvent } from '@giamsat/procedure';

export interface StreamRecord {
  scope: 'case' | 'campaign';
  id: string;
  events: CaseEvent[];
  /** the seq at which its workflow stands; null = it does not answer */
  stands: number | null;
  /** why it does not answer */
  silence: string | null;
  /** where ledger, history and board row disagree */
  divergences: Divergence[];
}

/** What is left when the killing is over and everything planned has had its time. */
export interface ChaosRecord {
  /** commands whose acceptance reached the person who gave them */
  acknowledged: string[];
  /** every command that was decided, by the database's word */
  commands: { id: string; outcome: 'accepted' | 'refused' }[];
  streams: StreamRecord[];
  notices: { stream: string; rung: string; office: string }[];
  /** streams whose next moment is long past */
  stuck: string[];
  rows: RowDifference[];
  heads: watch.Discrepancy[];
}

/** What must never be (issue 3 §7), one line each; empty when everything held. */
export function faultsOf(record: ChaosRecord): string[] {
  const effects = effectsOf(record.streams.flatMap(({ events }) => events));
  return [
    ...record.acknowledged.flatMap((id) => oneEffect(id, effects.get(id) ?? 0)),
    ...record.commands.flatMap(({ id, outcome }) =>
      outcome === 'refused' && effects.has(id) ? [`refused and done: ${id}`] : [],
    ),
    ...record.streams.flatMap((stream) => [...inStream(stream), ...owedIn(stream, record.notices)]),
    ...record.stuck.map((id) => `stuck: ${id}`),
    ...record.rows.map((each) => `row: ${JSON.stringify(each)}`),
    ...record.heads.map((each) => `head: ${JSON.stringify(each)}`),
  ];
}

/** How often each command of a person left its fact. */
function effectsOf(events: CaseEvent[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { by, commandId } of events) if (by !== 'engine') counts.set(commandId, (counts.get(commandId) ?? 0) + 1);
  return counts;
}

const oneEffect = (id: string, count: number): string[] =>
  count === 1 ? [] : [`acknowledged: ${id} has ${count} effects`];

/** It has heard everything; of the ends of notices after the end of its case it may have heard some. */
export const isAbreast = ({ stands, events }: Pick<StreamRecord, 'stands' | 'events'>): boolean =>
  stands !== null && stands >= (heardOf(events).at(-1)?.seq ?? 0) && stands <= events.length;

function inStream({ id, events, stands, silence, divergences }: StreamRecord): string[] {
  // By what it tells, not by the key the core has given it.
  const rungs = events.flatMap(({ type, data }) => (type === 'rungDue' ? [`${data.step} ${data.due} ${data.id}`] : []));
  const twice = rungs.filter((rung, i) => rungs.indexOf(rung) < i);
  return [
    ...twice.map((rung) => `rung twice: ${id} ${rung}`),
    ...(isAbreast({ stands, events }) ? [] : [`workflow: ${id} stands at ${stands ?? silence} of ${events.length}`]),
    ...divergences.map(({ kind, seq, detail }) => `history: ${id} ${kind} #${seq} ${detail}`),
  ];
}

/** A rung that is due owes a notice to each of its offices. */
const owedIn = ({ id, events }: StreamRecord, notices: ChaosRecord['notices']): string[] =>
  events.flatMap((event) =>
    event.type === 'rungDue'
      ? event.data.to
          .filter(
            (to) => !notices.some((each) => each.stream === id && each.rung === event.data.rung && each.office === to),
          )
          .map((to) => `not owed: ${id} ${event.data.rung} ${to}`)
      : [],
  );
