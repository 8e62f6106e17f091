import type { Traffic } from '../traffic/traffic';

/** Watches how long a producer waits for the next acknowledgement. @returns ends it, and tells the longest pause in milliseconds */
export function watchPauses(traffic: Pick<Traffic, 'acked'>): () => number {
  let [acked, changed, longest] = [traffic.acked(), Date.now(), 0];
  const look = () => {
    longest = Math.max(longest, Date.now() - changed);
    if (traffic.acked() === acked) return;
    [acked, changed] = [traffic.acked(), Date.now()];
  };
  const timer = setInterval(look, 50);
  return () => {
    clearInterval(timer);
    look();
    return longest;
  };
}
