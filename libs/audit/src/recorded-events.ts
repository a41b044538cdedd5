import { unpackEvents, type CommitResult, type StreamInput } from '@giamsat/contracts/workflow';
import type { CaseEvent } from '@giamsat/procedure';
import {
  defaultPayloadConverter,
  type DataConverter,
  type Payload,
  type SerializationContext,
} from '@temporalio/common';
import type { temporal } from '@temporalio/proto';

export type History = temporal.api.history.v1.IHistory;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const LOCAL_ACTIVITY_MARKER = 'core_local_activity';

/**
 * What a history says was written: the events it started from and those that each commit returned, by seq. The ledger and
 * the histories are kept by two servers that know nothing of each other; here they meet.
 */
export async function recordedEvents(
  history: History,
  converter: DataConverter,
  context: SerializationContext,
): Promise<Map<number, CaseEvent>> {
  const recorded = new Map<number, CaseEvent>();
  for (const event of history.events ?? []) {
    const payload = inputOf(event) ?? resultOf(event);
    if (!payload) continue;
    const value = (await decode(payload, converter, context)) as Partial<StreamInput & CommitResult> | null;
    for (const each of unpackEvents(value?.events ?? [])) if (!recorded.has(each.seq)) recorded.set(each.seq, each);
  }
  return recorded;
}

const inputOf = (event: HistoryEvent): Payload | undefined =>
  event.workflowExecutionStartedEventAttributes?.input?.payloads?.[0] ?? undefined;

/** A commit is a local activity, whose result is in a marker, or an ordinary one after an outage. */
function resultOf(event: HistoryEvent): Payload | undefined {
  const marker = event.markerRecordedEventAttributes;
  if (marker?.markerName === LOCAL_ACTIVITY_MARKER) return marker.details?.result?.payloads?.[0] ?? undefined;
  return event.activityTaskCompletedEventAttributes?.result?.payloads?.[0] ?? undefined;
}

async function decode(
  payload: Payload,
  { payloadCodecs = [] }: DataConverter,
  context: SerializationContext,
): Promise<unknown> {
  let payloads = [payload];
  for (const codec of payloadCodecs.toReversed()) payloads = await codec.decode(payloads, context);
  return payloads[0] ? defaultPayloadConverter.fromPayload(payloads[0]) : null;
}
