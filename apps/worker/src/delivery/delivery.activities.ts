import type { DeliveryActivities } from '@giamsat/contracts/workflow';
import { campaigns, inTransaction, organisations, outbox, watch, type FrozenPlan } from '@giamsat/database';
import { messageIdOf, MailRefused, writeLetter, type LetterItem, type Mailer } from '@giamsat/notify';
import { civilDateAt, fromMs, instantMs } from '@giamsat/procedure';
import { homeZone } from '@giamsat/procedure/source';
import { Inject, Injectable } from '@nestjs/common';
import { Context } from '@temporalio/activity';
import type { DataSource } from 'typeorm';
import type { WorkerConfig } from '../config.js';
import { CONFIG, DATABASE, MAILER } from '../tokens.js';
import { bundlesOf, withinLimit, type Addressee, type Bundle } from './addressee.js';
import { EndReporter } from './end-reporter.js';
import { civilText } from './installation.js';
import { stepTitle } from './step-title.js';

const CLAIM_MS = 5 * 60_000;
/** A morning's moments are recorded within this; then the digest goes with what there is (design §3.15). */
const DIGEST_WAITS_MS = 10 * 60_000;
const TRIES = 8;
/** Ends a case could not be told of: its workflow is missing or busy. */
const TELL_AGAIN_MS = 30_000;

/** What a letter takes from a frozen plan. */
type Titled = FrozenPlan & { document?: { title?: string } };
type Settled = Omit<outbox.NoticeResult, 'id' | 'at'>;

/** Sends what the outbox holds; the rows are the state. Killed anywhere, it may send a letter twice under one id, never lose one. */
@Injectable()
export class DeliveryActivity implements DeliveryActivities {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(MAILER) private readonly mailer: Mailer,
    @Inject(CONFIG) private readonly config: WorkerConfig,
    private readonly reporter: EndReporter,
  ) {}

  /** At most `limit` notices (design §3.15). Corrections go at once; reminders wait for each other until the digest is closed. */
  async deliverBatch({ limit }: { limit: number }): Promise<{ handled: number; next: string | null }> {
    const now = Date.now();
    const digestAt = await this.waitForMorning(now);
    const claimed = await this.claim(now, limit, digestAt === null ? undefined : 'correction');
    for (const { to, notices, owing } of claimed) {
      if (to === null) await this.settle(notices, { state: 'nobody' });
      else await this.deliver(to, notices, owing);
      Context.current().heartbeat();
    }
    const isTold = await this.reporter.report(limit);
    const again = [
      digestAt ?? (await outbox.nextTry(this.database)),
      digestAt && (await outbox.nextTry(this.database, 'correction')),
      isTold ? null : fromMs(Date.now() + TELL_AGAIN_MS),
    ];
    return { handled: claimed.flatMap(({ notices }) => notices).length, next: again.filter(isSet).sort()[0] ?? null };
  }

  /** By person, and of each person all that is due: a letter must not be cut where a batch ends. */
  private async claim(now: number, limit: number, kind: outbox.Notice['kind'] | undefined): Promise<Bundle[]> {
    const due = await outbox.due(this.database, { now: fromMs(now), kind });
    if (due.length === 0) return [];
    const bundles = withinLimit(await bundlesOf(this.database, due, fromMs(now)), limit);
    const ids = bundles.flatMap(({ notices }) => notices.map(({ id }) => id));
    const claimed = await outbox.claim(this.database, { now: fromMs(now), until: fromMs(now + CLAIM_MS), ids });
    return bundles.flatMap(({ to, notices, owing }) => {
      const own = new Set(notices.map(({ id }) => id));
      const got = claimed.filter(({ id }) => own.has(id));
      return got.length > 0 ? [{ to, notices: got, owing }] : [];
    });
  }

  /** A digest is closed when no moment of its hour lacks its event: one letter a person and morning, not one a case. */
  private async waitForMorning(now: number): Promise<string | null> {
    const first = await outbox.nextTry(this.database, 'notice');
    if (first === null || instantMs(first) > now || now - instantMs(first) > DIGEST_WAITS_MS) return null;
    const missed = await watch.missedMoments(this.database, { before: fromMs(instantMs(first) + 1), limit: 100 });
    const isFresh = ({ nextMoment }: watch.MissedMoment): boolean => now - instantMs(nextMoment) < DIGEST_WAITS_MS;
    return missed.some(isFresh) ? fromMs(now + 1_000) : null;
  }

  private async deliver(to: Addressee, notices: outbox.Notice[], owing: Bundle['owing']): Promise<void> {
    const messageId = messageIdOf(notices[0]!.id);
    try {
      const letter = writeLetter(to.name, await this.items(notices, owing), this.config.GIAMSAT_LANGUAGE);
      await this.mailer.send({ messageId, to: { name: to.name, address: to.address }, ...letter });
      await this.settle(notices, { state: 'sent', person: to.person, messageId });
    } catch (error) {
      if (error instanceof MailRefused)
        return this.settle(notices, { state: 'failed', person: to.person, errorCode: error.code });
      await this.putOff(notices, error);
    }
  }

  private async items(notices: outbox.Notice[], owing: Bundle['owing']): Promise<LetterItem[]> {
    const today = civilDateAt(fromMs(Date.now()), homeZone());
    const unitOf = ({ id, unitId }: outbox.Notice): string => owing[id] ?? unitId ?? '';
    const units = await organisations.named(this.database, notices.map(unitOf).filter(Boolean), today);
    return Promise.all(
      notices.map(async (notice) => ({
        notice: notice.id,
        kind: notice.kind,
        rung: notice.rung.slice(notice.rung.lastIndexOf('/') + 1),
        step: await stepTitle(this.database, notice, this.config.GIAMSAT_LANGUAGE),
        unit: units[unitOf(notice)]?.name ?? '',
        campaign: await this.campaignTitle(notice.campaignId),
        due: civilText(notice.due),
        binding: notice.binding,
        ...(owing[notice.id]
          ? this.link('owed-measures')
          : { record: notice.caseId ?? notice.campaignId, ...this.link(placeOf(notice)) }),
      })),
    );
  }

  private link(place: string): { link?: string } {
    const { GIAMSAT_PUBLIC_URL: pages } = this.config;
    return pages === undefined ? {} : { link: `${pages}/${place}` };
  }

  private async campaignTitle(id: string): Promise<string> {
    const plan = await campaigns.frozenPlan<Titled>(this.database, id);
    return plan?.body.document?.title ?? '';
  }

  /** Minutes, then hours: a mail server that is down is no reason to give up on anybody. */
  private async putOff(notices: outbox.Notice[], error: unknown): Promise<void> {
    const errorCode = String((error as { code?: string }).code ?? 'unknown');
    for (const notice of notices) {
      if (notice.attempts >= TRIES) await this.settle([notice], { state: 'failed', errorCode });
      else {
        const nextTry = fromMs(Date.now() + Math.min(2 ** notice.attempts, 240) * 30_000);
        await outbox.putOff(this.database, { id: notice.id, nextTry, errorCode });
      }
    }
  }

  /** One letter's notices end together, so that after a kill it goes out again as the same letter, under the same id. */
  private async settle(notices: outbox.Notice[], result: Settled): Promise<void> {
    const at = fromMs(Date.now());
    await inTransaction(this.database, async (manager) => {
      for (const { id } of notices) await outbox.settle(manager, { id, at, ...result });
    });
  }
}

const placeOf = ({ caseId, campaignId }: outbox.Notice): string =>
  caseId === null ? `campaigns/${campaignId}` : `cases/${caseId}`;
const isSet = (moment: string | null): moment is string => moment !== null;
