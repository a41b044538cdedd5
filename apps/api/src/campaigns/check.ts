import { campaignDocument, type CampaignDocument, documentMistake, type Mistake } from '@giamsat/contracts/http';
import { references, ScopedDatabase } from '@giamsat/database';
import { procedureLibrary } from '@giamsat/procedure/source';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { mistakesIn } from '../http/mistakes.js';
import { recusedSeats, type Seat } from '../organisations/recused.js';
import { datesMistakes, procedureMistakes, structureMistakes } from './document-rules.js';

/** What the references of a document stand for today. */
export interface Resolved {
  unit: Record<string, string>;
  person: Record<string, string>;
}

export interface Checked {
  document: CampaignDocument | null;
  mistakes: Mistake[];
  resolved: Resolved;
}

/** Every mistake of a campaign document at once, each with its place and what would be right. Stores nothing. */
@Injectable()
export class Check {
  private readonly library = procedureLibrary();

  constructor(
    private readonly database: ScopedDatabase,
    private readonly clock: Clock,
  ) {}

  async document(raw: unknown): Promise<Checked> {
    const read = campaignDocument.safeParse(raw);
    if (!read.success)
      return { document: null, mistakes: mistakesIn(campaignDocument, raw), resolved: { unit: {}, person: {} } };
    const document = read.data;
    const { resolved, mistakes } = await this.resolve(document);
    return {
      document,
      resolved,
      mistakes: [
        ...procedureMistakes(document, this.library),
        ...structureMistakes(document),
        ...datesMistakes(document, this.clock.today()),
        ...mistakes,
        ...(await recusedSeats(this.database, seatsOf(document, resolved), this.clock.today())),
      ],
    };
  }

  private async resolve(document: CampaignDocument): Promise<{ resolved: Resolved; mistakes: Mistake[] }> {
    const [unitsAt, peopleAt] = [unitReferences(document), personReferences(document)];
    const [units, people] = await Promise.all([
      references.units(
        this.database,
        unitsAt.map(({ reference }) => reference),
      ),
      references.people(
        this.database,
        peopleAt.map(({ reference }) => reference),
      ),
    ]);
    const mistakes = [
      ...unitsAt.flatMap(({ path, reference }) => {
        const unit = units[reference];
        if (!unit) return [documentMistake(path, 'UNIT_UNKNOWN')];
        return unit.ended && unit.ended <= document.plan.date.slice(0, 10) ? [documentMistake(path, 'UNIT_ENDED')] : [];
      }),
      ...peopleAt.flatMap(({ path, reference }) =>
        people[reference] ? [] : [documentMistake(path, 'PERSON_UNKNOWN')],
      ),
    ];
    const unit = Object.fromEntries(Object.entries(units).map(([reference, { id }]) => [reference, id]));
    return { resolved: { unit, person: people }, mistakes };
  }
}

/** Members of each team, beside every unit that team is to supervise. */
function seatsOf({ teams, subjects }: CampaignDocument, { unit, person }: Resolved): Seat[] {
  const units = (team: string) =>
    subjects.flatMap((subject) => (subject.team === team ? (unit[subject.unit] ?? []) : []));
  return teams.flatMap((team, i) =>
    membersOf(team, i).flatMap(({ path, reference }) => {
      const who = person[reference];
      return who ? units(team.id).map((of) => ({ path, person: who, unit: of })) : [];
    }),
  );
}

interface Reference {
  path: string;
  reference: string;
}

const given = (path: string, reference: string | undefined): Reference[] =>
  reference === undefined ? [] : [{ path, reference }];

function unitReferences({ ownerUnit, subjects }: CampaignDocument): Reference[] {
  return [...given('ownerUnit', ownerUnit), ...subjects.flatMap(({ unit }, i) => given(`subjects.${i}.unit`, unit))];
}

function personReferences({ plan, teams, offices, subjects }: CampaignDocument): Reference[] {
  return [
    ...given('plan.signer', plan.signer),
    ...offices.flatMap(({ person }, i) => given(`offices.${i}.person`, person)),
    ...teams.flatMap(membersOf),
    ...subjects.flatMap(({ member, areaOfficer, head, contact }, i) => [
      ...given(`subjects.${i}.member`, member),
      ...given(`subjects.${i}.areaOfficer`, areaOfficer),
      ...given(`subjects.${i}.head`, head),
      ...given(`subjects.${i}.contact`, contact),
    ]),
  ];
}

const membersOf = (
  { head, secretary, deputies, members }: CampaignDocument['teams'][number],
  i: number,
): Reference[] => [
  ...given(`teams.${i}.head`, head),
  ...given(`teams.${i}.secretary`, secretary),
  ...deputies.flatMap((person, j) => given(`teams.${i}.deputies.${j}`, person)),
  ...members.flatMap((person, j) => given(`teams.${i}.members.${j}`, person)),
];
