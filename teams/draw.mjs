// Draws the icons of the Teams app: a screen that sends waves. Run it after changing a shape: node teams/draw.mjs
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const blue = [11, 61, 92];
const white = [255, 255, 255];

// Shapes say whether a point of the unit square lies inside of them.
const roundSquare = (x, y) =>
  Math.hypot(Math.max(Math.abs(x - 0.5) - 0.34, 0), Math.max(Math.abs(y - 0.5) - 0.34, 0)) <= 0.16;
const triangle = (left, right, middle, half) => (x, y) =>
  x >= left && x <= right && Math.abs(y - middle) <= half * (1 - (x - left) / (right - left));
const arc = (radius, width) => (x, y) => {
  const [dx, dy] = [x - 0.34, y - 0.5];
  return Math.abs(Math.hypot(dx, dy) - radius) <= width / 2 && Math.abs(Math.atan2(dy, dx)) <= Math.PI / 4.2;
};
const without = (outer, inner) => (x, y) => outer(x, y) && !inner(x, y);

const color = [
  { inside: roundSquare, paint: blue },
  { inside: triangle(0.2, 0.47, 0.5, 0.17), paint: white },
  { inside: arc(0.26, 0.06), paint: white },
  { inside: arc(0.39, 0.06), paint: white },
];
const outline = [
  { inside: without(triangle(0.1, 0.46, 0.5, 0.23), triangle(0.165, 0.345, 0.5, 0.115)), paint: white },
  { inside: arc(0.3, 0.075), paint: white },
  { inside: arc(0.47, 0.075), paint: white },
];

/** Rasters shapes on a transparent square, each pixel from 64 points. */
function raster(size, shapes) {
  const fine = 8;
  const pixels = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const sum = [0, 0, 0];
      let hits = 0;
      for (let index = 0; index < fine * fine; index += 1) {
        const x = (column + ((index % fine) + 0.5) / fine) / size;
        const y = (row + (Math.floor(index / fine) + 0.5) / fine) / size;
        const shape = shapes.findLast(({ inside }) => inside(x, y));
        if (!shape) continue;
        hits += 1;
        for (const part of [0, 1, 2]) sum[part] += shape.paint[part];
      }
      if (hits === 0) continue;
      const rgba = [...sum.map((part) => Math.round(part / hits)), Math.round((hits * 255) / (fine * fine))];
      pixels.set(rgba, (row * size + column) * 4);
    }
  }
  return pixels;
}

/** Writes 8-bit RGBA pixels as a PNG. */
function png(size, pixels) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const lines = Array.from({ length: size }, (_, row) =>
    Buffer.concat([Buffer.of(0), pixels.subarray(row * size * 4, (row + 1) * size * 4)]),
  );
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(lines), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

for (const [name, size, shapes] of [
  ['color.png', 192, color],
  ['outline.png', 32, outline],
]) {
  writeFileSync(new URL(name, import.meta.url), png(size, raster(size, shapes)));
  process.stdout.write(`teams/${name} drawn\n`);
}
