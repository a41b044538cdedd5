import type { CaseEvent, EventOf, RungKey } from '../case/events.js';
import type { Paper, PaperDate, StepKey } from '../case/commands.js';
import { civilDateAt, type Zone } from '../civil/instant.js';
import type { ProcedureWords } from './procedure-words.js';
import { sayDate, sayWhen, type Language } from './dates.js';
import { ANSWER, CAUSE, END, FINDING, HOW, MOVED, NATURE, PASSED, saySpan, UNFOUNDED } from './tell-words.js';

export interface Sentence {
  seq: number;
  at: string;
  sentence: string;
}

export interface ChronicleWords {
  words: ProcedureWords;
  zone: Zone;
  lang: Language;
  /** person, and unit or team where the caller has them → name; an office alone when absent */
  names?: Record<string, string>;
  /** hash → text, for reasons and explanations the reader may see */
  texts?: Record<string, string | null>;
}

/** What happened, one plain sentence per event. The caller prints the number beside it. */
export function chronicle(events: CaseEvent[], say: ChronicleWords): Sentence[] {
  const teller = new Teller(events, say);
  return events.map((event) => ({ seq: event.seq, at: event.at, sentence: teller.tell(event) }));
}

/** What an item of a step is about: the measure, or the request for an extension. As far as these events tell it. */
class Teller {
  private readonly measures = new Map<string, EventOf<'measureRecorded'>>();
  private readonly requests = new Map<string, StepKey>();
  /** `<step>/<due>` that only the installation set for itself */
  private readonly marks = new Set<string>();
  private measureStep = 'remediation-progress';

  constructor(
    events: CaseEvent[],
    private readonly say: ChronicleWords,
  ) {
    for (const event of events) {
      if (event.type === 'measureRecorded') this.measures.set(event.data.measure, event);
      if (event.type === 'extensionRequested') this.requests.set(event.data.request, event.data.step);
      if (event.type === 'dueSet' && event.data.force === 'policy')
        this.marks.add(`${event.data.step}/${event.data.due}`);
      if (event.type === 'opened' || event.type === 'procedureApplied')
        this.measureStep = event.data.procedure.steps.find(({ per }) => per === 'measure')?.id ?? this.measureStep;
    }
  }

  tell(event: CaseEvent): string {
    return `${this.what(event)}${this.paper(event.paper)}${this.dates(event)}${this.who(event)}.`;
  }

  private pick(vi: string, en: string): string {
    return this.say.lang === 'vi' ? vi : en;
  }

  private date(when: string): string {
    return sayDate(when, this.say.zone, this.say.lang);
  }

  private when(when: string): string {
    return sayWhen(when, this.say.zone, this.say.lang);
  }

  private office(id: string): string {
    return this.say.words.office(id)[this.say.lang];
  }

  private offices(ids: string[]): string {
    return ids.length === 0 ? '' : ` → ${ids.map((id) => this.office(id)).join(', ')}`;
  }

  private outcome(key: StepKey, id: string): string {
    return this.say.words.outcome(stepOf(key), id)[this.say.lang];
  }

  /** Units, teams: by name if the caller knows it, never by id. */
  private named(id: string): string {
    const name = this.say.names?.[id];
    return name ? `: ${name}` : '';
  }

  private text(hash: string | undefined): string {
    const known = hash === undefined ? undefined : this.say.texts?.[hash];
    return known ? `: ${known.trim().replace(/\.$/, '')}` : '';
  }

  /** The title, and of an item what it is about. */
  private step(key: StepKey): string {
    const title = `“${this.say.words.step(stepOf(key))[this.say.lang]}”`;
    const item = key.split('/').slice(1).join('/');
    const asked = this.requests.get(item);
    if (asked !== undefined) return `${title} ${this.pick('cho', 'for')} ${this.step(asked)}`;
    const measure = this.text(this.measures.get(item)?.data.text).slice(2);
    return measure ? `${title} (${measure})` : title;
  }

  /** Which reminder or ladder; past a mark of the installation's own nobody is called late. */
  private rung(key: RungKey): string {
    const { id } = rungOf(key);
    const isPastMark = AFTER.test(id) && this.marks.has(key.slice(0, key.lastIndexOf('/')));
    return `(${isPastMark ? this.pick('sau mốc nội bộ', 'after the internal mark') : this.say.words.rung(id)[this.say.lang]})`;
  }

  private units(ids: string[]): string {
    const known = ids.map((unit) => this.say.names?.[unit]).filter(Boolean);
    return known.length === ids.length
      ? known.join(', ')
      : this.pick(`${ids.length} đơn vị`, `${ids.length} unit${ids.length === 1 ? '' : 's'}`);
  }

  private duty(key: string): string {
    return key === '*' ? this.pick('mọi việc khác', 'all else') : this.step(key);
  }

  private byPaper({ on, kind }: PaperDate): string {
    const date = this.date(on);
    return kind === 'by' ? this.pick(`chậm nhất ${date}`, `by ${date}`) : this.pick(`trước ${date}`, `before ${date}`);
  }

  private paperDates(dates: Record<string, PaperDate> | undefined): string {
    const said = Object.entries(dates ?? {}).map(([step, date]) => `${this.step(step)} ${this.byPaper(date)}`);
    return said.length === 0 ? '' : `${this.pick('; văn bản định', '; the paper sets')} ${said.join(', ')}`;
  }

  private paper(paper: Paper | undefined): string {
    if (!paper) return '';
    const said = [
      `${paper.number ?? this.say.words.document(paper.kind)[this.say.lang]}${paper.date ? ` ${this.pick('ngày', 'of')} ${this.date(paper.date)}` : ''}`,
    ];
    if (paper.register) said.push(this.pick(`số đến, đi ${paper.register}`, `register no. ${paper.register}`));
    if (paper.keptOutside) {
      const { keeper, on } = paper.keptOutside;
      said.push(
        this.pick(
          `giữ ngoài hệ thống, ${this.office(keeper)}, từ ${this.when(on)}`,
          `kept outside the system, ${this.office(keeper)}, since ${this.date(on)}`,
        ),
      );
    }
    return ` (${said.join('; ')})`;
  }

  /** The act's own dates where they say more than the day of its entry; one that was entered after its day says so. */
  private dates({ dates, at, by }: CaseEvent): string {
    if (by === 'engine') return '';
    const { zone } = this.say;
    const day = (when: string): string => (when.length > 10 ? civilDateAt(when, zone) : when);
    const entered = civilDateAt(at, zone);
    const own = dates.received ?? dates.sent ?? dates.document;
    const known = [dates.document, dates.sent, dates.received].filter((each) => each !== undefined);
    if (own === undefined || known.every((each) => day(each) === entered)) return '';
    const isLate = day(own) < entered;
    const said: string[] = [];
    if (new Set(known).size === 1) said.push(this.when(own));
    else {
      if (dates.document)
        said.push(this.pick(`văn bản ${this.when(dates.document)}`, `dated ${this.date(dates.document)}`));
      if (dates.sent) said.push(this.pick(`gửi ${this.when(dates.sent)}`, `sent ${this.when(dates.sent)}`));
      if (dates.received)
        said.push(this.pick(`nhận ${this.when(dates.received)}`, `received ${this.when(dates.received)}`));
    }
    if (dates.sent && !dates.received) said.push(this.pick('chưa có ngày nhận', 'no day of receipt'));
    if (isLate)
      said.push(this.pick(`nhập sau vào ngày ${this.date(entered)}`, `entered later, on ${this.date(entered)}`));
    return ` [${said.join(', ')}]`;
  }

  private who({ by, type }: CaseEvent): string {
    if (by === 'engine') return '';
    const { names = {} } = this.say;
    const office = by.capacity === 'engine' ? '' : this.office(by.capacity);
    const said = [names[by.actor], office].filter(Boolean);
    if (by.onBehalfOf) said.push(this.pick(`thay ${this.office(by.onBehalfOf)}`, `for ${this.office(by.onBehalfOf)}`));
    const holder = by.actingFor && names[by.actingFor];
    if (holder) said.push(this.pick(`giữ thay ${holder}`, `acting for ${holder}`));
    const second = by.second && names[by.second];
    if (second) said.push(this.pick(`cùng ${second}`, `with ${second}`));
    if (type === 'entryCorrected' && by.second === undefined)
      said.push(this.pick('một tài khoản, theo văn bản đã ký', 'one account, by a signed paper'));
    return said.length === 0 ? '' : ` — ${said.join(', ')}`;
  }

  private what(event: CaseEvent): string {
    const { words, lang } = this.say;
    const kind = words.event(event.type)[lang];
    switch (event.type) {
      case 'opened':
        return `${kind}${this.opening(event)}`;
      case 'stepSubmitted':
        return `${kind}: ${this.step(event.data.step)}`;
      case 'stepCompleted':
        return `${kind}: ${this.step(event.data.step)} — ${this.outcome(event.data.step, event.data.outcome)}${this.paperDates(event.data.papers)}`;
      case 'stepReturned':
        return `${kind}: ${this.step(event.data.step)} — ${this.outcome(event.data.step, event.data.outcome)}`;
      case 'extensionRequested': {
        const span = event.data.span
          ? this.pick(`, thêm ${saySpan(event.data.span, lang)}`, `, by ${saySpan(event.data.span, lang)}`)
          : '';
        return `${kind}: ${this.step(event.data.step)}${span}${this.text(event.data.reason)}`;
      }
      case 'extensionDecided': {
        const { request, granted, span } = event.data;
        const asked = this.requests.get(request);
        const about = asked === undefined ? '' : `${this.step(asked)} — `;
        const by = granted && span ? this.pick(`, thêm ${saySpan(span, lang)}`, `, by ${saySpan(span, lang)}`) : '';
        return `${kind}: ${about}${granted ? this.pick('đồng ý', 'granted') : this.pick('không đồng ý', 'refused')}${by}`;
      }
      case 'suspended':
      case 'cancelled':
      case 'closedWithoutConclusion':
        return `${kind}${this.text(event.data.reason)}`;
      case 'resumed':
      case 'inspectionIssued':
        return kind;
      case 'findingRecorded': {
        const { code, article, text } = event.data;
        const said = [FINDING[event.data.kind][lang], code, article].filter(Boolean).join(', ');
        return `${kind} (${said})${this.text(text)}`;
      }
      case 'measureRecorded': {
        const { nature, due, owes, text } = event.data;
        const said = [NATURE[nature][lang], due && this.byPaper(due), owes && this.say.names?.[owes]];
        return `${kind} (${said.filter(Boolean).join(', ')})${this.text(text)}`;
      }
      case 'measureJudged': {
        const text = this.text(this.measures.get(event.data.measure)?.data.text).slice(2);
        return `${kind}: ${text ? `${text} — ` : ''}${words.outcome(this.measureStep, event.data.outcome)[lang]}`;
      }
      case 'paperRecorded': {
        // The text of the paper itself is no part of the sentence.
        const { about, blocks } = event.data;
        const held = blocks?.length
          ? this.pick(', có điểm chưa khớp phải trả lời', ', with a mismatch to be answered')
          : '';
        return `${kind}${about ? `: ${this.step(about)}` : ''}${held}`;
      }
      case 'entryCorrected': {
        const { entry, replace, reason } = event.data;
        const change = event.data.void ? this.pick(', hủy mục đó', ', which is void') : this.replaced(replace);
        return `${kind}${this.entry(entry)}${change}${this.text(reason)}`;
      }
      case 'delayExplained':
        return `${kind}: ${this.step(event.data.step)}${this.text(event.data.text)}`;
      case 'contested':
        return `${kind}${this.entry(event.data.entry)}${this.text(event.data.text)}`;
      case 'contestAnswered': {
        const { entry, upheld, text } = event.data;
        const answer = upheld ? this.pick(', chấp nhận', ', upheld') : this.pick(', không chấp nhận', ', not upheld');
        return `${kind}${this.entry(entry)}${answer}${this.text(text)}`;
      }
      case 'wrongRecipientAnswered': {
        const { entry, answer } = event.data;
        return `${kind}${entry === undefined ? '' : this.entry(entry)}: ${ANSWER[answer][lang]}`;
      }
      case 'deliveryRecalled':
        return `${kind}${this.entry(event.data.entry)}${this.text(event.data.reason)}`;
      case 'unitTransferred': {
        const { to, duties = [], closes = [], reason, instrument } = event.data;
        // Named for nobody: another's, and not this reader's to know of.
        const known = duties.filter(({ units }) => units.length > 0);
        const owed = known.map(({ duty, units }) => `; ${this.duty(duty)}: ${this.units(units)}`).join('');
        const closed = closes.map((key) => this.duty(key)).join(', ');
        const ended = closes.length > 0 ? `${this.pick('; kết thúc', '; closed')}: ${closed}${this.text(reason)}` : '';
        return `${kind} → ${this.units(to)}${this.paper(instrument)}${owed}${ended}`;
      }
      case 'transferAccepted':
        return `${kind}${this.named(event.data.unit)}`;
      case 'teamChanged':
        return `${kind}${this.named(event.data.team)}`;
      case 'planAmended':
        return `${kind}${this.paperDates(event.data.dates)}`;
      case 'calendarApplied':
        return `${kind} (${event.data.calendar.id}, ${this.pick('bản', 'revision')} ${event.data.calendar.revision})`;
      case 'procedureApplied':
        return `${kind} (${this.pick('bản', 'version')} ${event.data.procedure.version})`;
      case 'inspectionRecorded': {
        const { number, keptOutside } = event.data;
        return `${kind}${number ? ` ${number}` : ''}${keptOutside ? this.pick(', giữ ngoài hệ thống', ', kept outside the system') : ''}`;
      }
      case 'subjectAdded':
        return `${kind}${this.named(event.data.subject.unit)}, ${this.wave(event.data.subject.wave)}`;
      case 'subjectWithdrawn':
        return `${kind}${this.text(event.data.reason)}`;
      case 'waveLaunched':
        return `${kind}${this.nth(event.data.wave)}${this.cases(event.data.cases)}`;
      case 'launchCompleted':
        return `${kind}${this.nth(event.data.wave)}`;
      case 'waveWithdrawn':
        return `${kind}${this.nth(event.data.wave)}${this.text(event.data.reason)}`;
      case 'campaignClosed': {
        const { open } = event.data;
        return `${kind}${open > 0 ? this.pick(`, còn ${open} hồ sơ chưa xong`, `, with ${open} case${open === 1 ? '' : 's'} still open`) : ''}`;
      }
      case 'dueSet':
        return `${kind}: ${this.step(event.data.step)} — ${this.dueSet(event)}`;
      case 'caseEnded':
        return `${kind}: ${HOW[event.data.how][lang]}`;
      case 'overdueBegan': {
        const head = event.data.force === 'binding' ? kind : this.pick('Quá mốc nội bộ', 'Past the internal mark');
        return `${head}: ${this.step(event.data.step)} — ${this.date(event.data.due)}`;
      }
      case 'rungDue': {
        const { step, due, to, cause, send } = event.data;
        const said = [
          due.length === 10 ? this.pick(`hạn ${this.date(due)}`, `due ${this.date(due)}`) : '',
          CAUSE[cause]?.[lang],
          send > event.at ? this.pick(`gửi từ ${this.when(send)}`, `sent from ${this.date(send)}`) : '',
        ].filter(Boolean);
        return `${kind}: ${this.step(step)} ${this.rung(event.data.rung)}${this.offices(to)}${said.length > 0 ? `, ${said.join(', ')}` : ''}`;
      }
      case 'rungPassed':
        return `${kind}: ${this.step(event.data.step)} ${this.rung(event.data.rung)}, ${PASSED[event.data.why][lang]}`;
      case 'rungHeld':
        return `${kind}: ${this.step(event.data.step)} ${this.rung(event.data.rung)}, ${this.pick('chưa chứng minh được lần trước đã đến', 'no proof yet that the one before arrived')}`;
      case 'rungUnfounded':
        return `${kind}: ${this.step(event.data.step)} ${this.rung(event.data.rung)}${this.offices(event.data.to)}, ${UNFOUNDED[event.data.why][lang]}`;
      case 'noticeEnded': {
        const { step } = rungOf(event.data.rung);
        return `${kind}: ${this.step(step)} ${this.rung(event.data.rung)}, ${this.office(event.data.office)} — ${END[event.data.end][lang]}`;
      }
    }
  }

  private entry(seq: number): string {
    return this.pick(` mục ${seq}`, `: entry ${seq}`);
  }

  /** After a kind that ends in "đợt". */
  private nth(n: number): string {
    return this.pick(` ${n}`, `: wave ${n}`);
  }

  private cases(n: number): string {
    return this.pick(`: ${n} hồ sơ`, `, ${n} case${n === 1 ? '' : 's'}`);
  }

  private wave(n: number): string {
    return this.pick(`đợt ${n}`, `wave ${n}`);
  }

  /** What the case took over from the campaign. */
  private opening({ data: { opening } }: EventOf<'opened'>): string {
    const { year, mandate, planDates, historical } = opening;
    const done = Object.entries(mandate).map(([step, { dates }]) => {
      const on = dates.document ?? dates.sent ?? dates.received;
      return `${this.step(step)}${on ? ` ${this.date(on)}` : ''}`;
    });
    const said = [
      this.pick(`, chương trình năm ${year}`, `, programme of ${year}`),
      historical ? this.pick(', nhập lại sau', ', entered after the fact') : '',
      done.length > 0 ? this.pick(`; đã có ${done.join(', ')}`, `; done before: ${done.join(', ')}`) : '',
      this.paperDates(planDates),
    ];
    return said.join('');
  }

  private replaced(replace: EventOf<'entryCorrected'>['data']['replace']): string {
    const { document, sent, received } = replace?.dates ?? {};
    const said = [
      document && this.pick(`văn bản ${this.when(document)}`, `dated ${this.date(document)}`),
      sent && this.pick(`gửi ${this.when(sent)}`, `sent ${this.when(sent)}`),
      received && this.pick(`nhận ${this.when(received)}`, `received ${this.when(received)}`),
      replace?.outcome && this.pick('kết quả khác', 'another outcome'),
      replace?.paper && `${this.pick('văn bản', 'paper')}${this.paper(replace.paper)}`,
    ].filter(Boolean);
    return said.length === 0 ? '' : `, ${this.pick('nay là', 'now')} ${said.join(', ')}`;
  }

  private dueSet({ data }: EventOf<'dueSet'>): string {
    const { due, was, force, provisional, cause } = data;
    const { lang } = this.say;
    const notes = [
      due !== null && force === 'policy' ? this.pick('mốc nội bộ', 'internal mark') : '',
      was !== null && was !== due ? this.pick(`trước là ${this.date(was)}`, `was ${this.date(was)}`) : '',
      MOVED[cause]?.[lang],
      due !== null && provisional ? this.pick('tạm tính', 'provisional') : '',
    ].filter(Boolean);
    const said = due === null ? this.pick('chưa có ngày', 'no date yet') : this.date(due);
    return `${said}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
  }
}

const stepOf = (key: StepKey): string => key.split('/')[0]!;

/** A rung after the due: `EU+3`. */
const AFTER = /\+\d+$/;

/** `<step>/<due>/<rung id>`, where the step may have an item. */
function rungOf(rung: string): { step: StepKey; id: string } {
  const parts = rung.split('/');
  return { step: parts.slice(0, -2).join('/'), id: parts.at(-1)! };
}
