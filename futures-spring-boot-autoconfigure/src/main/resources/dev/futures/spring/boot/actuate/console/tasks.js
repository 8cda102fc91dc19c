// SPDX-License-Identifier: Apache-2.0

import { attribute, list, show, stamp, text } from './dom.js';
import * as format from './format.js';

/** Tasks without a worker, one row each: the template says whether they wait or run. */
export function showTasks(template, body, tasks, context) {
  list(body, tasks, (task) => task.id, () => create(template, context), (view, task) => update(view, task, context));
}

function create(template, { operations }) {
  const view = stamp(template);
  view.cancel.addEventListener('click', () => operations.cancel(view.of));
  return view;
}

function update(view, task, { now, pool }) {
  view.of = task;
  text(view.id, task.id);
  text(view.name, task.name);
  if (view.priority) {
    text(view.priority, format.number(task.priority));
  }
  text(view.age, task.since ? format.age(task.since, now) : format.NONE);
  show(view.cancel, Boolean(pool.operations));
  attribute(view.cancel, 'aria-label', `Cancel task ${task.name}`);
}
