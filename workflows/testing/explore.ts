import { randomUUID } from 'node:crypto';
import type { CommandBody } from '@giamsat/procedure';
import { drill, Life, type Stage } from './life.js';

/** Tries what was tried least, so that every outcome of every step comes up; returns cases until nothing new does. */
export async function* explore(stage: Stage, actsPerCase: number): AsyncGenerator<Life> {
  const tried = new Map<string, number>();
  const times = (key: string): number => tried.get(key) ?? 0;
  for (let found = 1; found > 0;) {
    found = 0;
    const life = await Life.begin(stage);
    for (let act = 0; act < actsPerCase; act++) {
      const candidates = (await candidatesOf(life)).filter(({ ends }) => !ends || act > actsPerCase - 3);
      const next = candidates.toSorted((a, b) => times(a.key) - times(b.key))[0];
      if (!next) break;
      if (times(next.key) === 0) found++;
      tried.set(next.key, times(next.key) + 1);
      await life.try(next.office, next.body);
      if ((await life.view()).status === 'closed') break;
      if (act % 9 === 8) await life.wait(15);
    }
    yield life;
  }
}

interface Candidate {
  key: string;
  office: string;
  body: CommandBody;
  ends: boolean;
}

async function candidatesOf(life: Life): Promise<Candidate[]> {
  const view = await life.view();
  return view.acts.flatMap(({ type, step, outcomes, offices }) => {
    const id = step?.split('/')[0] ?? '';
    return (outcomes ?? ['']).flatMap((outcome) => {
      const body = bodyOf(type, step ?? '', outcome);
      const ends = drill.steps.find((each) => each.id === id)?.outcomes[outcome]?.effect === 'ends';
      return body ? [{ key: `${type} ${id} ${outcome}`, office: offices[0]!, body, ends }] : [];
    });
  });
}

/** Acts on steps only; the named paths do the others. */
function bodyOf(type: string, step: string, outcome: string): CommandBody | null {
  const item = step.split('/')[1] ?? '';
  switch (type) {
    case 'submitStep':
      return { type, step };
    case 'completeStep':
    case 'returnStep':
      return { type, step, outcome };
    case 'judgeMeasure':
      return { type, measure: item, outcome };
    case 'recordMeasure':
      return { type, measure: randomUUID(), findings: [], nature: 'duty' };
    default:
      return null;
  }
}
