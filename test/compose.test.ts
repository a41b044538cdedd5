import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');

type Environment = Record<string, string | number | null>;

interface Service {
  image: string;
  build?: object;
  depends_on?: Record<string, object>;
  command?: string[];
  environment?: Environment;
}

const { services } = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
};

/** Services that run one of our programs: `node … apps/<app>/dist/main.js …`. */
const ours = Object.entries(services).flatMap(([name, { command = [], environment = {} }]) => {
  const app = /apps\/(\w+)\/dist\/main\.js/.exec(command.join(' '))?.[1];
  return app ? [{ name, app, environment }] : [];
});

/** As compose fills in `${NAME:-default}` when the user sets nothing; a variable without a value is then absent. */
const defaults = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, `${value}`.replace(/\$\{\w+:-([^}]*)\}/g, '$1')]),
  );

/** The one object schema that a process's `config.ts` exports. */
async function schemaOf(app: string): Promise<z.ZodObject> {
  const exported: Record<string, unknown> = await import(join(root, 'apps', app, 'src', 'config.ts'));
  const schemas = Object.values(exported).filter((value) => value instanceof z.ZodObject);
  expect(schemas).toHaveLength(1);
  return schemas[0] as z.ZodObject;
}

describe('docker-compose.yml', () => {
  it('runs the migration, the worker and the api', () => {
    expect(ours.map(({ name }) => name).sort()).toEqual(['api', 'migrate', 'worker']);
  });

  it('builds our image once, before anything runs in it', () => {
    const inImage = Object.entries(services).filter(([, { image }]) => image === 'giamsat');
    expect(inImage.filter(([, { build }]) => build).map(([name]) => name)).toEqual(['migrate']);
    for (const [name, { depends_on: after = {} }] of inImage)
      expect([name, name === 'migrate' || 'migrate' in after]).toEqual([name, true]);
  });

  it.each(ours)('gives $name only variables that its configuration knows', async ({ app, environment }) => {
    const known = Object.keys((await schemaOf(app)).shape);
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(ours)('gives $name a configuration that is complete and right', async ({ app, environment }) => {
    const result = (await schemaOf(app)).safeParse(defaults(environment));
    expect(result.error?.issues ?? []).toEqual([]);
  });
});
