// Tells of files that cannot be taken before they are sent, and sends the form from where it stands, so that files stay chosen
// after a refusal; without this file the hub tells the same on a page of its own, and files are chosen again.
{
  const FORM = 'form[data-most]';

  const fault = ({ files, accept, dataset, form }) => {
    const chosen = [...files];
    const endings = accept.split(',');
    const one = (is, words) => {
      const found = chosen.find(is);
      return found && words.replace('{0}', () => found.name);
    };
    return chosen.length > Number(form.dataset.most) ? dataset.tooMany
      : one(file => !endings.some(ending => file.name.toLowerCase().endsWith(ending)), dataset.kind)
        ?? one(file => file.size === 0, dataset.empty)
        ?? one(file => file.size > Number(form.dataset.largest), dataset.tooLarge);
  };

  const told = files => {
    const words = fault(files);
    const line = document.createElement('p');
    line.className = 'fault';
    line.textContent = words;
    document.getElementById('files-fault').replaceChildren(...words ? [line] : []);
    words ? files.setAttribute('aria-invalid', 'true') : files.removeAttribute('aria-invalid');
    return words !== undefined;
  };

  const alerted = alert => {
    alert.tabIndex = -1;
    alert.focus();
  };

  // What is typed and chosen stays; said above it.
  const unsent = (form, words) => {
    const alert = document.createElement('p');
    alert.className = 'alert unsent';
    alert.setAttribute('role', 'alert');
    alert.textContent = words;
    document.querySelectorAll('main > [role=alert]').forEach(before => before.remove());
    form.before(alert);
    alerted(alert);
  };

  // The page that the hub answers, with the files that were chosen in its field.
  const shown = (form, answer) => {
    const files = form.elements.files;
    document.title = answer.title;
    document.querySelector('main').replaceChildren(...answer.querySelector('main').childNodes);
    const again = document.querySelector(FORM)?.elements.files;
    if (again) {
      files.removeAttribute('aria-invalid');
      if (again.hasAttribute('aria-invalid')) files.setAttribute('aria-invalid', 'true');
      again.replaceWith(files);
      document.getElementById('files-again')?.remove();
    }
    const alert = document.querySelector('main [role=alert]');
    if (alert) alerted(alert);
  };

  const send = async form => {
    try {
      const signal = AbortSignal.timeout?.(Number(form.dataset.within)); // older browsers wait for as long as they do
      const response = await fetch(form.action, { method: 'POST', body: new FormData(form), signal });
      if (response.redirected) return location.assign(response.url);
      const answer = new DOMParser().parseFromString(await response.text(), 'text/html');
      if (response.status === 403 || answer.querySelector(FORM)) return shown(form, answer);
      unsent(form, answer.querySelector('main > [role=alert]')?.textContent ?? form.dataset.unsent);
    } catch {
      unsent(form, form.dataset.unsent);
    }
  };

  document.addEventListener('change', ({ target }) => {
    if (target.matches(`${FORM} [type=file]`)) told(target);
  });
  document.addEventListener('submit', async event => {
    const form = event.target;
    if (!form.matches(FORM)) return;
    event.preventDefault();
    if (told(form.elements.files)) return form.elements.files.focus();
    if (form.ariaBusy === 'true') return;
    form.ariaBusy = 'true';
    await send(form);
    form.ariaBusy = null;
  });
}
