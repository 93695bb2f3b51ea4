// Writes a PNG anew with a palette: a browser's own is several times as large, and pictures of text need few colours.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** The same picture with at most 256 colours; takes an 8-bit RGB or RGBA file that is not interlaced. */
export function shrinkPng(file) {
  const { width, height, channels, pixels } = decode(file);
  for (let bits = 8; bits >= 3; bits -= 1) {
    const indexed = indexColours(pixels, channels, width * height, bits);
    if (indexed) return encode(width, height, indexed);
  }
  throw new Error('The picture has too many colours for a palette.');
}

function decode(file) {
  const parts = [];
  let header;
  for (let at = signature.length; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const data = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = data;
    if (type === 'IDAT') parts.push(data);
    at += length + 12;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = header[9] === 6 ? 4 : 3;
  if (header[8] !== 8 || ![2, 6].includes(header[9]) || header[12] !== 0) {
    throw new Error('Only plain 8-bit RGB and RGBA pictures can be read.');
  }
  return { width, height, channels, pixels: unfilter(inflateSync(Buffer.concat(parts)), width, height, channels) };
}

/** Undoes the filters of the PNG specification, section 9. */
function unfilter(raw, width, height, channels) {
  const size = width * channels;
  const pixels = Buffer.alloc(size * height);
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (size + 1)];
    for (let byte = 0; byte < size; byte += 1) {
      const at = row * size + byte;
      const left = byte < channels ? 0 : pixels[at - channels];
      const up = row === 0 ? 0 : pixels[at - size];
      const corner = row === 0 || byte < channels ? 0 : pixels[at - size - channels];
      pixels[at] = raw[row * (size + 1) + 1 + byte] + predict(filter, left, up, corner);
    }
  }
  return pixels;
}

function predict(filter, left, up, corner) {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Palette and indices when colours that agree in their upper bits share a place in it; undefined when 256 are too few. */
function indexColours(pixels, channels, count, bits) {
  const places = new Map();
  const totals = [];
  const indices = Buffer.alloc(count);
  const mask = (0xff << (8 - bits)) & 0xff;
  for (let pixel = 0; pixel < count; pixel += 1) {
    const at = pixel * channels;
    const [red, green, blue, alpha] = [
      pixels[at],
      pixels[at + 1],
      pixels[at + 2],
      channels === 4 ? pixels[at + 3] : 255,
    ];
    const key = (((red & mask) << 24) | ((green & mask) << 16) | ((blue & mask) << 8) | (alpha & mask)) >>> 0;
    let place = places.get(key);
    if (place === undefined) {
      place = places.size;
      if (place === 256) return undefined;
      places.set(key, place);
      totals.push(new Map());
    }
    indices[pixel] = place;
    const exact = ((red << 24) | (green << 16) | (blue << 8) | alpha) >>> 0;
    totals[place].set(exact, (totals[place].get(exact) ?? 0) + 1);
  }
  // The commonest of the colours that share a place stands for them, so that backgrounds stay exactly what they were.
  const palette = totals.map((exact) => [...exact].reduce((best, one) => (one[1] > best[1] ? one : best))[0]);
  return { palette, indices };
}

function encode(width, height, { palette, indices }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = 3;
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1) indices.copy(rows, row * (width + 1) + 1, row * width, (row + 1) * width);
  const colours = Buffer.from(palette.flatMap((one) => [one >>> 24, (one >>> 16) & 255, (one >>> 8) & 255]));
  const alphas = Buffer.from(palette.map((one) => one & 255));
  const parts = [chunk('IHDR', header), chunk('PLTE', colours), chunk('tRNS', alphas)];
  return Buffer.concat([
    signature,
    ...parts,
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
