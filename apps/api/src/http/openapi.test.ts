import { KEY_HEADER, PREFIX, ROUTES } from '@giamsat/contracts/http';
import { openapi } from './openapi.js';

interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required: boolean }[];
  security: object[];
  responses: Record<string, { description: string }>;
}

describe('the api description', () => {
  const { paths } = openapi() as unknown as { paths: Record<string, Record<string, Operation>> };
  const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({ path, method, ...operation })),
  );

  it('has every route of the table, at its own place', () => {
    const places = Object.fromEntries(
      operations.map(({ operationId, method, path }) => [operationId, `${method} ${path}`]),
    );
    for (const [name, route] of Object.entries(ROUTES))
      expect(places[name]).toBe(`${route.method.toLowerCase()} ${PREFIX}${route.path.replace(/:(\w+)/g, '{$1}')}`);
    expect(operations).toHaveLength(Object.keys(ROUTES).length);
  });

  it('says what has to be sent and what may come back', () => {
    const command = operations.find(({ operationId }) => operationId === 'commandCase')!;
    expect(command.parameters.map((each) => `${each.in} ${each.name} ${each.required}`)).toEqual([
      'path id true',
      `header ${KEY_HEADER} true`,
    ]);
    expect(command.responses['409']!.description).toContain('STEP_NOT_OPEN');
    expect(command.responses['503']!.description).toContain('NO_ANSWER_YET');
    expect(operations.find(({ operationId }) => operationId === 'login')!.security).toEqual([]);
  });
});
