// SPDX-License-Identifier: Apache-2.0

const numbers = new Intl.NumberFormat('en-GB');
const rates = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const percents = new Intl.NumberFormat('en-GB', { style: 'percent' });
const times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const days = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const NONE = '–';

export function number(value) {
  return value === null || value === undefined ? NONE : numbers.format(value);
}

export function rate(value) {
  return value === null || value === undefined ? NONE : rates.format(value);
}

/** A share of one; 100 % only when all is done. */
export function percent(fraction) {
  return percents.format(fraction < 1 ? Math.min(fraction, 0.99) : 1);
}

export function plural(count, one, many) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** A time of today without the date. */
export function time(instant, now = Date.now()) {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) {
    return NONE;
  }
  return date.toDateString() === new Date(now).toDateString() ? times.format(date) : days.format(date);
}

/** How long ago an instant is, in at most two units. */
export function age(instant, now) {
  const milliseconds = now - Date.parse(instant);
  return Number.isNaN(milliseconds) ? NONE : duration(Math.max(0, milliseconds));
}

function duration(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min ${seconds % 60} s`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    return `${hours} h ${minutes % 60} min`;
  }
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function bytes(value) {
  if (value === null || value === undefined) {
    return NONE;
  }
  let size = value;
  for (const unit of ['B', 'KB', 'MB']) {
    if (size < 1024) {
      return `${rates.format(size < 10 ? size : Math.round(size))} ${unit}`;
    }
    size /= 1024;
  }
  return `${rates.format(size)} GB`;
}
