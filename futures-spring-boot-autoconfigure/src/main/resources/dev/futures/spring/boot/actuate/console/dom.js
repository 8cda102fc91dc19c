// SPDX-License-Identifier: Apache-2.0

// All that comes from the application goes through text(): it is never read as HTML.

/** The elements below a root that have a name of ours, by that name. */
export function fields(root) {
  const found = { root };
  for (const element of root.querySelectorAll('[data-field]')) {
    found[element.dataset.field] = element;
  }
  return found;
}

/** A copy of a template, as its fields. */
export function stamp(id) {
  return fields(document.getElementById(id).content.firstElementChild.cloneNode(true));
}

/** Sets a text if it is another one, so that nothing is laid out in vain and selections stay. */
export function text(element, value) {
  const wanted = value === null || value === undefined ? '' : String(value);
  if (element.textContent !== wanted) {
    element.textContent = wanted;
  }
}

export function show(element, shown) {
  if (element.hidden === shown) {
    element.hidden = !shown;
  }
}

export function attribute(element, name, value) {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/** A state as a badge: the class gives the colour, the words are what counts. */
export function badge(element, state) {
  text(element, String(state).replaceAll('_', ' '));
  attribute(element, 'data-state', String(state));
}

const listed = new WeakMap();

/**
 * Makes the children of a list those of the items. What stays is changed in place, so that focus, selections and what
 * has been opened survive.
 */
export function list(parent, items, key, create, update) {
  const before = listed.get(parent) ?? new Map();
  const after = new Map();
  for (const item of items) {
    const id = key(item);
    if (!after.has(id)) {
      after.set(id, { item, view: before.get(id)?.view ?? create(item) });
    }
  }
  for (const [id, { view }] of before) {
    if (!after.has(id)) {
      if (view.root.contains(document.activeElement)) {
        // Whoever was there goes on from near it, not from the top of the page.
        parent.closest('[tabindex]')?.focus({ preventScroll: true });
      }
      view.root.remove();
      view.gone?.();
    }
  }
  let place = parent.firstElementChild;
  for (const { item, view } of after.values()) {
    update(view, item);
    if (view.root === place) {
      place = place.nextElementSibling;
    }
    else {
      parent.insertBefore(view.root, place);
    }
  }
  listed.set(parent, after);
}
