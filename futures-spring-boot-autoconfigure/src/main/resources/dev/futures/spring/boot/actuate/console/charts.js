// SPDX-License-Identifier: Apache-2.0

import uPlot from './uPlot.esm.js';
import { attribute } from './dom.js';
import * as format from './format.js';
import { WINDOW } from './history.js';

const minutes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const drawn = new Set();

/** So many seconds are shown at least; more as they become known. */
const LEAST = 60;

/** What is left free at the sides of a large chart, and half of what a time takes there, in pixels. */
const LEFT = 42;
const RIGHT = 8;
const HALF_TIME = 27;

// Colours are asked for whenever a chart is drawn.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawn.forEach((each) => each.redraw()));

/** A line over the last minutes. To those who do not see it, its label says what it shows. */
export class Chart {

  #parent;
  #name;
  #large;
  #whole;
  #least = 1;
  #plot = null;
  #resizing;
  #data = [[], []];

  /**
   * @param parent what it fills
   * @param name what it shows
   * @param options large: with axes; whole: only whole numbers
   */
  constructor(parent, name, { large = false, whole = false } = {}) {
    this.#parent = parent;
    this.#name = name;
    this.#large = large;
    this.#whole = whole;
    attribute(parent, 'role', 'img');
    this.#resizing = new ResizeObserver(() => this.#resize());
    this.#resizing.observe(parent);
  }

  /** Shows values; the axis reaches to the given one at least. */
  update(times, values, least = 1) {
    this.#least = Math.max(1, least);
    this.#data = [times, values];
    attribute(this.#parent, 'aria-label', this.#label(values));
    if (this.#plot) {
      this.#plot.setData(this.#data);
    }
    else {
      this.#resize();
    }
  }

  gone() {
    this.#resizing.disconnect();
    this.#forget();
  }

  /** Takes the drawing away while it is out of sight. */
  rest() {
    this.#forget();
  }

  redraw() {
    this.#plot.redraw(false, true);
  }

  #forget() {
    this.#plot?.destroy();
    this.#plot = null;
    drawn.delete(this);
  }

  #label(values) {
    const known = values.filter((each) => each !== null);
    if (known.length === 0) {
      return `${this.#name}: nothing known yet`;
    }
    const show = this.#whole ? format.number : format.rate;
    return `${this.#name} over the last ${WINDOW / 60} minutes: now ${show(known.at(-1))}, lowest`
      + ` ${show(Math.min(...known))}, highest ${show(Math.max(...known))}`;
  }

  #resize() {
    const width = Math.floor(this.#parent.clientWidth);
    const height = Math.floor(this.#parent.clientHeight);
    if (width < 20 || height < 10) {
      return;
    }
    if (!this.#plot) {
      this.#plot = new uPlot(this.#options(width, height), this.#data, this.#parent);
      drawn.add(this);
    }
    else if (this.#plot.width !== width || this.#plot.height !== height) {
      this.#plot.setSize({ width, height });
    }
  }

  #options(width, height) {
    return {
      width,
      height,
      cursor: { show: false },
      legend: { show: false },
      padding: this.#large ? [6, RIGHT, 0, 0] : [2, 1, 2, 1],
      scales: {
        x: { time: true, range: () => this.#window() },
        y: { range: (plot, low, high) => [0, Math.max(this.#least, high ?? 0) * 1.05] },
      },
      series: [{}, {
        width: this.#large ? 2 : 1.5,
        stroke: () => colour('--chart'),
        fill: () => colour('--chart-fill'),
        points: { show: false },
      }],
      axes: this.#large ? this.#axes() : [{ show: false }, { show: false }],
    };
  }

  #window() {
    const end = this.#data[0].at(-1) ?? Date.now() / 1000;
    const start = this.#data[0][0] ?? end;
    return [Math.max(end - WINDOW, Math.min(start, end - LEAST)), end];
  }

  #axes() {
    const common = {
      font: '12px system-ui, sans-serif',
      stroke: () => colour('--quiet'),
      grid: { width: 1, stroke: () => colour('--line') },
      ticks: { show: false },
    };
    return [
      { ...common, size: 26, gap: 6, space: 70, grid: { show: false }, incrs: [15, 30, 60, 120, 300],
        values: (plot, splits, axis, space, step) =>
          splits.map((each) => (cut(plot, each) ? '' : (step < 60 ? seconds : minutes).format(each * 1000))) },
      { ...common, size: LEFT, gap: 4, space: 28, incrs: this.#whole ? WHOLE : [0.1, 0.2, 0.5, ...WHOLE],
        values: (plot, splits) => splits.map((each) => format.rate(each)) },
    ];
  }

}

/** Whether there is no room for a time up to the right edge. */
function cut(plot, time) {
  const { min, max } = plot.scales.x;
  return (max - time) / (max - min) * (plot.width - LEFT - RIGHT) < HALF_TIME - RIGHT;
}

const WHOLE = [0, 1, 2, 3, 4, 5, 6].flatMap((power) => [1, 2, 5].map((factor) => factor * 10 ** power));

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
