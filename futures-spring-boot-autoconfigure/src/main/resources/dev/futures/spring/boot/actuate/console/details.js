// SPDX-License-Identifier: Apache-2.0

import { now } from './api.js';
import { Chart } from './charts.js';
import { badge, list, show, stamp, text } from './dom.js';
import { showFailures } from './failures.js';
import * as format from './format.js';
import { Operations } from './operations.js';
import { showTasks } from './tasks.js';
import { showWorkers } from './workers.js';

const COUNTS = { submitted: 'Submitted', succeeded: 'Succeeded', failed: 'Failed', cancelled: 'Cancelled',
  timedOut: 'Timed out', rejected: 'Rejected' };

const NO_WORKERS = {
  running: 'No workers at present: they are started when there are tasks.',
  paused: 'No workers at present: they are started when the pool is resumed and there are tasks.',
  broken: 'No workers: the pool is broken, and runs tasks again once it has been healed.',
};

/** Settings in bytes. */
const SIZES = new Set(['max-heap', 'max-payload']);

/** The application lists no more waiting tasks than these. */
const LISTED = 100;

/** One pool with all that is known of it. */
export class Details {

  #view = stamp('details');
  #operations;
  #charts;
  #resizeTouched = false;

  constructor(page, name, done) {
    this.name = name;
    this.#operations = new Operations(page, name, done);
    text(this.#view.title, name);
    this.#charts = {
      queue: new Chart(this.#view.queueChart, 'Queue depth', { large: true, whole: true }),
      rate: new Chart(this.#view.rateChart, 'Tasks per second', { large: true }),
      busy: new Chart(this.#view.busyChart, 'Busy workers', { large: true, whole: true }),
    };
    this.#listen();
    page.details.replaceChildren(this.#view.root);
  }

  #listen() {
    const view = this.#view;
    view.back.href = `${location.pathname}${location.search}#`;
    view.pause.addEventListener('click', () => this.#operations.pause());
    view.resume.addEventListener('click', () => this.#operations.resume());
    view.recycle.addEventListener('click', () => this.#operations.recycleAll());
    view.heal.addEventListener('click', () => this.#operations.heal());
    view.resize.addEventListener('input', () => {
      this.#resizeTouched = true;
    });
    view.resizeForm.addEventListener('submit', (event) => {
      event.preventDefault();
      if (view.resize.reportValidity()) {
        this.#resizeTouched = false;
        this.#operations.resize(view.resize.valueAsNumber);
      }
    });
  }

  focus() {
    this.#view.title.focus();
  }

  gone() {
    Object.values(this.#charts).forEach((each) => each.gone());
  }

  update(pool, history) {
    const view = this.#view;
    const context = { pool, now: now(), operations: this.#operations };
    view.root.dataset.kind = pool.kind;
    badge(view.state, pool.state);
    text(view.kind, `${pool.kind} pool`);
    text(view.brokenBy, pool.brokenBy ? `Broken: ${pool.brokenBy}` : '');
    show(view.brokenBy, Boolean(pool.brokenBy));
    this.#offer(pool);
    this.#draw(pool, history, context.now);
    pairs(view.counts, counts(pool).map(([label, count]) => [label, format.number(count)]));
    text(view.workerSummary, workers(pool.workerCounts));
    showWorkers(view.workers, pool.workers, context);
    show(view.workersTable, pool.workers.length > 0);
    show(view.noWorkers, pool.workers.length === 0);
    text(view.noWorkers, NO_WORKERS[pool.state] ?? 'No workers.');
    this.#tasks(pool, context);
    this.#failures(pool.failures ?? [], context.now);
    pairs(view.configuration, Object.entries(pool.configuration ?? {}).map(([name, value]) => [name, setting(name, value)]));
  }

  #offer(pool) {
    const view = this.#view;
    const allowed = Boolean(pool.operations);
    const working = pool.state === 'running' || pool.state === 'paused';
    show(view.operations, allowed);
    show(view.readOnly, !allowed);
    show(view.resizeForm, working);
    keepFocus(view.pause, view.resume, pool.state);
    show(view.recycle, working && pool.kind === 'process');
    show(view.heal, pool.state === 'broken');
    if (!this.#resizeTouched && document.activeElement !== view.resize) {
      view.resize.value = pool.workerCounts.maximum;
    }
  }

  #draw(pool, history, now) {
    const view = this.#view;
    const waits = pool.oldestWaitingSince ? `, the oldest for ${format.age(pool.oldestWaitingSince, now)}` : '';
    const capacity = typeof pool.queueCapacity === 'number' ? ` of ${format.number(pool.queueCapacity)}` : '';
    text(view.queue, `${format.number(pool.queueDepth)}${capacity}${waits}`);
    text(view.rate, `${format.rate(history.rate.at(-1))} tasks/s`);
    text(view.busy, `${format.number(pool.workerCounts.busy)} of ${format.number(pool.workerCounts.maximum)}`);
    this.#charts.queue.update(history.times, history.queue, 4);
    this.#charts.rate.update(history.times, history.rate);
    this.#charts.busy.update(history.times, history.busy, pool.workerCounts.maximum);
  }

  #failures(failures, now) {
    const view = this.#view;
    showFailures(view.failures, failures, now);
    text(view.failureSummary, failures.length > 0 ? 'newest first' : '');
    show(view.failures, failures.length > 0);
    show(view.noFailures, failures.length === 0);
  }

  #tasks(pool, context) {
    const view = this.#view;
    const waiting = pool.waiting ?? [];
    const running = pool.running ?? [];
    showTasks('waiting', view.waiting, waiting, context);
    show(view.waitingTable, waiting.length > 0);
    show(view.noWaiting, waiting.length === 0);
    text(view.waitingSummary, extent(pool.queueDepth, waiting.length));
    showTasks('running', view.running, running, context);
    show(view.runningPart, running.length > 0);
  }

}

/** One button takes the place of the other; whoever pressed it stays there. */
function keepFocus(pause, resume, state) {
  const focused = document.activeElement === pause || document.activeElement === resume;
  show(pause, state === 'running');
  show(resume, state === 'paused');
  if (focused) {
    [pause, resume].find((each) => !each.hidden)?.focus();
  }
}

function workers({ live, busy, idle, maximum }) {
  const starting = live - busy - idle;
  return `${format.number(live)} of at most ${format.number(maximum)} · ${format.number(busy)} busy`
    + ` · ${format.number(idle)} idle${starting > 0 ? ` · ${format.number(starting)} starting` : ''}`;
}

function extent(depth, listed) {
  if (depth === 0) {
    return '';
  }
  return listed >= LISTED && depth > listed ? `the first ${format.number(listed)} of ${format.number(depth)}`
    : format.plural(depth, 'task', 'tasks');
}

function counts(pool) {
  const all = Object.entries(COUNTS).map(([key, label]) => [label, pool.tasks[key]]);
  return pool.kind === 'process' ? [...all, ['Worker restarts', pool.restarts]] : all;
}

function pairs(parent, entries) {
  list(parent, entries, ([name]) => name, ([name]) => {
    const view = stamp('pair');
    text(view.name, name);
    return view;
  }, (view, [, value]) => text(view.value, value));
}

function setting(name, value) {
  if (SIZES.has(name) && typeof value === 'number') {
    return format.bytes(value);
  }
  if (value === null || value === '') {
    return format.NONE;
  }
  if (Array.isArray(value)) {
    return value.length > 0 ? value.join('\n') : format.NONE;
  }
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
