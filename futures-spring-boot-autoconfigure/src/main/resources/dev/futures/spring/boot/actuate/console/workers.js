// SPDX-License-Identifier: Apache-2.0

import { attribute, badge, list, show, stamp, text } from './dom.js';
import * as format from './format.js';

/** The table of the workers: one row each, by name. */
export function showWorkers(body, workers, context) {
  list(body, workers, (worker) => worker.name, () => create(context), (view, worker) => update(view, worker, context));
}

function create({ operations }) {
  const view = stamp('worker');
  view.cancel.addEventListener('click', () => operations.cancel(view.worker.task));
  view.recycle.addEventListener('click', () => operations.recycle(view.worker.name));
  return view;
}

function update(view, worker, { now, pool }) {
  view.worker = worker;
  const process = pool.kind === 'process';
  text(view.name, worker.name);
  text(view.pid, worker.pid ? `pid ${worker.pid}` : '');
  badge(view.state, worker.state);
  text(view.task, worker.task ? worker.task.name : format.NONE);
  view.task.title = worker.task ? `task ${worker.task.id}` : '';
  text(view.age, format.age(worker.since, now));
  showProgress(view, worker.task);
  text(view.tasks, worker.tasksLimit ? `${format.number(worker.tasksDone)} of ${format.number(worker.tasksLimit)}`
    : format.number(worker.tasksDone));
  text(view.memory, format.bytes(worker.memory?.resident));
  text(view.heap, heap(worker.memory));
  text(view.up, format.age(worker.startedAt, now));
  text(view.restarts, format.number(worker.restarts));
  show(view.cancel, Boolean(pool.operations && worker.task));
  show(view.recycle, Boolean(pool.operations && process));
  attribute(view.cancel, 'aria-label', `Cancel task ${worker.task?.name} on ${worker.name}`);
  attribute(view.recycle, 'aria-label', `Recycle worker ${worker.name}`);
}

function showProgress(view, task) {
  const progress = task?.progress;
  const known = typeof progress?.fraction === 'number';
  show(view.progress, known);
  if (known) {
    view.progress.value = progress.fraction;
    attribute(view.progress, 'aria-label', `Progress of ${task.name}`);
  }
  text(view.progressText, [known && format.percent(progress.fraction), progress?.message].filter(Boolean).join(' · '));
}

function heap(memory) {
  if (!memory?.heapUsed) {
    return '';
  }
  return `heap ${format.bytes(memory.heapUsed)}${memory.heapMax ? ` of ${format.bytes(memory.heapMax)}` : ''}`;
}
