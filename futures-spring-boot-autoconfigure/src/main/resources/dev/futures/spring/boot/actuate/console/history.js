// SPDX-License-Identifier: Apache-2.0

/** How far back the charts reach, in seconds. */
export const WINDOW = 300;

/** Rates are those of so many seconds; shorter ones would jump between few tasks and none. */
const RATE = 10;

/** After so many seconds without an answer the lines are interrupted. */
const GAP = 10;

/** What a pool did during the last minutes, in the columns that the charts want. */
export class History {

  times = [];
  queue = [];
  rate = [];
  busy = [];
  /** How many tasks had ended when, since the last interruption. */
  #ended = [];

  add(time, pool) {
    const last = this.times.at(-1);
    if (time <= last) {
      return;
    }
    if (time - last > GAP) {
      this.#push(last + 1, null, null, null);
      this.#ended = [];
    }
    this.#push(time, pool.queueDepth, this.#rate(time, pool.tasks), pool.workerCounts.busy);
    while (this.times[0] < time - WINDOW - GAP) {
      [this.times, this.queue, this.rate, this.busy].forEach((column) => column.shift());
    }
  }

  #rate(time, { succeeded, failed, cancelled, timedOut }) {
    const count = succeeded + failed + cancelled + timedOut;
    if (count < this.#ended.at(-1)?.count) {
      // The application has been started anew.
      this.#ended = [];
    }
    this.#ended.push({ time, count });
    while (this.#ended.length > 2 && this.#ended[1].time <= time - RATE) {
      this.#ended.shift();
    }
    const first = this.#ended[0];
    return time > first.time ? (count - first.count) / (time - first.time) : null;
  }

  #push(time, queue, rate, busy) {
    this.times.push(time);
    this.queue.push(queue);
    this.rate.push(rate);
    this.busy.push(busy);
  }

}
