import { type Db, offices } from '@giamsat/database';
import { bornOn, endsOn, lineOn, parentOn, type Register } from '@giamsat/registry';
import { addDays } from '@giamsat/procedure';
import { Injectable } from '@nestjs/common';
import { planningOffices } from '../rights/parties.js';

/** What one person keeps of the register: the bodies in which he holds a planning office, and all that lies under them. */
export class Realm {
  constructor(
    private readonly register: Register,
    private readonly today: string,
    private readonly held: offices.Grant[],
  ) {}

  /** in which office he acts on the register */
  get capacity(): string {
    return this.held[0]?.office ?? '';
  }

  /** the bodies themselves */
  get seats(): ReadonlySet<string> {
    return new Set(this.held.flatMap(({ unit }) => unit ?? []));
  }

  holds(id: string): boolean {
    const unit = this.register.get(id);
    if (!unit) return false;
    const end = endsOn(unit);
    const born = bornOn(unit);
    // One that has ended is kept by whoever kept it last; one that is still to come, by whoever it comes under.
    const day = end !== null && end <= this.today ? addDays(end, -1) : born > this.today ? born : this.today;
    const { seats } = this;
    return lineOn(this.register, id, day).some((above) => seats.has(above));
  }

  /** Everything there is, when one of his bodies hangs under no other. */
  get isWhole(): boolean {
    return [...this.seats].some((id) => {
      const unit = this.register.get(id);
      return unit !== undefined && parentOn(unit, this.today) === null;
    });
  }

  get units(): string[] {
    return [...this.register.keys()].filter((id) => this.holds(id));
  }
}

@Injectable()
export class Bounds {
  private readonly planning = new Set(planningOffices());

  async of(db: Db, person: string, register: Register, today: string): Promise<Realm> {
    const held = await offices.ofPerson(db, person, today);
    return new Realm(
      register,
      today,
      held.filter(({ unit, office }) => unit !== null && this.planning.has(office)),
    );
  }
}
