export interface Waiting {
  changed(): void;
  until<T>(what: string, look: () => T | undefined | false | null, milliseconds?: number): Promise<T>;
}

/** Lets tests wait for a state instead of for a time: it is looked at after every change. */
export function createWaiting(): Waiting {
  const waiters = new Set<() => void>();
  return {
    changed: () => {
      for (const waiter of [...waiters]) waiter();
    },
    until(what, look, milliseconds = 20_000) {
      return new Promise((resolve, reject) => {
        const finish = (act: () => void) => {
          waiters.delete(check);
          clearTimeout(timer);
          act();
        };
        const check = () => {
          try {
            const found = look();
            if (found !== undefined && found !== false && found !== null) finish(() => resolve(found));
          } catch (error) {
            finish(() => reject(error));
          }
        };
        const timer = setTimeout(() => finish(() => reject(new Error(`never happened: ${what}`))), milliseconds);
        waiters.add(check);
        check();
      });
    },
  };
}
