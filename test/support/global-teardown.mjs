// Jest calls this after failures too.
export default async function tearDown() {
  const engines = globalThis.giamsatEngines;
  if (!engines) return;
  await Promise.all(engines.servers.map((server) => server.stop()));
  const gone = new Promise((resolve) => engines.janitor.once('exit', resolve));
  engines.janitor.ref();
  engines.janitor.stdin.end();
  await gone;
}
