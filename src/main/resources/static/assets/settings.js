// Shows the fields of « Vos paramètres » whose conditions hold; without this file all are shown, with their conditions said.
const form = document.querySelector('form.settings');
if (form) {
  const value = name => form.elements[name]?.value ?? '';
  const ticked = name => form.elements[name]?.checked === true;
  const holds = condition => {
    const [name, values] = condition.split(':');
    switch (name) {
      case 'participates': return ticked('participates');
      case 'through': return values.split(',').includes(value('through'));
      case 'not-through': return !(ticked('participates') && values.split(',').includes(value('through')));
      case 'software': return value('software') === values;
      case 'two-hours': return ticked('hidden') || value('software') === 'non';
      default: return true;
    }
  };
  const show = () => form.querySelectorAll('[data-when]').forEach(block => {
    block.hidden = !block.dataset.when.split(' ').every(holds);
  });
  let chosen; // a list that arrives after the choice keeps it
  form.addEventListener('htmx:beforeSwap', () => { chosen = form.querySelector('[name=structure]:checked')?.value; });
  form.addEventListener('htmx:afterSwap', () => form.querySelectorAll('[name=structure]').forEach(one => {
    if (one.value === chosen) one.checked = true;
  }));
  form.classList.add('alive');
  form.addEventListener('change', event => {
    show();
    if (event.target.name === 'through') {
      const search = form.elements.search;
      search.value = '';
      search.dispatchEvent(new Event('relist'));
    }
  });
  show();
}
