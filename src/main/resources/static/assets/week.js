// The agenda with scripts: forms open over the week instead of on pages of their own, a hand draws hours into a day, and a
// finger turns the only day that a narrow screen shows.
// Without this file every link and form works as a page.
const QUARTERS = 96;
const popIn = () => document.getElementById('pop-in');
const week = () => document.querySelector('.week');

function open(href) {
  const address = new URL(href, location.href);
  if (isNarrow()) address.searchParams.set('jour', shownDay().dataset.date);
  window.htmx.ajax('GET', address.href, { source: popIn(), target: popIn(), select: '#form', swap: 'innerHTML' });
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[data-dialog], dialog a[data-close]');
  if (!link || !popIn() || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.close !== undefined) popIn().close();
  else open(link.href);
});

document.addEventListener('submit', event => {
  const form = event.target.closest('dialog#pop-in form');
  if (!form) return;
  event.preventDefault();
  const button = event.submitter;
  const values = button && button.name ? { [button.name]: button.value } : {};
  window.htmx.ajax('POST', form.getAttribute('action'), { source: form, values, target: popIn(), select: '#form', swap: 'innerHTML' });
});

// An answer with the form again stays in the pop-in, whatever its status; any other answer is the page that follows.
document.addEventListener('htmx:beforeSwap', event => {
  const detail = event.detail;
  if (detail.target !== popIn()) return;
  const page = new DOMParser().parseFromString(detail.serverResponse, 'text/html');
  detail.shouldSwap = true;
  detail.isError = false;
  if (page.getElementById('form')) return;
  event.preventDefault();
  const scrolled = week() ? week().scrollTop : 0;
  history.pushState(null, '', detail.xhr.responseURL);
  popIn().close();
  document.querySelector('main').replaceWith(document.adoptNode(page.querySelector('main')));
  prepare(scrolled);
  document.querySelector('#said, main [role=alert], main')?.focus();
});

document.addEventListener('htmx:afterSwap', event => {
  if (event.detail.target !== popIn()) return;
  if (!popIn().open) popIn().showModal();
  const first = popIn().querySelector('[aria-invalid], #faults, [autofocus]');
  if (first) first.focus();
});

window.addEventListener('popstate', () => location.reload());

function prepare(scrolled) {
  const now = week();
  if (!now || getComputedStyle(now).display !== 'grid') return;
  now.querySelectorAll('.blocks').forEach(day => { if (!day.closest('.past')) day.dataset.draws = ''; });
  if (scrolled) {
    now.scrollTop = scrolled;
    return;
  }
  const hour = now.querySelector('.hours li').getBoundingClientRect().height;
  const earliest = [...now.querySelectorAll('.block:not(.away)')].map(block => block.offsetTop).filter(top => top > 0);
  now.scrollTop = Math.max(0, Math.min(7.5 * hour, ...earliest) - hour / 2);
}

// One day of a narrow screen; another one of the same week is in the page already.
const isNarrow = () => week() && !week().classList.contains('whole') && getComputedStyle(week()).display !== 'grid';
const shownDay = () => week().querySelector('.day.shown');

function turnTo(link, focuses) {
  const day = week().querySelector(`.day[data-date="${link.dataset.day}"]`);
  if (!day) return false;
  week().querySelectorAll('.day').forEach(one => one.classList.toggle('shown', one === day));
  document.querySelectorAll('.strip [data-day]').forEach(one => {
    if (one.dataset.day === day.dataset.date) one.setAttribute('aria-current', 'date');
    else one.removeAttribute('aria-current');
  });
  history.replaceState(null, '', link.href);
  if (focuses) day.querySelector('h3').focus();
  return true;
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[data-day]');
  if (!link || !isNarrow() || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (turnTo(link, link.classList.contains('to-day'))) event.preventDefault();
});

let touched = null;
document.addEventListener('touchstart', event => {
  const one = event.touches.length === 1 && event.target.closest('.week') && isNarrow() ? event.touches[0] : null;
  touched = one && { x: one.clientX, y: one.clientY };
}, { passive: true });

document.addEventListener('touchend', event => {
  if (!touched || !isNarrow()) return;
  const [x, y] = [event.changedTouches[0].clientX - touched.x, event.changedTouches[0].clientY - touched.y];
  touched = null;
  if (Math.abs(x) < 60 || Math.abs(x) < 2 * Math.abs(y)) return;
  const link = shownDay().querySelector(x < 0 ? '.to-day[rel=next]' : '.to-day[rel=prev]');
  if (!turnTo(link, false)) location.assign(link.href);
});

// Drawing
let drawn = null;

function quarterAt(day, y) {
  const box = day.getBoundingClientRect();
  return Math.max(0, Math.min(QUARTERS - 1, Math.floor((y - box.top) / box.height * QUARTERS)));
}

function time(quarter) {
  if (quarter >= QUARTERS) return '23:59';
  return String(Math.floor(quarter / 4)).padStart(2, '0') + ':' + String(quarter % 4 * 15).padStart(2, '0');
}

function show() {
  const [from, to] = [Math.min(drawn.start, drawn.end), Math.max(drawn.start, drawn.end) + 1];
  drawn.ghost.className = `ghost f${from * 3} t${to * 3}`; // the style sheet counts five minutes
  return [from, to];
}

document.addEventListener('pointerdown', event => {
  const day = event.target.closest('.blocks[data-draws]');
  if (!day || event.button !== 0 || event.pointerType === 'touch' || event.target.closest('.block:not(.away)')) return;
  event.preventDefault();
  const start = quarterAt(day, event.clientY);
  drawn = { day, start, end: start, ghost: document.createElement('li') };
  drawn.ghost.setAttribute('aria-hidden', 'true');
  day.append(drawn.ghost);
  show();
});

document.addEventListener('pointermove', event => {
  if (!drawn) return;
  drawn.end = quarterAt(drawn.day, event.clientY);
  show();
});

document.addEventListener('pointerup', () => {
  if (!drawn) return;
  const [from, to] = show();
  const date = drawn.day.closest('.day').dataset.date;
  drawn.ghost.remove();
  drawn = null;
  const address = new URL(week().dataset.new, location.href);
  address.searchParams.set('date', date);
  address.searchParams.set('debut', time(from));
  address.searchParams.set('fin', time(to));
  open(address.href);
});

document.addEventListener('pointercancel', () => {
  drawn?.ghost.remove();
  drawn = null;
});

// Forms
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function tickDay(form) {
  const date = form.elements.date?.valueAsDate;
  const days = [...form.querySelectorAll('input[name=jours]')];
  if (!date || form.elements.portee || !days.some(day => day.checked)) return;
  days.filter(day => day.value === DAYS[date.getUTCDay()]).forEach(day => { day.checked = true; });
}

// One patient for more than an hour is advised about while it is typed, as the guide advises it.
function advise(form) {
  const advice = form?.querySelector('#long');
  if (!advice) return;
  const [start, end] = ['debut', 'fin'].map(name => /^(\d\d):(\d\d)$/.exec(form.elements[name]?.value ?? ''));
  const minutes = start && end ? (end[1] - start[1]) * 60 + (end[2] - start[2]) : 0;
  advice.hidden = form.elements.choix?.value !== 'slot' || (minutes >= 0 && minutes <= 60);
}

document.addEventListener('change', event => {
  const form = event.target.form;
  advise(form);
  if (form && ['jours', 'date'].includes(event.target.name)) tickDay(form);
});

document.addEventListener('input', event => {
  const field = event.target;
  if (field.id === 'patients') field.form.querySelector('[name=choix][value=range]').checked = true;
  advise(field.form); // now, and not when the field is left: nothing may move under a click
  if (field.dataset.most) count(field);
});

function count(field) {
  const left = document.getElementById(field.dataset.counter);
  if (left) left.textContent = left.dataset.words.replace('#', String(Number(field.dataset.most) - [...field.value].length));
}

prepare(0);
document.querySelectorAll('[data-most]').forEach(count);
document.querySelectorAll('#form form').forEach(advise);
document.addEventListener('htmx:afterSwap', () => {
  document.querySelectorAll('[data-most]').forEach(count);
  document.querySelectorAll('#pop-in form').forEach(advise);
});
