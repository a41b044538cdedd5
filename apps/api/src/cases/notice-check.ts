import { organisations, ScopedDatabase } from '@giamsat/database';
import {
  compareWithCase,
  type ExpectedNotice,
  type Finding,
  isRefusal,
  type NoticeReading,
  readNoticeText,
  sayFinding,
  sayRefusal,
} from '@giamsat/documents';
import type { CaseState } from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { AnswerOf, Call } from '../http/call.js';
import { ProblemException } from '../http/problem-exception.js';
import { Streams } from '../streams/streams.js';

/** Reads a notice of conclusion and holds it against the case it is meant for. Stores nothing, repairs nothing. */
@Injectable()
export class NoticeCheck {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  async check({ params: { id }, body }: Call<'checkNotice'>): Promise<AnswerOf<'checkNotice'>> {
    const { state } = await this.streams.get('case', id);
    const { reading, found } = await this.read(state, body.text);
    return {
      blocked: found.some(({ severity }) => severity === 'blocks'),
      notice: { ...reading.notice },
      findings: found.map(({ code, severity, spans, suggestions, ...rest }) => {
        const say = (language: 'vi' | 'en') =>
          sayFinding({ code, severity, spans, suggestions, ...rest }, language, reading.source.text);
        return {
          code,
          severity,
          spans: [...spans],
          suggestions: [...suggestions],
          words: { vi: say('vi'), en: say('en') },
        };
      }),
    };
  }

  /** @throws PAPER_SECRET, NOTICE_UNREADABLE */
  async read(state: CaseState, text: string): Promise<{ reading: NoticeReading; found: Finding[] }> {
    const reading = readNoticeText(text);
    if (!isRefusal(reading))
      return { reading, found: [...reading.findings, ...compareWithCase(reading, await this.expected(state))] };
    if (reading.refused.code === 'SECRET_MARKED') throw new ProblemException('PAPER_SECRET');
    throw new ProblemException('NOTICE_UNREADABLE', { params: { why: sayRefusal(reading, 'vi') } });
  }

  /** What the case knows of its papers, and the names its unit went by then and goes by now. */
  private async expected({ opening }: CaseState): Promise<ExpectedNotice> {
    const { mandate, subject } = opening;
    const paperOf = (step: string) => {
      const { paper, dates } = mandate[step] ?? {};
      return paper?.number ? { symbol: paper.number, date: paper.date ?? dates?.document } : undefined;
    };
    const plan = paperOf('plan-issued');
    const units = subject ? [subject.unit] : [];
    const today = this.clock.today();
    const [then, now] = await Promise.all(
      [plan?.date?.slice(0, 10) ?? today, today].map((day) => organisations.named(this.database, units, day)),
    );
    const names = [then, now].flatMap((named) => Object.values(named ?? {}).map(({ name }) => name));
    const unitNames = [...new Set(names.flatMap((name) => [`Ban Thường vụ ${name}`, name]))];
    return { plan, decision: paperOf('team-formed'), unitNames };
  }
}
