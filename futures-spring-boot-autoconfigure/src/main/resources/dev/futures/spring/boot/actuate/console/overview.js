// SPDX-License-Identifier: Apache-2.0

import { Chart } from './charts.js';
import { badge, list, show, stamp, text } from './dom.js';
import * as format from './format.js';

/** From this many pools on there is a field to find one. */
const MANY = 9;

/** All pools as cards. Only cards in sight have charts, so there may be hundreds. */
export class Overview {

  #page;
  #pools = {};
  #histories = new Map();
  #views = new WeakMap();
  #sight = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: '200px' });

  constructor(page) {
    this.#page = page;
    page.filter.addEventListener('input', () => this.#draw());
  }

  update(pools, histories) {
    this.#pools = pools;
    this.#histories = histories;
    this.#draw();
  }

  focus() {
    document.getElementById('overview-title').focus();
  }

  #draw() {
    const all = Object.entries(this.#pools);
    const wanted = this.#page.filter.value.trim().toLowerCase();
    const found = all.filter(([name]) => name.toLowerCase().includes(wanted));
    show(this.#page.filterLabel, all.length >= MANY || wanted !== '');
    text(this.#page.summary, summary(all.map(([, pool]) => pool), found.length));
    list(this.#page.cards, found, ([name]) => name, ([name]) => this.#create(name),
      (view, [name, pool]) => this.#update(view, name, pool));
  }

  #create(name) {
    const view = stamp('card');
    text(view.link, name);
    view.link.href = address(name);
    view.charts = {
      queue: new Chart(view.queueChart, `Queue depth of ${name}`, { whole: true }),
      rate: new Chart(view.rateChart, `Tasks per second of ${name}`),
      busy: new Chart(view.busyChart, `Busy workers of ${name}`, { whole: true }),
    };
    view.gone = () => {
      this.#sight.unobserve(view.root);
      Object.values(view.charts).forEach((each) => each.gone());
    };
    this.#views.set(view.root, view);
    this.#sight.observe(view.root);
    return view;
  }

  #update(view, name, pool) {
    const history = this.#histories.get(name);
    badge(view.state, pool.state);
    view.root.dataset.state = pool.state;
    text(view.kind, `${pool.kind} pool`);
    text(view.brokenBy, pool.brokenBy);
    show(view.brokenBy, Boolean(pool.brokenBy));
    text(view.queue, format.number(pool.queueDepth));
    text(view.rate, format.rate(history.rate.at(-1)));
    text(view.busy, `${format.number(pool.workerCounts.busy)} of ${format.number(pool.workerCounts.maximum)}`);
    view.drawCharts = () => {
      view.charts.queue.update(history.times, history.queue);
      view.charts.rate.update(history.times, history.rate);
      view.charts.busy.update(history.times, history.busy, pool.workerCounts.maximum);
    };
    if (view.inSight) {
      view.drawCharts();
    }
  }

  #seen(entries) {
    for (const { target, isIntersecting } of entries) {
      const view = this.#views.get(target);
      view.inSight = isIntersecting;
      if (isIntersecting) {
        view.drawCharts();
      }
      else {
        Object.values(view.charts).forEach((each) => each.rest());
      }
    }
  }

}

export function address(name) {
  return `${location.pathname}${location.search}#pool=${encodeURIComponent(name)}`;
}

function summary(pools, found) {
  if (pools.length === 0) {
    return 'No pool has been made yet. A pool is made when it is first used.';
  }
  const parts = [found === pools.length ? format.plural(found, 'pool', 'pools')
    : `${format.number(found)} of ${format.plural(pools.length, 'pool', 'pools')}`];
  for (const state of ['broken', 'paused']) {
    const count = pools.filter((each) => each.state === state).length;
    if (count > 0) {
      parts.push(`${format.number(count)} ${state}`);
    }
  }
  return parts.join(' · ');
}
