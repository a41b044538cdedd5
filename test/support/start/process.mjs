// Stands for the worker or the api: says in a file what still ran when it was told to stop.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';

const name = process.argv[2];
const { GIAMSAT_HOME, GIAMSAT_API_PORT, TEMPORAL_ADDRESS, DATABASE_URL_APP } = process.env;

const server = createServer((_, response) => response.end(name));
if (name === 'api') server.listen(Number(GIAMSAT_API_PORT), '127.0.0.1');
else server.listen(0, '127.0.0.1');

const isUp = (address) =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(address);
    const socket = connect({ host: hostname, port: Number(port) }, () => resolve(true));
    socket.once('error', () => resolve(false));
  });

process.on('SIGTERM', async () => {
  const up = [
    (await isUp(`http://127.0.0.1:${GIAMSAT_API_PORT}`)) && 'api',
    (await isUp(`http://${TEMPORAL_ADDRESS}`)) && 'temporal',
    (await isUp(DATABASE_URL_APP)) && 'postgres',
  ];
  appendFileSync(join(GIAMSAT_HOME, 'stops'), `${name} while ${up.filter(Boolean).join(' ')}\n`);
  process.exit(0);
});
