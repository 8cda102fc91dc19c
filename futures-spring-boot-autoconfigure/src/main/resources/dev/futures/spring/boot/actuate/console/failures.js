// SPDX-License-Identifier: Apache-2.0

import { badge, list, show, stamp, text } from './dom.js';
import * as format from './format.js';

/** What failed of late, newest first; what has been opened stays open. */
export function showFailures(parent, failures, now) {
  list(parent, failures, (failure) => `${failure.at} ${failure.id}`, create, (view, failure) => {
    text(view.at, format.time(failure.at, now));
  });
}

function create(failure) {
  const view = stamp('failure');
  badge(view.outcome, failure.outcome);
  text(view.task, failure.task);
  view.at.dateTime = failure.at;
  text(view.message, summary(failure));
  text(view.where, where(failure));
  text(view.stackTrace, failure.stackTrace);
  show(view.stackTrace, Boolean(failure.stackTrace));
  return view;
}

function summary({ exception, message }) {
  // An exception without a message is told by its class alone.
  return [shortName(exception), message !== exception && message].filter(Boolean).join(': ');
}

function where(failure) {
  // What was rejected never became a task with a number.
  return [failure.id && `task ${failure.id}`, failure.worker && `worker ${failure.worker}`, failure.pid && `pid ${failure.pid}`,
    failure.exception].filter(Boolean).join(' · ');
}

function shortName(exception) {
  return exception ? exception.slice(exception.lastIndexOf('.') + 1) : '';
}
