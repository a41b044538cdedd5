import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of processor time, by who used it. Linux only: elsewhere the servers count as nothing. */
export type Cpu = Record<(typeof WHO)[number], number>;
export const WHO = ['node', 'temporal', 'postgres'] as const;

const TICK_MS = 10;

export function cpuOf(groups: { temporal: number; postgres: number }): Cpu {
  const { user, system } = process.cpuUsage();
  return { node: (user + system) / 1000, temporal: ofGroup(groups.temporal), postgres: ofGroup(groups.postgres) };
}

export const since = (before: Cpu, after: Cpu): Cpu =>
  Object.fromEntries(Object.entries(after).map(([who, ms]) => [who, ms - before[who as keyof Cpu]])) as Cpu;

/** A server and its children, the ended ones included. */
function ofGroup(pgrp: number): number {
  if (process.platform !== 'linux') return 0;
  let ticks = 0;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      // Postgres gives each of its children a process group of its own.
      if (fields[2] !== pgrp && fields[1] !== pgrp) continue;
      const [own, children] = [fields[11]! + fields[12]!, fields[13]! + fields[14]!];
      ticks += Number(pid) === pgrp ? own + children : own;
    } catch {
      // It has just ended; its leader counts it from now on.
    }
  }
  return ticks * TICK_MS;
}
