import { drawPicture } from '../../dist/draw/picture.js';

/** Viewers come in the first minutes, stay, and leave after the end; small waves as people come and go. */
function viewersAt(minute) {
  const coming = 1 - Math.exp(-minute / 7);
  const leaving = minute > 72 ? Math.exp(-(minute - 72) / 6) : 1;
  const peak = 1 + 0.22 * Math.exp(-((minute - 47) ** 2) / 160);
  const waves = 1 + 0.012 * Math.sin(minute * 1.9) + 0.008 * Math.sin(minute * 4.3);
  return Math.round(1180 * coming * leaving * peak * waves);
}

/** Draws the curve of a show as the bot shows it in Slack, as a PNG. */
export const drawSample = () =>
  drawPicture({
    kind: 'chart',
    title: 'Viewers of Q3 Town Hall',
    unit: 'viewers at the same time',
    points: Array.from({ length: 91 }, (_, minute) => ({
      at: Date.UTC(2026, 10, 24, 14, 55) + minute * 60_000,
      value: viewersAt(minute),
    })),
  });
