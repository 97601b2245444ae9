import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory that is gone when the test is over. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ssis-ha-test-'));
  onTestFinished(async () => await rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

/** Writes a shell script that can be started, and gives its path. */
export async function script(path: string, ...lines: readonly string[]): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  await chmod(path, 0o755);
  return path;
}

/** What a program that calls itself this version would print. */
export function saying(version: string): string {
  return `echo "temporal version ${version} (Server 1.31.2, UI 2.50.1)"`;
}

/** For what is not of interest. */
export function silently(): void {}
