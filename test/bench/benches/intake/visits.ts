import { Agent, request } from 'node:http';
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

const CONNECTIONS = 50;
const NS_PER_MS = 1_000_000;

export interface Visit {
  readonly url: string;
  readonly userAgent: string;
}

export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Visits at a steady rate, whether the ones before are answered or not. Latency counts from when a visit was due, so that
 * a server that stands still is charged for everybody who came meanwhile. Every answer has to be a redirect.
 */
export async function visitAll(visits: readonly Visit[], perSecond: number): Promise<Latency> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const latencyNs = createHistogram();
  const startedAt = performance.now();
  const answers: Promise<void>[] = [];
  const recordedAnswer = async (visit: Visit, dueAt: number) => {
    await answerTo(visit, agent);
    latencyNs.record(Math.max(1, Math.round((performance.now() - dueAt) * NS_PER_MS)));
  };
  for (const [index, visit] of visits.entries()) {
    const dueAt = startedAt + (index / perSecond) * 1_000;
    while (performance.now() < dueAt) await pause(1);
    answers.push(recordedAnswer(visit, dueAt));
  }
  await Promise.all(answers);
  agent.destroy();
  return { p50Ms: latencyNs.percentile(50) / NS_PER_MS, p99Ms: latencyNs.percentile(99) / NS_PER_MS };
}

function answerTo({ url, userAgent }: Visit, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { 'user-agent': userAgent } }, (response) => {
      if (response.statusCode !== 302) reject(new Error(`${url} answered ${response.statusCode}.`));
      response.resume().on('end', resolve);
    })
      .on('error', reject)
      .end();
  });
}
