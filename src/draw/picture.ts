import { fileURLToPath } from 'node:url';
import { type RenderedImage, renderAsync } from '@resvg/resvg-js';
import type { Chart } from '../core/chart.js';
import { drawSvg, height, width } from './chart.js';

/** The fonts of the picture come along, so that it looks the same on every machine. */
const fonts = {
  loadSystemFonts: false,
  fontFiles: [
    fileURLToPath(import.meta.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf')),
    fileURLToPath(import.meta.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf')),
  ],
  defaultFontFamily: 'Inter',
};

/** Pixels of the picture for each point on the screen. */
const density = 2;

/** Draws a curve of at least one point as a PNG, 1200 x 480 pixels for a place of 600 x 240. */
export async function drawPicture(chart: Chart): Promise<Uint8Array<ArrayBuffer>> {
  const drawn: RenderedImage = await renderAsync(drawSvg(chart), {
    font: fonts,
    fitTo: { mode: 'width', value: width * density },
    logLevel: 'off',
  });
  if (drawn.height !== height * density) throw new Error(`The picture came out ${drawn.height} pixels high.`);
  return new Uint8Array(drawn.asPng());
}
