// The account menu closes by Escape, and by a click elsewhere; without this file it opens and closes by its own button.
const menu = document.querySelector('details.account');
if (menu) {
  document.addEventListener('click', event => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener('keydown', event => {
    if (event.key === 'Escape' && menu.open) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
}

// A page that begins with what was refused is heard from there, and not from its top.
const refusal = location.hash ? null : document.querySelector('main [role=alert]');
if (refusal) {
  refusal.tabIndex = -1;
  refusal.focus();
}

// What a script asked of the hub in vain is told where it was asked; what was typed stays.
function tell({ target, xhr, requestConfig }) {
  const told = document.getElementById('unanswered').content.firstElementChild.cloneNode(true);
  const reason = new DOMParser().parseFromString(xhr.responseText, 'text/html').querySelector('main > [role=alert]');
  if (reason) told.querySelector('[data-of=silence]').textContent = reason.textContent;
  const isRefusal = reason && xhr.status < 500;
  const about = requestConfig.verb === 'get' ? 'asked' : isRefusal ? 'refused' : 'sent';
  told.querySelectorAll(`[data-of]:not([data-of=silence], [data-of=${about}])`).forEach(words => words.remove());
  const dialog = target.closest('dialog');
  if (!dialog) return target.before(told);
  if (!dialog.querySelector('form')) {
    dialog.replaceChildren(document.getElementById('unopened').content.cloneNode(true));
    dialog.querySelector('a[data-dialog]').href = requestConfig.path;
  }
  (dialog.querySelector('form') ?? dialog.querySelector('.actions')).before(told);
  if (!dialog.open) dialog.showModal();
  told.focus();
}
['htmx:responseError', 'htmx:sendError', 'htmx:timeout'].forEach(failure =>
  document.addEventListener(failure, event => tell(event.detail)));
document.addEventListener('htmx:beforeSend', () => document.querySelectorAll('.unanswered').forEach(told => told.remove()));
