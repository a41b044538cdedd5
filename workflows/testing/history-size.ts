import proto from '@temporalio/proto';
import type { WorkflowHandle } from '@temporalio/client';

const { EventType } = proto.temporal.api.enums.v1;
const { History } = proto.temporal.api.history.v1;

/** What a history costs. */
export interface HistorySize {
  events: number;
  /** as the server keeps it, sealed payloads included */
  kilobytes: number;
  /** the most that one act, and one due moment, left behind */
  perStep: number;
  perMoment: number;
}

/** Each wake-up begins with what caused it, a fired timer or the task for an Update; each of its commits leaves a marker. */
export function sizeOfHistory(history: Awaited<ReturnType<WorkflowHandle['fetchHistory']>>): HistorySize {
  const types = (history.events ?? []).map(({ eventType }) => EventType[eventType!].replace('EVENT_TYPE_', ''));
  const wakes: string[][] = [[]];
  for (const type of types) {
    const isCause =
      type === 'TIMER_FIRED' || (type === 'WORKFLOW_TASK_SCHEDULED' && !CAUSES.has(wakes.at(-1)!.at(-1)!));
    if (isCause) wakes.push([]);
    wakes.at(-1)!.push(type);
  }
  const most = (chosen: string[][]): number =>
    Math.max(0, ...chosen.map((wake) => wake.length / Math.max(1, count(wake, 'MARKER_RECORDED'))));
  return {
    events: types.length,
    kilobytes: Math.ceil(History.encode(history).finish().length / 1024),
    perStep: most(wakes.filter((wake) => count(wake, 'WORKFLOW_EXECUTION_UPDATE_ACCEPTED') > 0)),
    perMoment: most(wakes.filter(([first]) => first === 'TIMER_FIRED')),
  };
}

const CAUSES = new Set(['TIMER_FIRED', 'WORKFLOW_EXECUTION_STARTED']);
const count = (wake: string[], type: string): number => wake.filter((each) => each === type).length;
