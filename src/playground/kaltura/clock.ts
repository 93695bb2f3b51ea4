import type { Clock } from './account.js';

/** A clock that runs on another one and that tests may stop, set and move on. */
export class ControlledClock implements Clock {
  private readonly base: Clock;
  private offset = 0;
  private stoppedAt: number | undefined;

  constructor(base: Clock) {
    this.base = base;
  }

  now(): number {
    return this.stoppedAt ?? this.base.now() + this.offset;
  }

  /** Says whether the clock stands still. */
  get isStopped(): boolean {
    return this.stoppedAt !== undefined;
  }

  /** Sets the clock; milliseconds since 1970. */
  set(now: number): void {
    if (this.stoppedAt === undefined) this.offset = now - this.base.now();
    else this.stoppedAt = now;
  }

  /** Moves the clock on by milliseconds. */
  advance(by: number): void {
    this.set(this.now() + by);
  }

  /** Stops the clock where it is. */
  stop(): void {
    this.stoppedAt = this.now();
  }

  /** Lets the clock run on from where it is. */
  run(): void {
    const now = this.now();
    this.stoppedAt = undefined;
    this.set(now);
  }
}
