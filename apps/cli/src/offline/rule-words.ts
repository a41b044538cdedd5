import type { Anchor, Authority, DueRule, Span, Step } from '@giamsat/procedure';
import type { ProcedureWords } from '@giamsat/procedure/source';
import type { Io } from '../cli/io.js';

const UNIT = {
  wd: { vi: 'ngày làm việc', en: 'working days' },
  cd: { vi: 'ngày', en: 'calendar days' },
  months: { vi: 'tháng', en: 'months' },
  s: { vi: 'giây', en: 'seconds' },
};
const DATE = {
  document: { vi: 'ngày văn bản', en: 'date of the paper' },
  sent: { vi: 'ngày gửi', en: 'day of sending' },
  received: { vi: 'ngày nhận', en: 'day of receipt' },
};
const AT = { submitted: { vi: 'được gửi', en: 'submitted' }, met: { vi: 'xong', en: 'done' } };
const PAPER = {
  plan: { vi: 'ngày ghi trong kế hoạch', en: 'the date in the plan' },
  conclusion: { vi: 'ngày ghi trong thông báo kết luận', en: 'the date in the notice of conclusion' },
  measure: { vi: 'ngày của từng việc', en: 'the date of the measure' },
};

export const spanWords = ({ n, unit }: Span, io: Io): string =>
  `${n} ${io.say({ vi: UNIT[unit].vi, en: n === 1 ? UNIT[unit].en.replace(/s$/, '') : UNIT[unit].en })}`;

/** The rules of a procedure as sentences of the reader's language. */
export class RuleWords {
  constructor(
    private readonly say: ProcedureWords,
    private readonly io: Io,
  ) {}

  span = (span: Span): string => spanWords(span, this.io);

  due(rule: DueRule, of: string): string {
    const { io, say } = this;
    switch (rule.kind) {
      case 'count':
        return `${this.span(rule.span)} ${this.after(rule.anchor, of)}`;
      case 'count-by-level':
        return `${this.byLevel(rule.spans)} ${this.after(rule.anchor, of)}`;
      case 'count-before':
        return `${this.span(rule.span)} ${io.say({ vi: 'trước hạn của', en: 'before the due of' })} ${this.step(rule.step)}`;
      case 'within':
        return `${io.say({ vi: 'trong hạn của', en: 'within the due of' })} ${this.step(rule.step)}`;
      case 'paper-date':
        return io.say(PAPER[rule.paper]);
      case 'date-of-year':
        return `${String(rule.day).padStart(2, '0')}/${String(rule.month).padStart(2, '0')} ${io.say({ vi: 'hằng năm', en: 'every year' })}`;
      case 'programme-quarter':
        return io.say({ vi: 'hết quý ghi trong chương trình', en: 'end of the quarter in the programme' });
      case 'session':
        return io.say({
          vi: `phiên họp kế tiếp của ${say.party(rule.body).vi}, chậm nhất ${this.span(rule.atMost)} ${this.after(rule.anchor, of)}`,
          en: `next session of the ${say.party(rule.body).en}, at most ${this.span(rule.atMost)} ${this.after(rule.anchor, of)}`,
        });
      case 'earliest':
        return `${io.say({ vi: 'sớm nhất trong', en: 'the earliest of' })}: ${rule.of.map((each) => this.due(each, of)).join('; ')}`;
    }
  }

  byLevel = (spans: Record<string, Span>): string =>
    Object.entries(spans)
      .map(([level, span]) => `${this.io.say(this.say.level(level))} ${this.span(span)}`)
      .join(', ');

  /** A step that is asked for anew each time counts from what asked for it. */
  after({ step, at, date }: Anchor, of: string): string {
    const what =
      step === of
        ? this.io.say({ vi: 'khi có đề nghị', en: 'the request' })
        : `${this.step(step)} ${this.io.say(AT[at])}`;
    return `${this.io.say({ vi: 'sau', en: 'after' })} ${what} (${this.io.say(DATE[date])})`;
  }

  entry = ({ step, at, outcomes }: Step['entry'][number]): string =>
    `${this.step(step)} ${this.io.say(AT[at])}${outcomes ? `: ${outcomes.map((id) => this.io.say(this.say.outcome(step, id))).join(' / ')}` : ''}`;

  authority({ force, basis, evidence }: Authority): string {
    const kind = this.io.say(
      force === 'binding' ? { vi: 'bắt buộc', en: 'binding' } : { vi: 'mốc do đơn vị đặt', en: 'own mark (policy)' },
    );
    const text = this.say.basis(basis);
    return `${kind}, ${text ? this.io.say(text) : basis}${text?.article ? ` (${text.article})` : ''} [${evidence}]`;
  }

  offices = (ids: string[]): string =>
    ids
      .map((id) => this.io.say(id === 'debtor' ? { vi: 'người phải làm', en: 'whoever owes it' } : this.say.office(id)))
      .join(', ');

  private readonly step = (id: string): string => `“${this.io.say(this.say.step(id))}”`;
}
