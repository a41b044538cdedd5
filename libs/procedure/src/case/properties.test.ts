import fc from 'fast-check';
import { fold, nextMoment, Numbering, preview, redact, rowOf, type CaseView, type Command } from '../index.js';
import { deadlineOf } from './deadline.js';
import { lineOf } from './owing.js';
import { progressOf } from './progress.js';
import { isRunning } from './rungs.js';
import { isAccountedFor, move, moves, redactedAllows, type Move } from '../testing/model.js';
import { play, type Play } from '../testing/play.js';

const RUNS = Number(process.env.FC_RUNS ?? 40);
const ACTORS = [
  ...['unit-head', 'team-head', 'document-office', 'standing-signer', 'auditor', 'coordinator'].map((office) => ({
    person: `p-${office}`,
    offices: [office],
  })),
  { person: 'p-unit', offices: ['unit-head'], units: ['u1'] },
];

/** Plays the moves on a fresh case and looks at it after each. */
function run(steps: Move[], look: (p: Play) => void): Play {
  const p = play('2025-07-01', {
    mandate: { 'team-formed': { outcome: 'issued', dates: { document: '2025-06-27' } } },
    year: 2025,
    planDates: { 'self-report': { on: '2025-07-25', kind: 'by' } },
  });
  for (const step of steps) {
    move(p, step);
    look(p);
  }
  return p;
}

const check = (look: (p: Play, steps: Move[]) => void, each: (p: Play) => void = () => undefined): void =>
  fc.assert(
    fc.property(moves, (steps) => look(run(steps, each), steps)),
    { numRuns: RUNS },
  );

describe('whatever happens to a case', () => {
  it('the fold of its events is its state, and what was known never changes', () => {
    const known = new WeakMap<Play, Map<number, string>>();
    check(
      (p) => {
        expect(fold(p.events)).toEqual(p.state);
        for (const [seq, row] of known.get(p)!) expect(JSON.stringify(rowOf(fold(p.events.slice(0, seq))))).toBe(row);
        expect(p.events.map(({ seq }) => seq)).toEqual(p.events.map((_, i) => i + 1));
      },
      (p) => known.set(p, (known.get(p) ?? new Map()).set(p.state.seq, JSON.stringify(rowOf(p.state)))),
    );
  });

  it('every open step has a date or a reason, and exactly one party is to act', () => {
    check(
      () => undefined,
      (p) => expect(p.view.steps.filter((step) => !isAccountedFor(step))).toEqual([]),
    );
  });

  it('the dues on record are the dues of the facts', () => {
    check(
      () => undefined,
      (p) => {
        const progress = progressOf(p.state);
        for (const entry of progress.steps.values()) {
          if (!isRunning(progress, entry)) continue;
          const { due, force, provisional } = deadlineOf(progress, entry);
          expect({ key: entry.key, ...p.state.dues[entry.key] }).toMatchObject({
            key: entry.key,
            due,
            force,
            provisional,
          });
        }
      },
    );
  });

  it('no rung is sent twice', () => {
    check((p) => {
      const keys = p.of('rungDue').map(({ data }) => data.rung);
      expect(keys).toEqual([...new Set(keys)]);
    });
  });

  it('a moment that has come leaves something and is over', () => {
    check((p) => {
      p.ends = () => 'sent';
      p.until(p.at('2029-12-31'));
      const next = nextMoment(p.state);
      expect(next === null || next > p.now).toBe(true);
    });
  });

  it('nobody above the debtor is told of a rung before the debtor’s own has been proven', () => {
    check((p) => {
      const proven = new Map<string, number>();
      for (const event of p.events) {
        if (event.type === 'noticeEnded' && event.data.end !== 'failed')
          proven.set(event.data.rung, Math.min(proven.get(event.data.rung) ?? Infinity, event.seq));
        if (event.type !== 'rungDue' || !event.data.id.includes('+')) continue;
        const ladder = Object.values(p.procedure.ladders).find((rungs) =>
          rungs.some(({ id }) => id === event.data.id),
        )!;
        const before = ladder
          .slice(
            0,
            ladder.findIndex(({ id }) => id === event.data.id),
          )
          .map(({ id }) => `${event.data.step}/${event.data.due}/${id}`);
        const sent = before.filter((key) => p.events.some((each) => each.type === 'rungDue' && each.data.rung === key));
        for (const key of sent.slice(-1))
          expect({
            rung: event.data.rung,
            proven:
              (proven.get(key) ?? Infinity) < event.seq ||
              p.events.some((each) => each.type === 'rungUnfounded' && each.data.rung === key && each.seq < event.seq),
          }).toEqual({ rung: event.data.rung, proven: true });
      }
    });
  });

  it('a policy due is told to the debtor and the area officer only', () => {
    check((p) => {
      for (const { data } of p.of('rungDue')) {
        if (data.binding) continue;
        const party = p.procedure.steps.find(({ id }) => id === data.step.split('/')[0])!.actor;
        const near = (office: string): boolean =>
          office === p.procedure.areaOffice ||
          office === p.procedure.contact[party] ||
          p.procedure.offices[office] === party;
        expect(data.to.filter((office) => !near(office))).toEqual([]);
      }
    });
  });

  it('what a person may do is the same on what he may read', () => {
    check(
      () => undefined,
      (p) => {
        for (const actor of ACTORS) {
          const { plain, redacted } = redactedAllows(p, actor);
          expect(redacted).toEqual(plain);
        }
      },
    );
  });

  it('a succession loses no duty and makes none: what was open is open, or closed by that act', () => {
    let passed = 0;
    check((p) => {
      for (const { seq, type, data } of p.events) {
        if (type !== 'unitTransferred' && type !== 'transferAccepted') continue;
        const [before, after] = [seq - 1, seq].map((n) => rowOf(fold(p.events.slice(0, n))));
        const closed = type === 'unitTransferred' ? (data.closes ?? []) : [];
        const left = Object.keys(before!.duties).filter((key) => !closed.includes(key) || key in after!.duties);
        expect(Object.keys(after!.duties)).toEqual(left);
        for (const { owes } of Object.values(after!.duties)) {
          expect(owes.length).toBeGreaterThan(0);
          expect(new Set(owes).size).toBe(owes.length);
          expect(after!.units).toEqual(expect.arrayContaining(owes));
        }
        passed++;
      }
    });
    expect(passed).toBeGreaterThan(0);
  });

  it('each of several units reads its own duties and dates, and no other unit but those it has them from', () => {
    let narrowed = 0;
    check(
      () => undefined,
      (p) => {
        const units = [...p.row.units, ...(p.row.offered ?? [])];
        if (units.length === 1 && units[0] === 'u1') return;
        for (const unit of units) {
          const seen = redact(p.state, p.events, { person: 'x', offices: ['unit-head'], units: [unit] }, p.now);
          const line = lineOf(progressOf(p.state).owing, [unit]);
          const own = ({ steps }: CaseView) =>
            steps.flatMap(({ key, owes, status, turn, deadline }) =>
              owes?.includes(unit) ? [{ key, status, turn, due: deadline?.due }] : [],
            );
          expect(own(seen)).toEqual(own(p.view));
          if (unit === 'u1') continue;
          // A unit of the model is one letter and a number; u1 is the subject.
          const passed = p.of('unitTransferred').flatMap(({ data }) => (data.from === unit ? data.to : []));
          for (const receiver of passed) line.add(receiver);
          const named = JSON.stringify(seen.events).match(/"[vw]\d+"/g) ?? [];
          expect(named.filter((other) => !line.has(other.slice(1, -1)))).toEqual([]);
          narrowed++;
        }
      },
    );
    expect(narrowed).toBeGreaterThan(0);
  });

  it('a unit counts its entries without a gap, and none is ever numbered anew', () => {
    const HIDES_AGAIN = ['entryCorrected', 'deliveryRecalled', 'unitTransferred', 'transferAccepted'];
    const ofCommand = ({ events }: Play) =>
      events.flatMap(({ commandId }, i) => (events[i + 1]?.commandId === commandId ? [] : [i + 1]));
    let hidden = 0;
    const look = (p: Play, of: string): void => {
      const unit = { person: 'x', offices: ['unit-head'], units: [of] };
      const whole = Numbering.of(p.state, p.events, unit);
      const { seq, events, contests } = redact(p.state, p.events, unit, p.now);
      const numbers = events.map((event) => event.seq).sort((a, b) => a - b);
      // What was told once may be hidden again; its number is given to nothing else.
      if (!p.events.some(({ type }) => HIDES_AGAIN.includes(type)))
        expect(numbers).toEqual(numbers.map((_, i) => i + 1));
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(numbers.at(-1)).toBeLessThanOrEqual(seq);
      expect(numbers).not.toContain(0);
      for (const { entry } of contests) expect(numbers).toContain(entry);
      for (const end of ofCommand(p)) {
        const known = p.events.slice(0, end);
        const then = Numbering.of(fold(known), known, unit);
        expect(then.last).toBe(whole.lastAt(end));
        for (let n = 1; n <= then.last; n++) expect(whole.seq(n)).toBe(then.seq(n));
      }
      hidden += p.events.length - seq;
    };
    check((p) => {
      for (const unit of p.row.units) look(p, unit);
    });
    expect(hidden).toBeGreaterThan(0);
  });

  it('a preview says what the change then does', () => {
    check((p) => {
      const later = {
        ...p.calendar,
        revision: 99,
        days: { ...p.calendar.days, '2025-08-05': 'own' as const, '2025-09-16': 'own' as const },
      };
      const command: Command = { type: 'applyCalendar', calendar: later, envelope: p.envelope('coordinator') };
      const foreseen = preview(p.state, command, p.now);
      const before = p.state;
      const decision = p.try(p.now, 'coordinator', { type: 'applyCalendar', calendar: later });
      if ('refusal' in decision) return expect(foreseen).toEqual(decision);
      if ('refusal' in foreseen) throw new Error('foreseen as refused');
      const moved = decision.events.flatMap((event) =>
        event.type === 'dueSet'
          ? [{ step: event.data.step, from: before.dues[event.data.step]?.due ?? null, to: event.data.due }]
          : [],
      );
      expect(foreseen.dues.map(({ step, from, to }) => ({ step, from, to }))).toEqual(
        expect.arrayContaining(moved.filter(({ from, to }) => from !== to)),
      );
      expect(foreseen.unfounded).toEqual([]);
    });
  });
});
