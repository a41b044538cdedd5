import { type DocumentCode, documentMistake, type Mistake } from '@giamsat/contracts/http';
import { campaigns, offices, subjectsOf, ScopedDatabase } from '@giamsat/database';
import type { CaseState } from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { ProblemException } from '../http/problem-exception.js';
import { recusedSeats } from '../organisations/recused.js';
import type { Stream } from '../streams/streams.js';
import type { IssuedPlan } from './plan.js';
import { headOffices, type Holders, isClimbedOver, plannedHolders, toldOffices } from './plan-offices.js';

type Planned = IssuedPlan['subjects'][number];

/** What stands between a wave and its launch: everything that is missing, at once, and nothing is started (issue 3 §3). */
@Injectable()
export class Gate {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly clock: Clock,
  ) {}

  /** @throws GATE_CLOSED with everything that is missing */
  async pass(campaign: Stream, wave: number): Promise<void> {
    const { missing } = await this.look(campaign, wave);
    if (missing.length > 0) throw new ProblemException('GATE_CLOSED', { params: { wave }, errors: missing });
  }

  /** `warnings`: what does not stop the launch and should be known before it. */
  async look({ id, state }: Stream, wave: number): Promise<{ cases: number; missing: Mistake[]; warnings: Mistake[] }> {
    const plan = await campaigns.frozenPlan<IssuedPlan>(this.database, id);
    const campaign = await campaigns.find(this.database, id);
    if (!plan || !campaign) throw new ProblemException('CAMPAIGN_NOT_READY', { params: { missing: 'plan' } });
    const subjects = subjectsOf(plan.body, state, wave);
    const on = this.clock.today();
    const { procedure } = state;
    const holders = await plannedHolders(this.database, {
      campaign: id,
      owner: campaign.ownerUnit,
      subjects,
      procedure,
      on,
    });
    const told = state.opening.historical ? { missing: [], warnings: [] } : addresses(state, subjects, holders);
    return {
      cases: subjects.length,
      warnings: told.warnings,
      missing: [
        ...(subjects.length === 0 ? [documentMistake('subjects', 'SUBJECTS_NEEDED', { wave })] : []),
        ...mandate(state),
        ...(on > state.calendar.announcedTo
          ? [documentMistake('calendar', 'MISSING_CALENDAR', { to: state.calendar.announcedTo })]
          : []),
        ...teams(state, subjects, holders),
        // What was played out long ago tells nobody anything.
        ...(state.opening.historical ? [] : heads(state, subjects, holders)),
        ...told.missing,
        ...(await this.recused(id, state, subjects, on)),
      ],
    };
  }

  private async recused(campaign: string, state: CaseState, subjects: Planned[], on: string): Promise<Mistake[]> {
    const teams = [...new Set(subjects.flatMap((subject) => teamOf(state, subject) ?? []))];
    const members = await offices.inCampaign(this.database, { campaign, teams, on });
    const seats = subjects.flatMap((subject) =>
      members
        .filter(({ team }) => team !== null && team === teamOf(state, subject))
        .map(({ person }) => ({ path: 'subjects', person, unit: subject.unit })),
    );
    return recusedSeats(this.database, seats, on);
  }
}

/** Campaign steps before the first step of a case. */
function mandate({ procedure, facts }: CaseState): Mistake[] {
  const first = procedure.steps.findIndex(({ scope }) => scope === 'case');
  const done = new Set(facts.flatMap((fact) => (fact.type === 'stepCompleted' ? [fact.data.step] : [])));
  return procedure.steps
    .slice(0, first)
    .filter(({ id, scope }) => scope === 'campaign' && !done.has(id))
    .map(({ id }) => documentMistake('mandate', 'MISSING_MANDATE', { step: id }));
}

const knowsTeams = ({ procedure }: CaseState): boolean => Object.values(procedure.offices).includes('team');

function teams(state: CaseState, subjects: Planned[], holders: Holders): Mistake[] {
  if (!knowsTeams(state)) return [];
  const head = state.procedure.contact.team;
  return subjects
    .filter((subject) => !teamOf(state, subject) || (head !== undefined && holders.of(head, subject).length === 0))
    .map(({ unit }) => documentMistake('subjects', 'MISSING_TEAM', { unit }));
}

const teamOf = ({ facts }: CaseState, subject: Planned): string | undefined =>
  facts.findLast((fact) => fact.type === 'teamChanged')?.data.team ?? subject.team;

function heads({ procedure }: CaseState, subjects: Planned[], holders: Holders): Mistake[] {
  const wanted = headOffices(procedure);
  return subjects
    .filter((subject) => wanted.every((office) => holders.of(office, subject).length === 0))
    .map(({ unit }) => documentMistake('subjects', 'MISSING_HEAD', { unit, office: wanted.join(', ') }));
}

/** Every notice that could become due has somebody to go to, and an address; a vacancy that is climbed over is a warning. */
function addresses({ procedure }: CaseState, subjects: Planned[], holders: Holders) {
  const found: Record<'missing' | 'warnings', Mistake[]> = { missing: [], warnings: [] };
  for (const office of toldOffices(procedure)) {
    const lacking = subjects.flatMap((subject): { unit: string; code: DocumentCode }[] => {
      const people = holders.of(office, subject);
      const isHeld = (other: string): boolean => holders.of(other, subject).length > 0;
      if (people.length === 0)
        return [
          { unit: subject.unit, code: isClimbedOver(procedure, office, isHeld) ? 'OFFICE_VACANT' : 'MISSING_HOLDER' },
        ];
      return people.some((person) => holders.isReachable(person))
        ? []
        : [{ unit: subject.unit, code: 'MISSING_ADDRESS' }];
    });
    const first = lacking[0];
    // What all of them lack in the same way is one thing to put right, not ninety-five.
    const isOne = first && lacking.length === subjects.length && lacking.every(({ code }) => code === first.code);
    const mistakes = isOne
      ? [documentMistake('offices', first.code, { office })]
      : lacking.map(({ unit, code }) => documentMistake('subjects', code, { unit, office }));
    for (const each of mistakes) found[each.code === 'OFFICE_VACANT' ? 'warnings' : 'missing'].push(each);
  }
  return found;
}
