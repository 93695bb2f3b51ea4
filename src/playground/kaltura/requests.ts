import { type Fields, text } from './values.js';

/** One request as it came in: the calls it held. */
export interface LoggedRequest {
  number: number;
  calls: string[];
  clientTag: string | undefined;
}

const KEPT = 1000;

/** Counts requests, so that tests can count round trips. */
export class RequestLog {
  private total = 0;
  private counts = new Map<string, number>();
  private recent: LoggedRequest[] = [];

  /** Notes a request; a multirequest is one request with several calls. */
  add(calls: string[], params: Fields): void {
    this.total += 1;
    for (const call of calls) this.counts.set(call, (this.counts.get(call) ?? 0) + 1);
    this.recent.push({ number: this.total, calls, clientTag: text(params, 'clientTag') });
    if (this.recent.length > KEPT) this.recent.shift();
  }

  /** Gives the number of requests, of calls by `service.action`, and the last thousand requests. */
  read(): { total: number; calls: Record<string, number>; requests: LoggedRequest[] } {
    return { total: this.total, calls: Object.fromEntries(this.counts), requests: [...this.recent] };
  }

  /** Starts counting anew. */
  clear(): void {
    this.total = 0;
    this.counts = new Map();
    this.recent = [];
  }
}
