import { join } from 'node:path';
import { encodePng } from './png.ts';
import { distFolder } from './project.mjs';
import type { OutputFile } from './replace-outputs.ts';

/** Edge of the icon in pixels; macOS wants at least this much. */
const edge = 512;

/** Samples along each edge of a pixel, for smooth outlines. */
const samples = 2;

type Colour = readonly [red: number, green: number, blue: number];
type Shape = (x: number, y: number) => boolean;

const background: Colour = [35, 61, 132];
const foreground: Colour = [255, 255, 255];
const accent: Colour = [255, 200, 87];

/** A crown over two image layers; coordinates run from 0 to 1, y downwards. */
const plate = roundedBox(0.04, 0.04, 0.96, 0.96, 0.2);
const crown = polygon([
  [0.22, 0.54],
  [0.18, 0.26],
  [0.345, 0.39],
  [0.5, 0.19],
  [0.655, 0.39],
  [0.82, 0.26],
  [0.78, 0.54],
]);
const layers = [
  roundedBox(0.22, 0.6, 0.78, 0.68, 0.035),
  roundedBox(0.22, 0.735, 0.78, 0.815, 0.035),
];

/** Draws the application's icon, so that no picture needs to be kept among the sources. */
export function drawIcon(): OutputFile {
  const rgba = new Uint8Array(edge * edge * 4);
  for (let index = 0; index < edge * edge; index++) {
    rgba.set(pixel(index % edge, Math.floor(index / edge)), index * 4);
  }
  return { path: join(distFolder, 'icon.png'), content: encodePng(edge, edge, rgba) };
}

function pixel(column: number, row: number): readonly number[] {
  const sum = [0, 0, 0];
  let covered = 0;
  for (let sample = 0; sample < samples * samples; sample++) {
    const x = (column + ((sample % samples) + 0.5) / samples) / edge;
    const y = (row + (Math.floor(sample / samples) + 0.5) / samples) / edge;
    const colour = colourAt(x, y);
    if (!colour) continue;
    covered++;
    for (const [channel, value] of colour.entries()) sum[channel] = (sum[channel] ?? 0) + value;
  }
  if (covered === 0) return [0, 0, 0, 0];
  const alpha = (255 * covered) / (samples * samples);
  return [...sum.map((value) => value / covered), alpha].map(Math.round);
}

function colourAt(x: number, y: number): Colour | undefined {
  if (!plate(x, y)) return undefined;
  if (crown(x, y)) return accent;
  return layers.some((layer) => layer(x, y)) ? foreground : background;
}

function roundedBox(
  left: number,
  top: number,
  right: number,
  bottom: number,
  radius: number,
): Shape {
  return (x, y) => {
    const outsideX = Math.max(left + radius - x, x - (right - radius), 0);
    const outsideY = Math.max(top + radius - y, y - (bottom - radius), 0);
    return Math.hypot(outsideX, outsideY) <= radius;
  };
}

/** Whether a point lies inside, by counting the edges to its right. */
function polygon(points: readonly (readonly [x: number, y: number])[]): Shape {
  return (x, y) => {
    let inside = false;
    for (const [index, [ax, ay]] of points.entries()) {
      const [bx, by] = points[(index + 1) % points.length] ?? [ax, ay];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
  };
}
