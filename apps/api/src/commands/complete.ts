import { type CommandRequest, documentMistake, type DocumentCode, TEXT_FIELDS } from '@giamsat/contracts/http';
import {
  board,
  campaigns,
  type FrozenPlan,
  offices,
  organisations,
  references,
  register as registers,
  subjectsOf,
  ScopedDatabase,
} from '@giamsat/database';
import {
  type ActDates,
  type CaseState,
  type CommandBody,
  type CompiledCalendar,
  datesOf,
  rowOf,
} from '@giamsat/procedure';
import { compileCalendar, FileProblems, procedureLibrary, readCalendar } from '@giamsat/procedure/source';
import { successorsOn } from '@giamsat/registry';
import { Injectable } from '@nestjs/common';
import { teamIdOf } from '../campaigns/plan.js';
import { NoticeCheck } from '../cases/notice-check.js';
import { Clock } from '../clock.js';
import { ProblemException } from '../http/problem-exception.js';
import { recusedSeats } from '../organisations/recused.js';
import type { Stream } from '../streams/streams.js';

/** Goes into the envelope, not into the body. */
const ENVELOPE_FIELDS = ['dates', 'paper', 'capacity', 'onBehalfOf', 'expectedSeq'] as const;

const unknown = (
  path: string,
  code: DocumentCode,
  params: Parameters<typeof documentMistake>[2] = {},
): ProblemException => new ProblemException('INVALID', { errors: [documentMistake(path, code, params)] });

type Correcting = Extract<CommandRequest, { type: 'correctEntry' }>;
type CorrectionBody = Extract<CommandBody, { type: 'correctEntry' }>;

/**
 * What is not named stays as it stands, by the entry itself or by the correction of it that is corrected: whoever mends the day
 * of receipt says nothing about the paper's own. null = there is no such date.
 */
function replacing({ facts }: CaseState, { entry, replace }: Correcting): CorrectionBody['replace'] {
  const corrected = facts.find(({ seq }) => seq === entry);
  const before = corrected?.type === 'entryCorrected' ? corrected.data.replace : undefined;
  if (!replace?.dates) return { ...before, ...replace, dates: before?.dates };
  const dates = Object.entries({ ...datesOf(entry, facts), ...replace.dates }).filter(([, date]) => date !== null);
  return { ...before, ...replace, dates: Object.fromEntries(dates) as ActDates };
}

/** Turns what a client sent into what the core decides on: the server fills in what it knows better than any client. */
@Injectable()
export class Complete {
  private readonly library = procedureLibrary();

  constructor(
    private readonly database: ScopedDatabase,
    private readonly clock: Clock,
    private readonly notices: NoticeCheck,
  ) {}

  /** @throws INVALID naming what does not exist */
  async body(stream: Stream, request: CommandRequest, commandId: string): Promise<CommandBody> {
    const { state, id } = stream;
    const body = withoutEnvelope(request);
    switch (request.type) {
      case 'requestExtension':
        return { ...body, request: commandId } as CommandBody;
      case 'recordFinding':
        return { ...body, finding: commandId } as CommandBody;
      case 'recordMeasure':
        return { ...body, measure: commandId, ...(await this.owing(request.owes)) } as CommandBody;
      case 'recordPaper':
        return {
          type: 'recordPaper',
          ...(request.about && { about: request.about }),
          ...(await this.notice(state, request.notice)),
        };
      case 'transferUnit':
        return { ...body, ...(await this.transfer(state, request)) } as CommandBody;
      case 'acceptTransfer':
        // One that is not there is taken over by nobody, like one that is another's.
        return { type: 'acceptTransfer', unit: (await organisations.resolve(this.database, request.unit))?.id ?? '' };
      case 'changeTeam':
        return { type: 'changeTeam', team: await this.teamFor(stream, request.team) };
      case 'addSubject':
        return { type: 'addSubject', subject: await this.subject(stream, request, commandId) };
      case 'withdrawSubject':
        if (!(await this.isSubject(state, id, request.caseId)))
          throw new ProblemException('SUBJECT_UNKNOWN', { params: { case: request.caseId } });
        return body as CommandBody;
      case 'correctEntry':
        return { ...body, ...(request.replace && { replace: replacing(state, request) }) } as CommandBody;
      case 'amendPlan':
        return { type: 'amendPlan', dates: request.planDates };
      case 'applyCalendar':
        return { type: 'applyCalendar', calendar: this.calendar(request, state) };
      case 'applyProcedure':
        return { type: 'applyProcedure', procedure: this.procedure(request.procedure) };
      case 'launchWave':
        return { type: 'launchWave', wave: request.wave, cases: await this.casesIn(state, id, request.wave) };
      case 'closeCampaign':
        return { type: 'closeCampaign', open: await this.openCases(id) };
      default:
        return body as CommandBody;
    }
  }

  /** Its text is kept, and what in it stands in the way of issuing it. */
  private async notice(state: CaseState, text: string | undefined): Promise<{ blocks?: string[]; text?: string }> {
    if (text === undefined) return {};
    const { found } = await this.notices.read(state, text);
    const blocks = found.filter(({ severity }) => severity === 'blocks').map(({ code }) => code);
    return { text, ...(blocks.length > 0 && { blocks: [...new Set(blocks)] }) };
  }

  private async unit(reference: string, path: string): Promise<string> {
    const found = await organisations.resolve(this.database, reference);
    if (!found) throw unknown(path, 'UNIT_UNKNOWN');
    return found.id;
  }

  /** Whoever the register calls a successor; of a unit that left none, whoever is named. */
  private async transfer(
    state: CaseState,
    { from: of, to, duties }: Extract<CommandRequest, { type: 'transferUnit' }>,
  ): Promise<Partial<Extract<CommandBody, { type: 'transferUnit' }>>> {
    const from = of === undefined ? undefined : await this.unit(of, 'from');
    const receivers = await Promise.all(to.map((unit, i) => this.receiver(unit, `to.${i}`)));
    const register = await registers.load(this.database);
    const ending = from === undefined ? rowOf(state).units : [from];
    const successors = ending.flatMap((unit) => successorsOn(register, unit, this.clock.today()));
    const stranger = receivers.findIndex((unit) => successors.length > 0 && !successors.includes(unit));
    if (stranger >= 0) throw unknown(`to.${stranger}`, 'UNIT_NOT_SUCCESSOR');
    const { team } = rowOf(state);
    if (team) await this.notRecused(state, team, new Map(receivers.map((unit, i) => [unit, `to.${i}`])));
    const shares = duties?.map(async (share, i) => ({
      ...share,
      units: await Promise.all(share.units.map((unit, j) => this.unit(unit, `duties.${i}.units.${j}`))),
    }));
    return { ...(from && { from }), to: receivers, ...(shares && { duties: await Promise.all(shares) }) };
  }

  /** Whoever takes a case over is there to do so. */
  private async receiver(reference: string, path: string): Promise<string> {
    const found = (await references.units(this.database, [reference]))[reference];
    if (!found) throw unknown(path, 'UNIT_UNKNOWN');
    if (found.ended !== null && found.ended <= this.clock.today()) throw unknown(path, 'UNIT_ENDED');
    return found.id;
  }

  private async owing(reference: string | undefined): Promise<{ owes?: string }> {
    return reference === undefined ? {} : { owes: await this.unit(reference, 'owes') };
  }

  /** Its team goes with it to the launch, as that of a planned subject does. */
  private async subject(
    { state }: Stream,
    { unit, kind, wave, team }: Extract<CommandRequest, { type: 'addSubject' }>,
    caseId: string,
  ): Promise<FrozenPlan['subjects'][number]> {
    const subject = { caseId, unit: await this.unit(unit, 'unit'), kind, wave };
    return team === undefined ? subject : { ...subject, team: await this.team(state, team) };
  }

  private async team({ opening }: CaseState, reference: string): Promise<string> {
    const team = teamIdOf(opening.campaign, reference);
    const on = this.clock.today();
    const holders = await offices.inCampaign(this.database, { campaign: opening.campaign, teams: [team], on });
    if (!holders.some((holder) => holder.team === team)) throw unknown('team', 'TEAM_UNKNOWN');
    return team;
  }

  /** Nobody comes into a team that supervises a unit he had to step back from. */
  private async teamFor({ scope, state }: Stream, reference: string): Promise<string> {
    const team = await this.team(state, reference);
    const { campaign, subject } = state.opening;
    const units =
      scope === 'case' ? [subject?.unit ?? '', ...rowOf(state).units] : await board.openUnits(this.database, campaign);
    await this.notRecused(state, team, new Map(units.map((unit) => [unit, 'team'])));
    return team;
  }

  /** `units`: with the place that names each. */
  private async notRecused({ opening: { campaign } }: CaseState, team: string, units: Map<string, string>) {
    const on = this.clock.today();
    const members = await offices.inCampaign(this.database, { campaign, teams: [team], on });
    const seats = members
      .filter((member) => member.team === team)
      .flatMap(({ person }) => [...units].map(([unit, path]) => ({ path, person, unit })));
    const errors = await recusedSeats(this.database, seats, on);
    if (errors.length > 0) throw new ProblemException('INVALID', { errors });
  }

  private calendar(
    { calendar: name, file }: Extract<CommandRequest, { type: 'applyCalendar' }>,
    { calendar: now }: CaseState,
  ): CompiledCalendar {
    if (file !== undefined) return newCalendar(file, now);
    const found = this.library.getCalendar(name ?? now.id);
    if (!found) throw unknown('calendar', 'CALENDAR_UNKNOWN', { known: this.library.known.calendars });
    return found.compiled;
  }

  private procedure(name: string) {
    const found = this.library.getProcedure(name);
    if (!found) throw unknown('procedure', 'PROCEDURE_UNKNOWN', { known: this.library.known.procedures });
    return found.compiled;
  }

  private async casesIn(state: CaseState, campaignId: string, wave: number): Promise<number> {
    const plan = await campaigns.frozenPlan(this.database, campaignId);
    return plan ? subjectsOf(plan.body, state, wave).length : 0;
  }

  private async isSubject(state: CaseState, campaignId: string, caseId: string): Promise<boolean> {
    const plan = await campaigns.frozenPlan(this.database, campaignId);
    return plan !== null && subjectsOf(plan.body, state).some((subject) => subject.caseId === caseId);
  }

  private async openCases(campaignId: string): Promise<number> {
    const { byStatus } = await board.figures(this.database, {
      campaignId,
      today: this.clock.today(),
      now: this.clock.now(),
    });
    return (byStatus.running ?? 0) + (byStatus.suspended ?? 0);
  }
}

/** From the text of a file, every mistake in it at once; of the calendar in use, and newer. */
function newCalendar(text: string, { id: calendar, revision }: CompiledCalendar): CompiledCalendar {
  try {
    const source = readCalendar(text, 'file');
    if (source.id !== calendar) throw unknown('file', 'CALENDAR_OTHER', { given: source.id, calendar });
    if (source.revision <= revision) throw unknown('file', 'CALENDAR_NOT_NEWER', { revision });
    return compileCalendar(source);
  } catch (error) {
    if (!(error instanceof FileProblems)) throw error;
    const errors = error.problems.map(({ file, line, column, field, message }) => ({
      path: `${file}:${line}:${column} ${field}`,
      code: 'CALENDAR_FILE',
      message,
    }));
    throw new ProblemException('INVALID', { errors });
  }
}

function withoutEnvelope(request: CommandRequest): Record<string, unknown> {
  const body: Record<string, unknown> = { ...request };
  for (const field of ENVELOPE_FIELDS) delete body[field];
  return body;
}

/** Replaces every sentence by the hash it is kept under. */
export async function withoutTexts(body: CommandBody, keep: (text: string) => Promise<string>): Promise<CommandBody> {
  const kept: Record<string, unknown> = { ...body };
  for (const field of TEXT_FIELDS) if (typeof kept[field] === 'string') kept[field] = await keep(kept[field]);
  return kept as CommandBody;
}
