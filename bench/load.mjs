import { Agent, request } from 'node:http';

/** Posts one request over the agent; resolves with the answer's status and text. */
export function post(port, { path, headers, body }, agent) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.once('end', () => resolve({ status: answer.statusCode, text }));
      answer.once('error', reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/**
 * Keeps a number of requests under way for some milliseconds and measures the server meanwhile.
 * after, if given, resolves when what the request has set off is done too; only then the next one begins.
 */
export async function load({ server, requests, concurrency, duration, expect, after }) {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const latencies = [];
  let next = 0;
  let done = 0;
  const cpu = server.cpu();
  const began = performance.now();

  async function work() {
    while (performance.now() - began < duration) {
      const one = requests[next++ % requests.length];
      const finished = after?.(one);
      const sent = performance.now();
      const { status, text } = await post(server.port, one, agent);
      latencies.push(performance.now() - sent);
      if (status !== 200 || !text.includes(expect))
        throw new Error(`Unexpected answer ${status}: ${text.slice(0, 200)}`);
      await finished;
      done += 1;
    }
  }

  try {
    await Promise.all(Array.from({ length: concurrency }, work));
  } finally {
    agent.destroy();
  }
  const seconds = (performance.now() - began) / 1000;
  return { perCpu: done / (server.cpu() - cpu), perSecond: done / seconds, p99: percentile(latencies, 99) };
}

/** The value that a share (in percent) of the values does not pass. */
export function percentile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))];
}

/** The middle one, or the mean of the middle two. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
