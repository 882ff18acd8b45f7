import { Agent, request } from 'node:http';

/** Calls per second that `connections` kept-alive connections get through in `seconds`. */
export async function callsPerSecond(
  connections: number,
  seconds: number,
  call: (agent: Agent) => Promise<void>,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const rate = await perSecond(connections, seconds, () => call(agent));
  agent.destroy();
  return rate;
}

/** How often per second `workers` loops get through `work` in `seconds`. */
export async function perSecond(
  workers: number,
  seconds: number,
  work: (worker: number) => Promise<void>,
): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1_000;
  let count = 0;

  async function loop(worker: number): Promise<void> {
    while (performance.now() < end) {
      await work(worker);
      count += 1;
    }
  }

  await Promise.all(Array.from({ length: workers }, (_, worker) => loop(worker)));
  return (count * 1_000) / (performance.now() - start);
}

/** One call; throws unless it is answered with the wanted status. */
export function call(
  agent: Agent,
  method: 'GET' | 'POST',
  address: string,
  token: string,
  wanted: number,
  body?: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (body !== undefined) {
      headers['content-type'] = 'application/json';
      headers['content-length'] = String(Buffer.byteLength(body));
    }
    const sent = request(address, { agent, method, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        if (answer.statusCode === wanted) resolve();
        else reject(new Error(`${method} ${address} answered ${answer.statusCode ?? 0}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
